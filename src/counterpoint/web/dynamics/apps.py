"""The Django app of fits and pictures."""

from __future__ import annotations

from django.apps import AppConfig


class DynamicsConfig(AppConfig):
    """Fits, the plane and the simulated couple."""

    name = "counterpoint.web.dynamics"
    label = "dynamics"
    default_auto_field = "django.db.models.BigAutoField"
