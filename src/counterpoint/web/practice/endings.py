"""How a practice can end."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Ending(models.TextChoices):
    """How a practice ended. Every ending is a good one."""

    OPEN = "", _("still open")
    FINISHED = "finished", _("went through")
    STOPPED = "stopped", _("stopped early")
