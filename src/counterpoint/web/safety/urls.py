"""Routes of the safety app. The addresses name no topic."""

from __future__ import annotations

from django.urls import path

from counterpoint.web.safety import views

app_name = "safety"
urlpatterns = [
    path("", views.landing, name="landing"),
    path("info/who-reads/", views.page, {"page_id": "privacy"}, name="privacy"),
    path("info/limits/", views.page, {"page_id": "limits"}, name="limits"),
    path("info/promises/", views.page, {"page_id": "promises"}, name="promises"),
    path("info/beyond/", views.page, {"page_id": "cannot"}, name="cannot"),
    path("info/words/", views.page, {"page_id": "styles"}, name="styles"),
    path("info/people/", views.people, {"page_id": "help_fear"}, name="help_fear"),
    path("away/", views.leave, name="leave"),
]
