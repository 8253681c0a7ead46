"""Rows of the couples app. A row that names two people survives the leaving of one of them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from counterpoint.domain.dyad import Member
from counterpoint.web.couples.kinds import CardKind, Kind


def _choices(kind: type[Kind] | type[CardKind] | type[Member]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in kind]


class Couple(models.Model):
    """Two people who joined, or are about to.

    ``joined_at`` is empty until both confirmed; ``ended_at`` is when the first of them left,
    which ends everything joint for both. ``looked_month`` is the month (``2026-11``) whose
    joint picture was last decided on, whether or not there is one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    looked_month = models.CharField(max_length=7, blank=True, default="")

    def __str__(self) -> str:
        return f"couple {self.id}"


class Membership(models.Model):
    """One person's half of a couple; without a person once their account is deleted.

    ``left_at`` ends this person's own page for two. The other's page goes on, alike, until they
    end it themselves.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    couple = models.ForeignKey(Couple, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="memberships"
    )
    member = models.CharField(max_length=1, choices=_choices(Member))
    confirmed_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        """Two halves a couple; one page for two a person at a time."""

        constraints = [
            models.UniqueConstraint(fields=["couple", "member"], name="membership_once_a_side"),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(confirmed_at__isnull=False, left_at__isnull=True),
                name="membership_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"membership {self.id}"


class Invitation(models.Model):
    """A code somebody made to hand over. Only its hash is kept.

    ``entered_at`` is when somebody entered it, ``cancelled_at`` when its maker took it back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inviter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations"
    )
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    entered_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invitation {self.id}"


class Consent(models.Model):
    """What one person lets the other see, of one kind, for ninety days.

    A consent that is renewed while it is in force stays the same row. One that ended, for
    whatever reason, never comes back: the next is a new row, and what was made under the old
    one stays hidden.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    couple = models.ForeignKey(Couple, on_delete=models.CASCADE, related_name="consents")
    grantor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents_given"
    )
    grantee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="consents_received",
    )
    kind = models.CharField(max_length=16, choices=_choices(Kind))
    text_version = models.CharField(max_length=32)
    granted_at = models.DateTimeField()
    renewed_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    frozen_at = models.DateTimeField(null=True)
    thawed_at = models.DateTimeField(null=True)

    class Meta:
        """One consent of a kind at a time."""

        constraints = [
            models.UniqueConstraint(
                fields=["couple", "grantor", "kind"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="consent_one_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"consent {self.id}"


class Release(models.Model):
    """One joint picture, frozen when it was made.

    ``held`` says which days of each (by member, ISO dates) went into it, so that no later one
    rests on the same days; it outlives the picture. ``content`` is what may be drawn; it is
    emptied for good when either withdraws. ``is_exact`` is true where both shared their days.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    couple = models.ForeignKey(Couple, on_delete=models.CASCADE, related_name="releases")
    month = models.CharField(max_length=7)
    made_at = models.DateTimeField()
    days_until = models.DateField()
    is_exact = models.BooleanField(default=False)
    content = models.JSONField(null=True)
    held = models.JSONField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """One picture a month."""

        constraints = [
            models.UniqueConstraint(fields=["couple", "month"], name="release_once_a_month")
        ]

    def __str__(self) -> str:
        return f"release {self.id}"


class Card(models.Model):
    """A card somebody laid face down for one turn of the week; its words are sealed.

    ``turns_on`` is the Sunday on which it is turned, if the other's lies there too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    couple = models.ForeignKey(Couple, on_delete=models.CASCADE, related_name="cards")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="cards"
    )
    turns_on = models.DateField()
    kind = models.CharField(max_length=16, choices=_choices(CardKind))
    text_sealed = models.BinaryField()
    laid_at = models.DateTimeField()

    class Meta:
        """One card a person a week."""

        constraints = [
            models.UniqueConstraint(fields=["couple", "owner", "turns_on"], name="card_once_a_week")
        ]

    def __str__(self) -> str:
        return f"card {self.id}"
