"""Django's entry for the jobs app."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The database as the queue."""

    name = "counterpoint.web.jobs"
    label = "jobs"
