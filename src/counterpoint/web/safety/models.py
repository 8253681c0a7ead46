"""The one row of the safety app: what the quiet check left behind, sealed."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class QuietLine(models.Model):
    """One sealed line of one person: the day, and what comes first for them.

    The sealed bytes have the same length whatever they say. No other column tells a day or a
    change, so that the row itself says only that the check was opened once.
    """

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="quiet_line",
    )
    line_sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"quiet line of {self.owner_id}"
