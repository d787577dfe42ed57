"""Addresses of the library."""

from django.urls import path

from askfirst.library import views

app_name = "library"
urlpatterns = [
    path("", views.answers, name="answers"),
    path("materials/<int:pk>/", views.material, name="material"),
    path("materials/<int:pk>/print", views.print_material, name="print"),
    path("materials/add", views.edit_material, name="add_material"),
    path("materials/<int:pk>/edit", views.edit_material, name="edit_material"),
    path("materials/import", views.import_links, name="import_links"),
    path("look-up", views.look_up, name="look_up"),
    path("media/<str:name>", views.media_file, name="media"),
    path("answers/new", views.edit_answer, name="new_answer"),
    path("answers/<int:pk>/", views.answer, name="answer"),
    path("answers/<int:pk>/edit/", views.edit_answer, name="edit_answer"),
]
