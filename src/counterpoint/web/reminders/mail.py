"""Reminders by mail: handed to the mail server by the worker, from the reminder's own row.

A reminder is an outbox of its own: the row is there before, its text can be written at any time,
so no sealed letter need wait beside it (docs/decisions/2026-11-24-reminders.md). The Message-ID
follows from the reminder: tried twice, it is the same mail.
"""

from __future__ import annotations

import logging
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from counterpoint.web.reminders.message import Outcome, Reminder, site_name, words_of

log = logging.getLogger("counterpoint.reminders")

MAIL = "mail"
REFUSED_FOR_GOOD = 500


def mail_of(reminder: Reminder) -> EmailMessage:
    """Return the mail of a reminder."""
    words = words_of(reminder)
    return EmailMessage(
        words.subject,
        words.body,
        settings.DEFAULT_FROM_EMAIL,
        [reminder.owner.email],
        headers={
            "Message-ID": f"<{reminder.tag}@{site_name()}>",
            "List-Unsubscribe": f"<{reminder.stop_address}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )


def send_mail(reminder: Reminder) -> Outcome:
    """Hand a reminder to the mail server."""
    try:
        get_connection(settings.COUNTERPOINT_MAIL_BACKEND).send_messages([mail_of(reminder)])
    except SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        return Outcome.GONE if min(codes) >= REFUSED_FOR_GOOD else Outcome.FAILED
    except (OSError, SMTPException) as error:
        log.warning("a reminder could not be handed over: %s", type(error).__qualname__)
        return Outcome.FAILED
    return Outcome.SENT
