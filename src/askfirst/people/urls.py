"""Addresses of the people part."""

from django.urls import path

from askfirst.people import staff, systems, views

app_name = "people"
urlpatterns = [
    path("", views.people, name="people"),
    path("teams", staff.all_teams, name="teams"),
    path("add", staff.add, name="add"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke", views.revoke_token, name="revoke_token"),
    path("systems/", systems.systems, name="systems"),
    path("systems/<int:pk>/", systems.system, name="system"),
    path("systems/deliveries/<int:pk>/again", systems.again, name="deliver_again"),
    path("import", views.import_roster, name="import"),
    path("import/<str:pk>/<str:name>", views.progress, name="progress"),
    path("organisation", views.organisation, name="organisation"),
    path("log", views.log, name="log"),
    path("me", views.me, name="me"),
    path("me/stance", views.stance, name="stance"),
    path("me/language", views.language, name="language"),
    path("me/heard", views.heard, name="heard"),
    path("me/mails", views.mails_wanted, name="mails"),
    path("mails/<str:token>", views.mail, name="mail"),
    path("me/sessions", views.end_session, name="end_session"),
    path("<int:pk>", staff.person, name="person"),
    path("<int:pk>/record", staff.change, name="change"),
    path("<int:pk>/roles", staff.roles, name="roles"),
    path("<int:pk>/link", staff.link, name="link"),
    path("<int:pk>/switch", staff.switch, name="switch"),
]
