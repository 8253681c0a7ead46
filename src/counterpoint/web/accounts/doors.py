"""What changed at a person's door, and what is still too new to count."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.dispatch import receiver

from counterpoint.web.accounts.models import DoorChange, User
from counterpoint.web.accounts.rules import is_settled
from counterpoint.web.core import clock

KEPT = timedelta(days=365)
ADDED = {
    Authenticator.Type.TOTP: DoorChange.Kind.APP_ADDED,
    Authenticator.Type.WEBAUTHN: DoorChange.Kind.KEY_ADDED,
    Authenticator.Type.RECOVERY_CODES: DoorChange.Kind.CODES_MADE,
}
REMOVED = {
    Authenticator.Type.TOTP: DoorChange.Kind.APP_REMOVED,
    Authenticator.Type.WEBAUTHN: DoorChange.Kind.KEY_REMOVED,
}
FIRST_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Kinds that ask for a second step; recovery codes only stand in for one of these."""


def note_change(owner: User, kind: DoorChange.Kind) -> DoorChange:
    """Keep that something changed, and have every page say so for a day."""
    moment = clock.machine_now()
    DoorChange.objects.filter(owner=owner, made_at__lt=moment - KEPT).delete()
    User.objects.filter(pk=owner.pk).update(door_changed_at=moment)
    owner.door_changed_at = moment
    return DoorChange.objects.create(owner=owner, kind=kind, made_at=moment)


def factors_of(owner: User) -> list[Authenticator]:
    """Return a person's codes app and passkeys, settled or not, oldest first."""
    rows = Authenticator.objects.filter(user_id=owner.pk, type__in=FIRST_FACTORS)
    return list(rows.order_by("created_at"))


def app_of(owner: User) -> Authenticator | None:
    """Return a person's code app, settled or not."""
    rows = Authenticator.objects.filter(user_id=owner.pk, type=Authenticator.Type.TOTP)
    found: Authenticator | None = rows.first()
    return found


def settled_factors(owner: User) -> list[Authenticator]:
    """Return what counts as a second step now: factors older than a day, and then the codes."""
    moment = clock.machine_now()
    settled = [row for row in factors_of(owner) if is_settled(row.created_at, moment)]
    if not settled:
        return []
    codes = Authenticator.objects.filter(user_id=owner.pk, type=Authenticator.Type.RECOVERY_CODES)
    return [*settled, *codes]


def has_second_step(owner: User) -> bool:
    """Whether signing in needs a second step by now."""
    return bool(settled_factors(owner))


@receiver(authenticator_added)
@receiver(authenticator_reset)
def _note_added(sender: object, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    note_change(user, ADDED[authenticator.type])


@receiver(authenticator_removed)
def _note_removed(sender: object, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type in REMOVED:
        note_change(user, REMOVED[authenticator.type])


@receiver(password_changed)
@receiver(password_reset)
def _note_password(sender: object, user: User, **kwargs: Any) -> None:
    note_change(user, DoorChange.Kind.PASSWORD_CHANGED)
