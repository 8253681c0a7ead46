"""Addresses of the plane and of the simulated couple."""

from __future__ import annotations

app_name = "dynamics"
urlpatterns: list[object] = []
