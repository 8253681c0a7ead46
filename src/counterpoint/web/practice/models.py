"""Rows of the practice app: which exercise was started and how it ended, and kept drafts."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from counterpoint.web.core.language import current_language
from counterpoint.web.practice.endings import Ending


class PracticeRun(models.Model):
    """One person's going through one exercise."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practice_runs"
    )
    exercise_id = models.CharField(max_length=64)
    exercise_version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=8, default=current_language)
    skill = models.CharField(max_length=32)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=16, choices=Ending.choices, blank=True, default="")
    submission_key = models.UUIDField()

    class Meta:
        """One run a submission."""

        constraints = [
            models.UniqueConstraint(
                fields=["owner", "submission_key"], name="practice_run_once_a_submission"
            )
        ]
        indexes = [models.Index(fields=["owner", "-started_at"], name="practice_run_newest")]

    def __str__(self) -> str:
        return f"practice run {self.id}"


class ContestedReason(models.Model):
    """A reason of the plan of which its owner said: this does not fit me."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="contested_reasons"
    )
    key = models.CharField(max_length=64)
    contested_at = models.DateTimeField()

    class Meta:
        """Once a reason."""

        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="contested_once_a_reason")
        ]

    def __str__(self) -> str:
        return f"contested reason {self.id}"


class Draft(models.Model):
    """A sheet of the writing desk somebody kept: a wish in their own words, sealed whole."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    words_sealed = models.BinaryField()
    submission_key = models.UUIDField()

    class Meta:
        """One draft a submission."""

        constraints = [
            models.UniqueConstraint(
                fields=["owner", "submission_key"], name="draft_once_a_submission"
            )
        ]
        indexes = [models.Index(fields=["owner", "-changed_at"], name="draft_newest")]

    def __str__(self) -> str:
        return f"draft {self.id}"


class Letter(models.Model):
    """The letter that closes a movement: written when it is first opened, kept as it was told.

    ``text_sealed`` holds all of it (see `counterpoint.web.practice.letter_form`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters"
    )
    movement = models.CharField(max_length=16)
    opened_at = models.DateTimeField()
    content_version = models.CharField(max_length=32)
    language = models.CharField(max_length=8, default=current_language)
    text_sealed = models.BinaryField()

    class Meta:
        """One letter a person and movement."""

        constraints = [
            models.UniqueConstraint(fields=["owner", "movement"], name="letter_once_a_movement")
        ]

    def __str__(self) -> str:
        return f"letter {self.id}"
