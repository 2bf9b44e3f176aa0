"""The addresses of the intake."""

from django.urls import path

from crm_intake.views import attachments, deliveries, inbox, replies

app_name = "crm_intake"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("texts/<int:message_id>/done/", inbox.text_done, name="text-done"),
    path("files/<uuid:file>/", attachments.attachment, name="attachment"),
    path("replies/", replies.replies, name="replies"),
    path("replies/keep/", replies.keep, name="reply-keep"),
    path("replies/<int:reply_id>/forget/", replies.forget, name="reply-forget"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/<int:delivery_id>/replay/", deliveries.replay, name="delivery-replay"),
    path("deliveries/<slug:source>/replay-all/", deliveries.replay_all, name="deliveries-replay"),
]
