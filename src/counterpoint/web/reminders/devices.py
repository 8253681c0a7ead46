"""The devices a person wants reminders on: added, renewed, taken off. Each is one transaction.

Which browser it is, is not kept: on the list a device is the day it was added. The address and
keys its browser gave lie sealed under the person's own key.
"""

from __future__ import annotations

from uuid import UUID

from allauth.account.signals import password_changed, password_reset
from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import receiver

from counterpoint.errors import DataError
from counterpoint.web.accounts import keys
from counterpoint.web.accounts.models import User
from counterpoint.web.reminders import push_keys
from counterpoint.web.reminders.mail import MAIL
from counterpoint.web.reminders.models import PushDevice, ReminderChoice
from counterpoint.web.reminders.push_address import Subscription, from_text, mark_of

PUSH = "push"
"""The channel's name, as a choice keeps it."""
MOST_DEVICES = 4
"""A person's; what one evening asks of slow services fits into the claim of its row."""


def devices_of(owner: User) -> QuerySet[PushDevice]:
    """Return a person's devices, oldest first."""
    return PushDevice.objects.filter(owner=owner).order_by("made_at", "pk")


def is_offered(owner: User) -> bool:
    """Whether a person can choose devices as the way: this site has keys, and one is on the list.

    Whoever chose them before and whose last one cannot be reached any more sees the choice still.
    """
    chosen = ReminderChoice.objects.filter(owner=owner, channel=PUSH)
    has_keys = bool(push_keys.current_key())
    return has_keys and (devices_of(owner).exists() or chosen.exists())


def address_place(device: PushDevice) -> keys.Place:
    """Return what the seal of a device's address is bound to."""
    return keys.Place("reminders.PushDevice", device.pk, "address")


def open_device(device: PushDevice) -> Subscription:
    """Return where a device is reached.

    Raises
    ------
    DataError
        If it cannot be read.
    """
    sealed = bytes(device.address_sealed)
    return from_text(keys.open_sealed(device.owner, address_place(device), sealed))


@transaction.atomic
def add_device(owner: User, subscription: Subscription) -> PushDevice:
    """Put a device on the list and let reminders go to devices; of too many the oldest goes.

    Added again, it is the same row.

    Raises
    ------
    DataError
        If it agreed to a key that is not one of this site.
    """
    _check_key(subscription)
    device = PushDevice.objects.filter(owner=owner, endpoint_mark=subscription.mark).first()
    _write(device or PushDevice(owner=owner), subscription)
    newest = devices_of(owner).reverse().values_list("pk", flat=True)
    PushDevice.objects.filter(pk__in=list(newest[MOST_DEVICES:])).delete()
    choice, _ = ReminderChoice.objects.select_for_update().get_or_create(owner=owner)
    if choice.channel == MAIL:
        choice.channel = PUSH
        choice.save(update_fields=["channel"])
    return PushDevice.objects.get(owner=owner, endpoint_mark=subscription.mark)


@transaction.atomic
def renew_device(endpoint: str, subscription: Subscription | None) -> int:
    """Put another address in the place of one, or take it off where there is no other.

    A browser does so by itself when its address changed, and when its person signs out: nobody
    need be signed in. Knowing the old address, which only the browser and its service do, is what
    gives the right.

    Returns
    -------
    int
        How many rows that was: nobody is told.

    Raises
    ------
    DataError
        If the new one agreed to a key that is not one of this site.
    """
    if subscription is not None:
        _check_key(subscription)
    found = list(PushDevice.objects.select_for_update().filter(endpoint_mark=mark_of(endpoint)))
    for device in found:
        if subscription is None:
            end_device(device.owner, device.pk)
        else:
            same = PushDevice.objects.filter(owner=device.owner, endpoint_mark=subscription.mark)
            same.exclude(pk=device.pk).delete()
            _write(device, subscription)
    return len(found)


@transaction.atomic
def end_device(owner: User, device_id: UUID) -> None:
    """Take a device off the list; after the last one reminders go by mail again."""
    PushDevice.objects.filter(owner=owner, pk=device_id).delete()
    if not devices_of(owner).exists():
        ReminderChoice.objects.filter(owner=owner, channel=PUSH).update(channel=MAIL)


@receiver(password_changed)
@receiver(password_reset)
def end_devices(sender: object, user: User, **kwargs: object) -> None:
    """Take every device off with a new password, as it ends every session.

    So whoever had an open session once cannot go on seeing on their own device when a note comes.
    """
    for device in devices_of(user):
        end_device(user, device.pk)


def _check_key(subscription: Subscription) -> None:
    if push_keys.private_for(subscription.server_key) is None:
        raise DataError("this device agreed to a key that is not one of this site any more")


def _write(device: PushDevice, subscription: Subscription) -> None:
    device.endpoint_mark = subscription.mark
    text = subscription.as_text()
    device.address_sealed = keys.seal(device.owner, address_place(device), text)
    device.save()
