"""Rows of devices that may take evenings without a connection."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class EveningDevice(models.Model):
    """A browser in which its person turned on evenings without a connection.

    It was given the public half of a key; the private half lies here, sealed under the person's
    own key. Which browser it is, is not kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="evening_devices"
    )
    made_at = models.DateTimeField()
    private_sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"evening device {self.id}"
