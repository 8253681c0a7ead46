"""Routes of the core app."""

from __future__ import annotations

from django.urls import path

from counterpoint.web.core import shell_views, views

app_name = "core"
urlpatterns = [
    path("demo/next-day/", views.next_day, name="next_day"),
    path("style/", views.style, name="style"),
    path("phone/", shell_views.phone, name="phone"),
    path("app.webmanifest", shell_views.app_manifest, name="manifest"),
    path("worker.js", shell_views.worker, name="worker"),
    path("offline/", shell_views.offline, name="offline"),
]
