"""Addresses of my plane, the simulated couple, the joint picture and the two maps."""

from __future__ import annotations

from django.urls import path

from counterpoint.web.dynamics import views

app_name = "dynamics"
urlpatterns = [
    path("plane/", views.own_plane, name="plane"),
    path("example/", views.simulated, name="simulated"),
    path("two/picture/", views.joint, name="joint"),
    path("two/maps/", views.maps, name="maps"),
    path("two/maps/open/", views.lay_open, name="lay_open"),
    path("two/maps/take-back/", views.take_back, name="take_back"),
]
