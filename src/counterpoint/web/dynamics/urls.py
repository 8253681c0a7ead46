"""Addresses of my plane and of the simulated couple."""

from __future__ import annotations

from django.urls import path

from counterpoint.web.dynamics import views

app_name = "dynamics"
urlpatterns = [
    path("plane/", views.own_plane, name="plane"),
    path("example/", views.simulated, name="simulated"),
]
