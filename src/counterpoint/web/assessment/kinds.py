"""The three kinds of mark a person can set on the plane."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MarkKind(models.TextChoices):
    """What a mark on the plane stands for."""

    NOW = "now", _("the last two weeks")
    WISH = "wish", _("where I would like to be")
    PARTNER_GUESS = "partner_guess", _("where my partner would put me")
