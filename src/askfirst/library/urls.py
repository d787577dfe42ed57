"""Addresses of the library."""

from django.urls import path

from askfirst.library import views

app_name = "library"
urlpatterns = [
    path("", views.answers, name="answers"),
    path("answers/<int:pk>/", views.answer, name="answer"),
    path("answers/<int:pk>/edit/", views.edit_answer, name="edit_answer"),
]
