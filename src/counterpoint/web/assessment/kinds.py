"""The three kinds of mark a person can set on the plane."""

from __future__ import annotations

from django.db import models


class MarkKind(models.TextChoices):
    """What a mark on the plane stands for."""

    NOW = "now", "the last two weeks"
    WISH = "wish", "where I would like to be"
    PARTNER_GUESS = "partner_guess", "where my partner would put me"
