"""Addresses of the plan part."""

from django.urls import path

from askfirst.plan import views

app_name = "plan"
urlpatterns = [
    path("", views.home, name="home"),
    path("today", views.today, name="today"),
    path("team", views.team, name="team"),
    path("desk", views.desk, name="desk"),
    path("plan/", views.plan, name="plan"),
    path("plan/numbers", views.dashboard, name="dashboard"),
    path("plan/report/<str:month>/", views.report, name="report"),
    path("plan/plan.csv", views.export, name="export"),
    path("plan/new", views.edit_entry, name="new_entry"),
    path("plan/<int:pk>", views.edit_entry, name="edit_entry"),
    path("plan/versions/<int:number>", views.version, name="version"),
    path("plan/setup", views.setup, name="setup"),
    path("people/me/data", views.my_data, name="my_data"),
    path("people/me/erase", views.erase, name="erase"),
    path("people/<int:pk>/erase", views.erase_leaver, name="erase_leaver"),
]
