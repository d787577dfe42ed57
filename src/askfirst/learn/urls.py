"""Addresses of the learn part."""

from django.urls import path

from askfirst.learn import awards, desk, evidence, gallery, views

app_name = "learn"
urlpatterns = [
    path("", views.courses, name="courses"),
    path("<int:pk>/", views.lesson, name="lesson"),
    path("policies/<int:pk>/", views.beside, name="beside"),
    path("refresh", views.refresh, name="refresh"),
    path("desk/", desk.desk, name="desk"),
    path("desk/lesson", desk.edit_lesson, name="new_lesson"),
    path("desk/lesson/<int:pk>", desk.edit_lesson, name="edit_lesson"),
    path("desk/lesson/<int:pk>/texts", desk.texts, name="texts"),
    path("desk/lesson/<int:pk>/export-<str:form>.zip", desk.export_lesson, name="export_lesson"),
    path("desk/lesson/<int:pk>/<str:language>", desk.say_in, name="say_in"),
    path("desk/course", desk.edit_course, name="new_course"),
    path("desk/course/<int:pk>", desk.edit_course, name="edit_course"),
    path("desk/course/<int:pk>/end", desk.end_course, name="end_course"),
    path("desk/course/<int:pk>/completions.<str:form>", desk.completions, name="completions"),
    path("desk/course/<int:pk>/export-<str:form>.zip", desk.export, name="export"),
    path("check", evidence.check, name="check"),
    path("desk/studies/", evidence.all_studies, name="studies"),
    path("desk/studies/<int:pk>/", evidence.study, name="study"),
    path("badges/issuer.json", awards.issuer, name="issuer"),
    path("badges/keys.json", awards.keys, name="badge_keys"),
    path("badges/status/<int:page>", awards.status, name="badge_status"),
    path("badges/courses/<int:pk>.json", awards.achievement, name="achievement"),
    path("badges/<str:code>/", awards.badge, name="badge"),
    path("badges/<str:code>/badge.<str:form>", awards.picture, name="badge_picture"),
    path("badges/<str:code>/back", awards.back, name="give_badge_back"),
    path("courses/<int:pk>/certificate", awards.certificate, name="certificate"),
    path("courses/<int:pk>/badge", awards.take, name="take_badge"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("gallery/<int:pk>/", gallery.begin, name="drill"),
    path("gallery/<int:pk>/edit", gallery.edit, name="edit_drill"),
    path("gallery/<int:pk>/out", gallery.take_out, name="take_drill_out"),
    path("gallery/<int:pk>/<str:language>", gallery.say_in, name="say_drill_in"),
    path("gallery/new", gallery.edit, name="new_drill"),
    path("plays/<int:pk>/", gallery.play, name="play"),
]
