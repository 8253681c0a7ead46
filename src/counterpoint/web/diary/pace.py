"""How often somebody is asked. Pure."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Pace(models.TextChoices):
    """How often somebody is asked. Every pace is a good one, and each can be left at any time."""

    DAILY = "daily", _("every evening")
    LIGHTER = "lighter", _("lighter for a while")
    SUNDAYS = "sundays", _("Sundays only")
    NONE = "none", _("not at all")

    @property
    def asks_evenings(self) -> bool:
        """Whether the check-in is put before the person on Today."""
        return self is Pace.DAILY

    @property
    def asks_sundays(self) -> bool:
        """Whether the look at the week is put before the person on Today."""
        return self in (Pace.DAILY, Pace.SUNDAYS)
