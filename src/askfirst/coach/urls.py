"""Addresses of the coach."""

from django.urls import path

from askfirst.coach import offline, views

app_name = "coach"
urlpatterns = [
    path("", views.coach, name="coach"),
    path("clean", views.clean, name="clean"),
    path("share", views.share, name="share"),
    path("offline", offline.page, name="offline"),
    path("rules.json", offline.rules, name="rules"),
    path("worker.js", offline.worker, name="worker"),
    path("app.webmanifest", views.manifest, name="manifest"),
    path("app-<int:side>.png", views.app_icon, name="app_icon"),
    path("glossary/", views.glossary, name="glossary"),
    path("glossary/<int:pk>/remove", views.remove, name="remove"),
]
