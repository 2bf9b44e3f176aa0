"""The addresses of people."""

from django.urls import path

from crm_intake.views import answer, import_talk, ledger, numbers, people, texts

app_name = "people"
urlpatterns = [
    path("import/", import_talk.import_page, name="import"),
    path("<uuid:person_uuid>/", people.person, name="person"),
    path("<uuid:person_uuid>/reply/", answer.reply, name="reply"),
    path("<uuid:person_uuid>/reply/saved/", answer.insert, name="insert"),
    path("<uuid:person_uuid>/reply/writing/", answer.writing, name="writing"),
    path("<uuid:person_uuid>/note/", people.note, name="note"),
    path("<uuid:person_uuid>/consent/", people.consent, name="consent"),
    path("<uuid:person_uuid>/consent.json", ledger.dispute, name="dispute"),
    path("<uuid:person_uuid>/consent.pdf", ledger.dispute_pdf, name="dispute-pdf"),
    path("<uuid:person_uuid>/erase/", ledger.erase, name="erase"),
    path("<uuid:person_uuid>/judge/", people.judge, name="judge"),
    path("<uuid:person_uuid>/name/", numbers.name, name="name"),
    path("<uuid:person_uuid>/number/", numbers.number, name="number"),
    path("<uuid:person_uuid>/take/", people.take, name="take"),
    path("<uuid:person_uuid>/settle/", people.settle, name="settle"),
    path("<uuid:person_uuid>/texts/<int:text_id>/take-back/", texts.back, name="text-take-back"),
    path("<uuid:person_uuid>/texts/<int:text_id>/decide/", texts.decided, name="text-decide"),
    path("tasks/<int:task_id>/done/", people.task_done, name="task-done"),
]
