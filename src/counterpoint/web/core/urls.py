"""Routes of the core app."""

from __future__ import annotations

from django.urls import path

from counterpoint.web.core import views

app_name = "core"
urlpatterns = [
    path("demo/next-day/", views.next_day, name="next_day"),
    path("style/", views.style, name="style"),
]
