"""Reminders on a person's own device, by Web Push (RFC 8030, 8291, 8292).

What is sent is the same few words for everybody, padded to one length, and readable in the browser
only. Browsers that show such a message by themselves (Declarative Web Push) find it in the form
they know; for others the service worker shows it. ``pywebpush`` seals and signs; who is spoken to
is decided in :mod:`counterpoint.web.reminders.push_wire`.
"""

from __future__ import annotations

import json
import logging

from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from counterpoint.errors import DataError
from counterpoint.web.core import clock
from counterpoint.web.reminders import devices, push_keys
from counterpoint.web.reminders.ics import TITLES
from counterpoint.web.reminders.message import Outcome, Reminder, site_address, site_name
from counterpoint.web.reminders.models import PushDevice
from counterpoint.web.reminders.push_address import Subscription
from counterpoint.web.reminders.push_wire import NotPublicError, UnreachableError, Wire
from counterpoint.web.reminders.queries import choice_of
from counterpoint.web.reminders.rules import LATE

log = logging.getLogger("counterpoint.reminders")

START = "/today/"
"""Where it leads: whoever is not signed in meets the sign-in page there, which names nothing."""
DECLARATIVE = 8030
"""Marks a message that a browser may show by itself (WebKit's Declarative Web Push)."""
LENGTH = 1024
"""Bytes of every message before it is sealed; the most a service takes is 3993."""
TOPIC_LENGTH = 32
VALID_SECONDS = 12 * 60 * 60
GONE = frozenset({404, 410})
TAKEN = range(200, 300)


def send_push(reminder: Reminder) -> Outcome:
    """Hand a reminder to every device of its person.

    Returns
    -------
    Outcome
        Sent if the service of one device took it over; failed if another try may do; gone if
        there is no device any more.
    """
    if not push_keys.current_key():
        return Outcome.GONE
    body = message_of(reminder)
    found = {_to_device(reminder, device, body) for device in devices.devices_of(reminder.owner)}
    return next((each for each in (Outcome.SENT, Outcome.FAILED) if each in found), Outcome.GONE)


def message_of(reminder: Reminder) -> bytes:
    """Return what is sealed and sent: a neutral name, a neutral line, where it leads."""
    title = choice_of(reminder.owner).title
    with translation.override(reminder.owner.language):
        told = {
            "web_push": DECLARATIVE,
            "notification": {
                "title": str(TITLES.get(title, TITLES["minute"])),
                "body": _("A minute for you?"),
                "navigate": site_address() + START,
                "tag": "note",
                "lang": reminder.owner.language,
            },
        }
    return pad(json.dumps(told, ensure_ascii=False).encode())


def worker_words() -> dict[str, str]:
    """Return what the worker of a browser says by itself, and where it turns; alike for all."""
    return {
        "body": _("A minute for you?"),
        "start": START,
        "renew": reverse("reminders:renew_device"),
    }


def pad(body: bytes) -> bytes:
    """Return a message at its full length: spaces after JSON mean nothing.

    Raises
    ------
    DataError
        If it is longer than that.
    """
    if len(body) > LENGTH:
        raise DataError(f"a message to a device holds at most {LENGTH} bytes, not {len(body)}")
    return body.ljust(LENGTH)


def topic_of(reminder: Reminder, device: PushDevice) -> str:
    """Return a mark by which a service drops the older of two that wait for one device.

    It is the same at every try, and differs from device to device and day to day.
    """
    key = f"{reminder.tag}|{device.pk}"
    return salted_hmac("reminders.topic", key, algorithm="sha256").hexdigest()[:TOPIC_LENGTH]


def _to_device(reminder: Reminder, device: PushDevice, body: bytes) -> Outcome:
    try:
        subscription = devices.open_device(device)
        private = push_keys.private_for(subscription.server_key)
        if private is None:
            return _retire(device)
        status = _post(subscription, private, body, topic_of(reminder, device))
    except (DataError, NotPublicError):
        return _retire(device)
    except UnreachableError as error:
        return _failed(str(error))
    if status in GONE:
        return _retire(device)
    return Outcome.SENT if status in TAKEN else _failed(str(status))


def _post(subscription: Subscription, private: str, body: bytes, topic: str) -> int | None:
    """Seal, sign and send one message; return the status that was answered."""
    from py_vapid import Vapid  # noqa: PLC0415 - takes half a second, and only the worker sends
    from pywebpush import WebPushException, webpush  # noqa: PLC0415 - the same

    signer = Vapid.from_raw(private.encode())
    signer.conf["no-strict"] = True  # its own look at "sub" refuses hosts without a dot
    try:
        answer = webpush(
            {
                "endpoint": subscription.endpoint,
                "keys": {"p256dh": subscription.p256dh, "auth": subscription.auth},
            },
            data=body,
            vapid_private_key=signer,
            vapid_claims={
                "aud": f"https://{subscription.host}",
                "exp": int(clock.machine_now().timestamp()) + VALID_SECONDS,
                "sub": f"https://{site_name()}",
            },
            ttl=int(LATE.total_seconds()),
            headers={"Urgency": "normal", "Topic": topic},
            requests_session=Wire(),
        )
        status: int | None = answer.status_code
    except WebPushException as error:
        status = error.status_code
    return status


def _retire(device: PushDevice) -> Outcome:
    """Take a device off the list that cannot be reached any more, unless it was renewed now."""
    PushDevice.objects.filter(pk=device.pk, endpoint_mark=device.endpoint_mark).delete()
    return Outcome.GONE


def _failed(what: str) -> Outcome:
    log.warning("a reminder could not be handed to a push service: %s", what)
    return Outcome.FAILED
