"""Another e-mail address: asked for, in force after a day, undone from the old one for a week.

The old address is told once, in words that name neither topic nor person, with a link that takes
the change back. Whoever follows it must also know a password of the account, so that a mailbox
read by two does not undo what one of them did to be alone.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from counterpoint.web.accounts.doors import note_change
from counterpoint.web.accounts.models import AddressChange, DoorChange, User
from counterpoint.web.accounts.rules import SETTLING, can_undo, is_settled
from counterpoint.web.accounts.visits import end_sessions
from counterpoint.web.core import clock
from counterpoint.web.jobs.registry import runs, schedules

SETTLE = "settle_address"
TOKEN_BYTES = 32


def is_taken(address: str) -> bool:
    """Whether an address belongs to an account, as its address or as a confirmed one."""
    return (
        User.objects.filter(email__iexact=address).exists()
        or EmailAddress.objects.filter(email__iexact=address).exists()
    )


@transaction.atomic
def ask_for(owner: User, address: str, *, confirmed: bool) -> str:
    """Begin a change of address, and return the token that takes it back.

    Parameters
    ----------
    owner
        Whose address.
    address
        The new one.
    confirmed
        Whether a code sent to it was typed in.
    """
    moment = clock.machine_now()
    _open_changes(owner).filter(settled_at__isnull=True).update(undone_at=moment)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    AddressChange.objects.create(
        owner=owner,
        old=owner.email,
        new=address.strip().lower(),
        confirmed=confirmed,
        undo_hash=_hash(token),
        password_before=owner.password,
        asked_at=moment,
    )
    note_change(owner, DoorChange.Kind.ADDRESS_ASKED)
    return token


def tell_old_address(change_of: User, token: str, site: str) -> None:
    """Send the link that takes a change back to the address that is being left."""
    link = site.rstrip("/") + reverse("accounts:address_undo", kwargs={"token": token})
    get_adapter().send_mail("account/email/address_undo", change_of.email, {"undo_url": link})


def waiting_change(owner: User) -> AddressChange | None:
    """Return the change of address that is not in force yet, if there is one."""
    return _open_changes(owner).filter(settled_at__isnull=True).order_by("-asked_at").first()


def due_changes(now: datetime) -> Iterator[AddressChange]:
    """Yield the changes that come into force now."""
    waiting = AddressChange.objects.filter(settled_at__isnull=True, undone_at__isnull=True)
    yield from waiting.filter(asked_at__lte=now - SETTLING)


@transaction.atomic
def settle(change: AddressChange) -> bool:
    """Put a change into force; if the address was taken meanwhile, end it instead.

    Returns
    -------
    bool
        Whether the address is the new one now.
    """
    moment = clock.machine_now()
    change = AddressChange.objects.select_for_update().get(pk=change.pk)
    if change.settled_at or change.undone_at or not is_settled(change.asked_at, moment):
        return False
    owner = User.objects.select_for_update().get(pk=change.owner_id)
    if is_taken(change.new):
        change.undone_at = moment
        change.save(update_fields=["undone_at"])
        return False
    _set_address(owner, change.new, confirmed=change.confirmed)
    change.settled_at = moment
    change.save(update_fields=["settled_at"])
    note_change(owner, DoorChange.Kind.ADDRESS_CHANGED)
    return True


@transaction.atomic
def cancel(owner: User) -> bool:
    """Take back a change that is not in force yet, and return whether there was one."""
    waiting = _open_changes(owner).filter(settled_at__isnull=True)
    if not waiting.update(undone_at=clock.machine_now()):
        return False
    note_change(owner, DoorChange.Kind.ADDRESS_KEPT)
    return True


def change_of_token(token: str) -> AddressChange | None:
    """Return the change a token may still take back."""
    change = AddressChange.objects.filter(undo_hash=_hash(token), undone_at__isnull=True).first()
    if change is None or not can_undo(change.settled_at, clock.machine_now()):
        return None
    return change


@transaction.atomic
def undo(change: AddressChange, password: str) -> bool:
    """Take a change of address back, with a password of then or of now.

    The old address is in force again, every session ends, second steps added since are removed,
    and the password is the one that was typed.

    Returns
    -------
    bool
        False when the password is neither, or the old address belongs to somebody else by now.
    """
    owner = User.objects.select_for_update().get(pk=change.owner_id)
    then = check_password(password, change.password_before)
    if not then and not check_password(password, owner.password):
        return False
    if change.settled_at and User.objects.filter(email=change.old).exclude(pk=owner.pk).exists():
        return False
    if then:
        owner.password = change.password_before
        owner.save(update_fields=["password"])
    if change.settled_at:
        _set_address(owner, change.old, confirmed=True)
    Authenticator.objects.filter(user_id=owner.pk, created_at__gte=change.asked_at).delete()
    change.undone_at = clock.machine_now()
    change.save(update_fields=["undone_at"])
    _open_changes(owner).update(undone_at=change.undone_at)
    end_sessions(owner)
    note_change(owner, DoorChange.Kind.ADDRESS_KEPT)
    return True


@schedules(SETTLE)
def list_due() -> list[tuple[str, str]]:
    """Return the people whose new address comes into force now."""
    return [(SETTLE, str(change.owner_id)) for change in due_changes(clock.machine_now())]


@runs(SETTLE)
def run_settle(key: str) -> None:
    """Put the waiting change of one person into force."""
    for change in AddressChange.objects.filter(
        owner_id=UUID(key), settled_at__isnull=True, undone_at__isnull=True
    ):
        settle(change)


def _open_changes(owner: User) -> QuerySet[AddressChange]:
    return AddressChange.objects.filter(owner=owner, undone_at__isnull=True)


def _set_address(owner: User, address: str, *, confirmed: bool) -> None:
    owner.email = address
    owner.save(update_fields=["email"])
    EmailAddress.objects.filter(user=owner).delete()
    EmailAddress.objects.create(user=owner, email=address, verified=confirmed, primary=True)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
