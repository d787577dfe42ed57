"""Addresses of the learn part."""

from django.urls import path

from askfirst.learn import desk, views

app_name = "learn"
urlpatterns = [
    path("", views.courses, name="courses"),
    path("<int:pk>/", views.lesson, name="lesson"),
    path("refresh", views.refresh, name="refresh"),
    path("desk/", desk.desk, name="desk"),
    path("desk/lesson", desk.edit_lesson, name="new_lesson"),
    path("desk/lesson/<int:pk>", desk.edit_lesson, name="edit_lesson"),
    path("desk/course", desk.edit_course, name="new_course"),
    path("desk/course/<int:pk>", desk.edit_course, name="edit_course"),
    path("desk/course/<int:pk>/export-<str:form>.zip", desk.export, name="export"),
]
