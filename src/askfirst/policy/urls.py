"""Addresses of the policy part."""

from django.urls import path

from askfirst.policy import desk, evidence, views

app_name = "policy"
urlpatterns = [
    path("", views.policies, name="policies"),
    path("<int:pk>/", views.read, name="read"),
    path("<int:pk>/know", views.know, name="know"),
    path("<int:pk>/certificate", views.certificate, name="certificate"),
    path("references/", views.references, name="references"),
    path("references/<int:pk>/", views.reference, name="reference"),
    path("references/add", desk.add_reference, name="add_reference"),
    path("references/<int:pk>/edit", desk.add_reference, name="edit_reference"),
    path("desk/", desk.desk, name="desk"),
    path("desk/new", desk.new, name="new"),
    path("desk/<int:pk>/end", desk.end, name="end"),
    path("desk/<int:pk>/settings", desk.settings, name="settings"),
    path("desk/<int:pk>/", desk.edit, name="edit"),
    path("desk/<int:pk>/drafts", desk.drafts, name="drafts"),
    path("desk/<int:pk>/keep", desk.keep, name="keep"),
    path("desk/<int:pk>/preview", desk.preview, name="preview"),
    path("desk/<int:pk>/comment", desk.comment, name="comment"),
    path("desk/comments/<int:pk>/settle", desk.settle_comment, name="settle_comment"),
    path("desk/<int:pk>/beside", desk.beside, name="beside"),
    path("desk/<int:pk>/audience", desk.audience, name="audience"),
    path("desk/<int:pk>/coverage", desk.coverage, name="coverage"),
    path("desk/<int:pk>/check", desk.check, name="check"),
    path("desk/<int:pk>/questions", desk.questions, name="questions"),
    path("desk/<int:pk>/questions/<int:question>", desk.questions, name="question"),
    path("desk/<int:pk>/review", desk.review, name="review"),
    path("desk/<int:pk>/publish", desk.publish, name="publish"),
    path("desk/<int:pk>/evidence", evidence.evidence, name="evidence"),
    path("desk/<int:pk>/languages/<str:language>", desk.say_in, name="say_in"),
    path("desk/<int:pk>/versions", desk.versions, name="versions"),
    path("desk/<int:pk>/export.<str:form>", desk.export, name="export"),
    path("desk/disputes/<int:pk>/answer", desk.answer_dispute, name="answer_dispute"),
]
