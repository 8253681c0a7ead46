"""How a practice can end."""

from __future__ import annotations

from django.db import models


class Ending(models.TextChoices):
    """How a practice ended. Every ending is a good one."""

    OPEN = "", "still open"
    FINISHED = "finished", "went through"
    STOPPED = "stopped", "stopped early"
