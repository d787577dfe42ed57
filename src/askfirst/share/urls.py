"""Addresses of the share part."""

from django.urls import path

from askfirst.share import views

app_name = "share"
urlpatterns = [
    path("stories/", views.stories, name="stories"),
    path("stories/tell", views.tell, name="tell"),
    path("stories/<int:pk>/share", views.share, name="share"),
    path("stories/<int:pk>/post", views.post, name="post"),
    path("stories/<int:pk>/picture", views.picture, name="picture"),
    path("stories/<int:pk>/withdraw", views.withdraw, name="withdraw"),
    path("stories/accounts/", views.connections, name="connections"),
    path("stories/accounts/back", views.connected, name="connected"),
    path("stories/desk/", views.desk, name="desk"),
    path("stories/calls/<int:pk>/end", views.end_call, name="end_call"),
    path("stories/desk/take", views.take, name="take"),
    path("stories/desk/<int:pk>", views.edit, name="edit"),
    path("stories/desk/<int:pk>/consent", views.consent, name="consent"),
    path("stories/consents/<int:pk>/revoke", views.revoke, name="revoke"),
    path("briefings/", views.briefings, name="briefings"),
    path("briefings/<int:pk>/", views.briefing, name="briefing"),
    path("briefings/<int:pk>/end", views.end, name="end"),
    path("s/<str:code>", views.follow, name="follow"),
]
