"""The addresses of scheduling."""

from django.urls import path

from scheduling.views import board, move

app_name = "scheduling"
urlpatterns = [
    path("board/", board.board, name="board"),
    path("board/driver", board.driver, name="run-driver"),
    path("board/jobs/<int:job_id>/move", move.move, name="job-move"),
    path("board/jobs/<int:job_id>/where", move.move_form, name="job-where"),
]
