"""Rows of the assessment app: marks, item orders, item answers, signs left out, reflections."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from counterpoint.domain.plane import Place
from counterpoint.web.assessment.kinds import MarkKind
from counterpoint.web.core.language import current_language


class Mark(models.Model):
    """One mark a person set on the plane. Rows are kept; the newest of a kind counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="marks"
    )
    kind = models.CharField(max_length=16, choices=MarkKind.choices)
    connection_points = models.PositiveSmallIntegerField()
    self_points = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    submission_key = models.UUIDField()

    class Meta:
        """One row a submission; points lie between 0 and 100."""

        constraints = [
            models.UniqueConstraint(
                fields=["owner", "kind", "submission_key"], name="mark_once_a_submission"
            ),
            models.CheckConstraint(
                condition=models.Q(connection_points__lte=100, self_points__lte=100),
                name="mark_inside_the_plane",
            ),
        ]
        indexes = [models.Index(fields=["owner", "kind", "-made_at"], name="mark_newest")]

    def __str__(self) -> str:
        return f"mark {self.id}"

    @property
    def place(self) -> Place:
        """The mark as a place, points 0-100."""
        return Place(connection=float(self.connection_points), self=float(self.self_points))


class ItemOrder(models.Model):
    """The order in which one person meets the items of one sitting: drawn once, then kept.

    ``round`` is 1 for the first answers and 2 for the same questions ten weeks later.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="item_orders"
    )
    questionnaire_id = models.CharField(max_length=64)
    questionnaire_version = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    sitting = models.PositiveSmallIntegerField()
    item_ids = models.JSONField()
    drawn_at = models.DateTimeField()

    class Meta:
        """One order a person, questionnaire, round and sitting."""

        constraints = [
            models.UniqueConstraint(
                fields=["owner", "questionnaire_id", "round", "sitting"],
                name="item_order_drawn_once",
            )
        ]

    def __str__(self) -> str:
        return f"item order {self.id}"


class ItemAnswer(models.Model):
    """One person's answer to one item in one round; ``value`` is empty where it was skipped."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="item_answers"
    )
    questionnaire_id = models.CharField(max_length=64)
    questionnaire_version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=8, default=current_language)
    round = models.PositiveSmallIntegerField(default=1)
    item_id = models.CharField(max_length=64)
    value = models.SmallIntegerField(null=True)
    answered_at = models.DateTimeField()

    class Meta:
        """One answer a person, round and item."""

        constraints = [
            models.UniqueConstraint(
                fields=["owner", "questionnaire_id", "round", "item_id"],
                name="item_answered_once",
            )
        ]

    def __str__(self) -> str:
        return f"item answer {self.id}"


class LeftOutSign(models.Model):
    """A sign a person left out: nothing is asked or shown about it until it is taken in again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="left_out_signs"
    )
    sign = models.CharField(max_length=64)
    left_out_at = models.DateTimeField()

    class Meta:
        """A sign is left out once."""

        constraints = [models.UniqueConstraint(fields=["owner", "sign"], name="sign_left_out_once")]

    def __str__(self) -> str:
        return f"left-out sign {self.id}"


class Reflection(models.Model):
    """Own words to a reflection: sealed, never scored, never analysed.

    ``sign`` is empty for a reflection that belongs to no sign.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reflections"
    )
    reflection_id = models.CharField(max_length=32)
    sign = models.CharField(max_length=64, blank=True, default="")
    words_sealed = models.BinaryField()
    changed_at = models.DateTimeField()

    class Meta:
        """One text a person, reflection and sign."""

        constraints = [
            models.UniqueConstraint(
                fields=["owner", "reflection_id", "sign"], name="reflection_once"
            )
        ]

    def __str__(self) -> str:
        return f"reflection {self.id}"
