"""The addresses of scheduling."""

from django.urls import path

from scheduling.views import board

app_name = "scheduling"
urlpatterns = [path("board/", board.board, name="board")]
