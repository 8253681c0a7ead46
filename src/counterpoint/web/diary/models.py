"""Rows of the diary app: check-ins, looks of a week, offers, and keys of what was sent."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from counterpoint.web.core.language import current_language
from counterpoint.web.diary.evening_models import EveningDevice  # noqa: F401 - Django finds rows here
from counterpoint.web.diary.own_models import (  # noqa: F401 - Django finds rows here
    OwnAnswer,
    OwnQuestion,
)
from counterpoint.web.diary.pace import Pace

TAPS = tuple(range(11))
STATE_ITEMS = ("c1", "c2", "c3", "s1", "s2", "s3")
TAP_ITEMS = ("g", *STATE_ITEMS, "w", "e2", "e2_next")
LOOK_TAPS = ("h1", "h2", "rest", "talk", "cod1", "int2")
LOOK_WORDS = ("cod3", "ind2", "ind3", "int3")
LOOK_LINES = ("h1_line", "h2_line", "moment")


class ItemOrder(models.Model):
    """The order in which one person meets the tap items: drawn once, then kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="checkin_order"
    )
    item_ids = models.JSONField()
    drawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"item order {self.id}"


class Checkin(models.Model):
    """What one person said about one of their days.

    ``about_on`` is the local day the answers are about, ``recorded_at`` when they were
    first given; the two are never derived from each other. Tap items hold 0-10 and are
    empty where nothing was said. ``e2_next`` is the way back to each other as it looked
    on the following day. ``checkin_version`` and ``language`` name the wording that was last
    answered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="checkins"
    )
    about_on = models.DateField()
    slot = models.PositiveSmallIntegerField(default=1)
    recorded_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    checkin_version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=8, default=current_language)
    coin_connection = models.CharField(max_length=2)
    coin_self = models.CharField(max_length=2)

    g = models.PositiveSmallIntegerField(null=True)
    c1 = models.PositiveSmallIntegerField(null=True)
    s1 = models.PositiveSmallIntegerField(null=True)
    n = models.CharField(max_length=16, blank=True, default="")
    e1 = models.CharField(max_length=16, blank=True, default="")

    second_at = models.DateTimeField(null=True)
    c2 = models.PositiveSmallIntegerField(null=True)
    c3 = models.PositiveSmallIntegerField(null=True)
    s2 = models.PositiveSmallIntegerField(null=True)
    s3 = models.PositiveSmallIntegerField(null=True)
    s3_nothing_came_up = models.BooleanField(default=False)
    w = models.PositiveSmallIntegerField(null=True)
    w_some_of_both = models.BooleanField(default=False)
    e2 = models.PositiveSmallIntegerField(null=True)
    e2_next = models.PositiveSmallIntegerField(null=True)
    e2_next_at = models.DateTimeField(null=True)
    e3 = models.JSONField(default=list, blank=True)
    line_sealed = models.BinaryField(null=True)

    class Meta:
        """One row a person, local day and slot; every tap lies between 0 and 10."""

        constraints = [
            models.UniqueConstraint(
                fields=["owner", "about_on", "slot"], name="checkin_once_a_day_and_slot"
            ),
            models.CheckConstraint(
                condition=models.Q(slot__in=(1, 2)), name="checkin_slot_one_or_two"
            ),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{item}__isnull": True})
                    | models.Q(**{f"{item}__lte": 10}),
                    name=f"checkin_{item}_is_a_tap",
                )
                for item in TAP_ITEMS
            ),
        ]
        indexes = [models.Index(fields=["owner", "changed_at"], name="checkin_newest_change")]

    def __str__(self) -> str:
        return f"check-in {self.id}"


class Submission(models.Model):
    """A form that was received, so that a retry or a second tab never writes it twice.

    ``digest`` is keyed with the site's secret: it tells equal from different content
    and nothing more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="diary_submissions"
    )
    key = models.UUIDField()
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    class Meta:
        """The same content under the same key is received once."""

        constraints = [
            models.UniqueConstraint(
                fields=["owner", "key", "digest"], name="submission_received_once"
            )
        ]

    def __str__(self) -> str:
        return f"submission {self.id}"


