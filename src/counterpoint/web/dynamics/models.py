"""Rows of the dynamics app: fits. A fit is never changed, only followed by another."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class SoloFit(models.Model):
    """What the model read from one person's own answers, and from nobody else's.

    ``result`` holds the place, the same-day association and the couplings within this person
    (see `counterpoint.web.dynamics.results`). ``is_usable`` is false when the answers did not
    fit the model: then nothing inferred is shown and own days and counts stay.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="solo_fits"
    )
    made_at = models.DateTimeField()
    made_on = models.DateField()
    from_on = models.DateField()
    through_on = models.DateField()
    answered_days = models.PositiveIntegerField()
    answers_digest = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=32)
    content_version = models.CharField(max_length=32)
    prior_id = models.CharField(max_length=64)
    seed = models.BigIntegerField()
    sweeps = models.PositiveIntegerField()
    backend = models.CharField(max_length=16)
    provisional = models.BooleanField()
    is_usable = models.BooleanField(default=True)
    result = models.JSONField(default=dict)

    class Meta:
        """Newest first is asked for by owner."""

        indexes = [models.Index(fields=["owner", "-made_at"], name="solofit_newest")]

    def __str__(self) -> str:
        return f"solo fit {self.id}"


class DanceMap(models.Model):
    """How one person sees the dance of the two: four sentences, each one of five steps.

    ``steps`` holds 0 to 4 by cost; it is about the two of them and never about one. Only if
    ``laid_open_at`` is set for both do both see both.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    couple = models.ForeignKey(
        "couples.Couple", on_delete=models.CASCADE, related_name="dance_maps"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="dance_maps"
    )
    steps = models.JSONField()
    changed_at = models.DateTimeField()
    laid_open_at = models.DateTimeField(null=True)

    class Meta:
        """One map a person in a couple."""

        constraints = [
            models.UniqueConstraint(fields=["couple", "owner"], name="dancemap_once_a_person")
        ]

    def __str__(self) -> str:
        return f"map {self.id}"


class LevelChange(models.Model):
    """A movement laid beside all the weeks before it: made once when it was over, and kept.

    ``result`` holds the changes (see `counterpoint.web.dynamics.changes`); it is empty where
    there were too few days on either side, and then nothing was worked out.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="level_changes"
    )
    movement = models.CharField(max_length=16)
    made_at = models.DateTimeField()
    from_on = models.DateField()
    border_on = models.DateField()
    through_on = models.DateField()
    days_then = models.PositiveIntegerField()
    days_now = models.PositiveIntegerField()
    engine_version = models.CharField(max_length=32)
    content_version = models.CharField(max_length=32)
    prior_id = models.CharField(max_length=64, blank=True, default="")
    seed = models.BigIntegerField(null=True)
    result = models.JSONField(default=dict)

    class Meta:
        """One row a person and movement."""

        constraints = [
            models.UniqueConstraint(
                fields=["owner", "movement"], name="levelchange_once_a_movement"
            )
        ]

    def __str__(self) -> str:
        return f"change {self.id}"


class FitLook(models.Model):
    """When a person's diary was last looked at for a fit, whether or not one came of it."""

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="fit_look",
    )
    looked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"look at {self.pk}"


class EffectLook(models.Model):
    """One planned look at whether an exercise helps: made once, never made again.

    The numbers are the difference an offer makes to the outcome named beforehand, in points 0 to
    100; empty where the days could not be read. ``word`` is ``helps`` only where the test shared
    over all looks allows it (MODEL section 15).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="effect_looks"
    )
    series = models.ForeignKey("diary.OfferSeries", on_delete=models.CASCADE, related_name="looks")
    week = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    through_on = models.DateField()
    answered_days = models.PositiveIntegerField()
    offers = models.PositiveSmallIntegerField()
    without = models.PositiveSmallIntegerField()
    low = models.FloatField(null=True)
    middle = models.FloatField(null=True)
    high = models.FloatField(null=True)
    prob = models.FloatField(null=True)
    word = models.CharField(max_length=16, blank=True, default="")
    mostly_prior = models.BooleanField(default=True)
    engine_version = models.CharField(max_length=32)
    prior_id = models.CharField(max_length=64, blank=True, default="")
    seed = models.BigIntegerField(null=True)
    sweeps = models.PositiveIntegerField(null=True)
    backend = models.CharField(max_length=16, blank=True, default="")

    class Meta:
        """One look a series and week."""

        constraints = [
            models.UniqueConstraint(fields=["series", "week"], name="effect_look_made_once")
        ]

    def __str__(self) -> str:
        return f"look {self.id}"


class Hunch(models.Model):
    """A guess of one person about one cost; empty where they have none.

    From ``opened_at`` on it is not changed any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="hunches"
    )
    cost = models.CharField(max_length=32)
    guess = models.CharField(max_length=8, blank=True)
    changed_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)

    class Meta:
        """One a cost."""

        constraints = [models.UniqueConstraint(fields=["owner", "cost"], name="hunch_once_a_cost")]

    def __str__(self) -> str:
        return f"hunch {self.id}"
