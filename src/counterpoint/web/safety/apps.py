"""Django's entry for the safety app."""

from __future__ import annotations

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Public pages, people to talk to, and the way out. Holds no rows."""

    name = "counterpoint.web.safety"
    label = "safety"
