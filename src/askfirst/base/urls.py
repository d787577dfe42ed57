"""Addresses of pages that belong to no part."""

from django.urls import path
from django.views.i18n import set_language

from askfirst.base import views

app_name = "base"
urlpatterns = [
    path("livez", views.livez, name="livez"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics_page, name="metrics"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("brand.css", views.brand_css, name="brand"),
    path("logo", views.logo, name="logo"),
    path("language", set_language, name="language"),
]
