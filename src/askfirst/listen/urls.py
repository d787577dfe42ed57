"""Addresses of the listen part."""

from django.urls import path

from askfirst.listen import views

app_name = "listen"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("fresh", views.fresh, name="fresh"),
    path("mentions/<int:pk>/", views.mention, name="mention"),
    path("export", views.export, name="export"),
    path("queries/", views.saved_queries, name="queries"),
    path("queries/new", views.edit_query, name="new_query"),
    path("queries/<int:pk>/", views.edit_query, name="edit_query"),
    path("sources/", views.sources, name="sources"),
    path("sources/bring", views.bring, name="bring"),
    path("sources/<int:pk>/", views.edit_source, name="edit_source"),
    path("sources/<int:pk>/switch", views.switch, name="switch"),
    path("in/<int:pk>", views.receive, name="receive"),
    path("themes/", views.week, name="themes"),
    path("alerts/", views.alerts, name="alerts"),
]
