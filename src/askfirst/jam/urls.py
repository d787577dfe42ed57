"""Addresses of the jam: /j/CODE for everybody, /lead/ for those who lead."""

from django.urls import path

from askfirst.jam import desk, views

app_name = "jam"
urlpatterns = [
    path("join", views.join, name="join"),
    path("j/about", views.about, name="about"),
    path("j/<str:code>", views.room, name="room"),
    path("j/<str:code>/ask", views.ask, name="ask"),
    path("j/<str:code>/similar", views.similar, name="similar"),
    path("j/<str:code>/vote", views.vote, name="vote"),
    path("j/<str:code>/mine", views.mine, name="mine"),
    path("j/<str:code>/withdraw/<int:pk>", views.withdraw, name="withdraw"),
    path("j/<str:code>/why/<int:pk>", views.why, name="why"),
    path("j/<str:code>/ledger", views.ledger, name="ledger"),
    path("j/<str:code>/ledger.<str:form>", views.export, name="export"),
    path("j/<str:code>/screen", views.screen, name="screen"),
    path("j/<str:code>/shown", views.shown, name="shown"),
    path("j/<str:code>/qr.svg", views.qr, name="qr"),
    path("handed/<int:pk>", views.handed, name="handed"),
    path("lead/", desk.jams, name="jams"),
    path("lead/new", desk.new, name="new"),
    path("lead/colleagues", desk.colleagues, name="colleagues"),
    path("lead/<str:code>/", desk.desk, name="desk"),
    path("lead/<str:code>/settings", desk.edit, name="edit"),
    path("lead/<str:code>/close", desk.close, name="close"),
    path("lead/<str:code>/remove", desk.remove, name="remove"),
    path("lead/<str:code>/bring", desk.bring, name="bring"),
    path("lead/<str:code>/<str:verb>/<int:pk>", desk.act, name="act"),
]
