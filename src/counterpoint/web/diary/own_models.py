"""Rows of the questions of one's own and their answers."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from counterpoint.web.core.language import current_language


class OwnQuestion(models.Model):
    """A question a person added for themselves, by evening or by week; at most two go on.

    ``item_id`` names one of the list; where it is empty the question is in own words, sealed.
    What is answered never enters the model and is shown to nobody else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="own_questions"
    )
    item_id = models.CharField(max_length=32, blank=True, default="")
    item_version = models.PositiveSmallIntegerField(null=True)
    language = models.CharField(max_length=8, default=current_language)
    question_sealed = models.BinaryField(null=True)
    rhythm = models.CharField(max_length=8)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    submission_key = models.UUIDField()

    class Meta:
        """One question a submission."""

        constraints = [
            models.UniqueConstraint(
                fields=["owner", "submission_key"], name="own_question_once_a_submission"
            )
        ]

    def __str__(self) -> str:
        return f"own question {self.id}"


class OwnAnswer(models.Model):
    """A tap 0-10 to an own question, about a day or the week that ends on that Sunday."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="own_answers"
    )
    question = models.ForeignKey(OwnQuestion, on_delete=models.CASCADE, related_name="answers")
    about_on = models.DateField()
    tap = models.PositiveSmallIntegerField()
    answered_at = models.DateTimeField()

    class Meta:
        """One answer a question and day; every tap lies between 0 and 10."""

        constraints = [
            models.UniqueConstraint(fields=["question", "about_on"], name="own_answer_once_a_day"),
            models.CheckConstraint(condition=models.Q(tap__lte=10), name="own_answer_is_a_tap"),
        ]

    def __str__(self) -> str:
        return f"own answer {self.id}"