class WeekLook(models.Model):
    """What one person said about one of their weeks, on its Sunday or soon after.

    ``week_ends_on`` is that Sunday. Taps hold 0-10, the others one of the words of
    `counterpoint.content.SundayLook.often`; what was left open is empty. Lines are sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="week_looks"
    )
    week_ends_on = models.DateField()
    recorded_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    look_version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=8, default=current_language)

    h1 = models.PositiveSmallIntegerField(null=True)
    h2 = models.PositiveSmallIntegerField(null=True)
    rest = models.PositiveSmallIntegerField(null=True)
    talk = models.PositiveSmallIntegerField(null=True)
    cod3 = models.CharField(max_length=16, blank=True, default="")
    ind2 = models.CharField(max_length=16, blank=True, default="")
    ind3 = models.CharField(max_length=16, blank=True, default="")
    int3 = models.CharField(max_length=16, blank=True, default="")
    cod1 = models.PositiveSmallIntegerField(null=True)
    int2 = models.PositiveSmallIntegerField(null=True)
    h1_line_sealed = models.BinaryField(null=True)
    h2_line_sealed = models.BinaryField(null=True)
    moment_sealed = models.BinaryField(null=True)

    class Meta:
        """One look a person and week; every tap lies between 0 and 10."""

        constraints = [
            models.UniqueConstraint(fields=["owner", "week_ends_on"], name="look_once_a_week"),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{item}__isnull": True})
                    | models.Q(**{f"{item}__lte": 10}),
                    name=f"look_{item}_is_a_tap",
                )
                for item in LOOK_TAPS
            ),
        ]

    def __str__(self) -> str:
        return f"look {self.id}"


class OfferSeries(models.Model):
    """One exercise that one person finds out about; at most one series of a person goes on.

    ``axis`` and ``shows`` name the one outcome before the first evening. While ``is_on`` a coin
    is drawn on eligible evenings; changing the exercise ends a series and begins another.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="offer_series"
    )
    exercise_id = models.CharField(max_length=64)
    exercise_version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=8, default=current_language)
    axis = models.CharField(max_length=16)
    shows = models.CharField(max_length=16)
    chance = models.FloatField()
    began_on = models.DateField()
    is_on = models.BooleanField(default=True)
    ended_at = models.DateTimeField(null=True)
    submission_key = models.UUIDField()

    class Meta:
        """One series a submission, one that goes on a person."""

        constraints = [
            models.UniqueConstraint(
                fields=["owner", "submission_key"], name="offer_series_once_a_submission"
            ),
            models.UniqueConstraint(
                fields=["owner"],
                condition=models.Q(ended_at__isnull=True),
                name="offer_series_one_goes_on",
            ),
        ]

    def __str__(self) -> str:
        return f"offer series {self.id}"


class OfferDay(models.Model):
    """What the coin said on one eligible evening, and with which probability; never changed.

    ``let_lie_at`` is when the person said "not today"; the model does not know it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="offer_days"
    )
    series = models.ForeignKey(OfferSeries, on_delete=models.CASCADE, related_name="days")
    about_on = models.DateField()
    is_offered = models.BooleanField()
    chance = models.FloatField()
    drawn_at = models.DateTimeField()
    let_lie_at = models.DateTimeField(null=True)

    class Meta:
        """One coin a person and local day."""

        constraints = [
            models.UniqueConstraint(fields=["owner", "about_on"], name="offer_drawn_once_a_day")
        ]

    def __str__(self) -> str:
        return f"offer day {self.id}"


class ChosenPace(models.Model):
    """The pace one person chose, and when the offer to make it lighter was last answered.

    A person without a row is asked every evening.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="chosen_pace"
    )
    pace = models.CharField(max_length=16, choices=Pace, default=Pace.DAILY)
    changed_at = models.DateTimeField()
    lighter_answered_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"pace {self.id}"
