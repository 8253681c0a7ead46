"""Mails wait in the database, sealed, until the worker hands them to the mail server.

A request that has a mail to send is over as fast as one that has none, whatever the mail server
does. A letter is handed over once: marked before, unmarked if the server refuses it, deleted after.
If the machine stops in between it is not sent again; whoever waits for it asks for another.
"""

from __future__ import annotations

import json
import secrets
import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from counterpoint.web.accounts.keys import NONCE_BYTES, master_keys
from counterpoint.web.accounts.models import Letter
from counterpoint.web.core import clock
from counterpoint.web.jobs.registry import runs, schedules
from counterpoint.web.jobs.services import enqueue

LETTER = "letter"
LATE = timedelta(minutes=10)
KEPT = timedelta(days=1)
BEFORE_OTHERS_SECONDS = -24 * 60 * 60
"""A letter is due since yesterday: no fit that waits comes before it."""


class Outbox(BaseEmailBackend):
    """Keeps each message for the worker instead of sending it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep messages, and return how many."""
        for message in email_messages:
            keep_letter(message)
        return len(email_messages)


@transaction.atomic
def keep_letter(message: EmailMessage) -> Letter:
    """Seal a message under the master key and have the worker hand it over."""
    letter = Letter(id=uuid.uuid4(), master_id=master_keys().current)
    told = {
        "subject": str(message.subject),
        "body": str(message.body),
        "from": message.from_email,
        "to": list(message.to),
    }
    nonce = secrets.token_bytes(NONCE_BYTES)
    key = AESGCM(master_keys().by_id[letter.master_id])
    letter.sealed = nonce + key.encrypt(nonce, json.dumps(told).encode(), _bound(letter))
    letter.save(force_insert=True)
    enqueue(LETTER, str(letter.pk), delay_seconds=BEFORE_OTHERS_SECONDS)
    return letter


def keep_letter_to_nobody() -> None:
    """Do all that a mail takes within a request, where there is nobody to write to."""
    keep_letter(EmailMessage(subject="", body=" " * 400, to=[]))


@runs(LETTER)
def hand_over(key: str) -> bool:
    """Hand one letter to the mail server, at most once; return whether it was.

    Raises
    ------
    OSError
        If the mail server cannot be reached or refuses it; the letter waits for another try.
    """
    found = Letter.objects.filter(pk=key)
    letter = found.first()
    if letter is None:
        return False
    told = _open(letter)
    if told is None or not told["to"] or clock.machine_now() - letter.made_at > KEPT:
        letter.delete()
        return False
    if not found.filter(handed_at__isnull=True).update(handed_at=clock.machine_now()):
        return False
    message = EmailMessage(told["subject"], told["body"], told["from"], told["to"])
    try:
        get_connection(settings.COUNTERPOINT_MAIL_BACKEND).send_messages([message])
    except Exception:
        found.update(handed_at=None)
        raise
    letter.delete()
    return True


@schedules(LETTER)
def list_late() -> list[tuple[str, str]]:
    """Return letters that wait although nobody tries any more, or that nobody will send."""
    late = Letter.objects.filter(made_at__lt=clock.machine_now() - LATE)
    waiting = late.filter(handed_at__isnull=True)
    given_over = late.filter(made_at__lt=clock.machine_now() - KEPT)
    return [(LETTER, str(pk)) for pk in (waiting | given_over).values_list("pk", flat=True)]


def forget_letters(addresses: Sequence[str]) -> None:
    """Delete every letter to one of these addresses that was not handed over yet."""
    gone = {address.lower() for address in addresses}
    for letter in Letter.objects.all():
        told = _open(letter)
        if told is not None and gone & {address.lower() for address in told["to"]}:
            letter.delete()


def _bound(letter: Letter) -> bytes:
    return f"letter|{letter.pk}|{letter.master_id}".encode()


def _open(letter: Letter) -> dict[str, Any] | None:
    """Return what a letter says; nothing if its master key is gone or it is damaged."""
    key = master_keys().by_id.get(letter.master_id)
    raw = bytes(letter.sealed)
    if key is None:
        return None
    try:
        body = AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _bound(letter))
    except (InvalidTag, ValueError):
        return None
    told: dict[str, Any] = json.loads(body)
    return told
