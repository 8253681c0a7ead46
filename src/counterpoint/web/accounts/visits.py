"""Signed-in sessions of a person: what the server knows of each, and how to end them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext

from counterpoint.web.accounts.models import User, Visit
from counterpoint.web.core import clock
from counterpoint.web.core.middleware import SEEN

FAMILIES = (
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Edge", r"Edg[A-Za-z]*/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Opera", r"OPR/|OPiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Version/[\d.]+ .*Safari/"),
)
"""Browser families and how each names itself; the first that fits counts."""
UNKNOWN = "a browser"


@dataclass(frozen=True)
class OpenVisit:
    """One session as its person sees it.

    Parameters
    ----------
    id
        Names it in the address that ends it.
    device
        What the browser said of itself.
    began_at, used_at
        When it was signed in, and when it was last used, to the minute.
    is_this
        Whether it is the session that asks.
    """

    id: UUID
    device: str
    began_at: datetime
    used_at: datetime
    is_this: bool


def device_of(user_agent: str) -> str:
    """Return browser family and kind of device, such as ``Firefox on a phone``."""
    family = next((name for name, mark in FAMILIES if re.search(mark, user_agent)), UNKNOWN)
    if re.search(r"iPad|Tablet", user_agent) or (
        "Android" in user_agent and "Mobile" not in user_agent
    ):
        kind = "a tablet"
    elif re.search(r"Mobile|iPhone|Android", user_agent):
        kind = "a phone"
    elif re.search(r"Windows|Macintosh|X11|CrOS", user_agent):
        kind = "a computer"
    else:
        return family
    return f"{family} on {kind}"


def told_device(device: str) -> str:
    """Return what is kept of a device in words of the language in force."""
    family, _, kind = device.partition(" on ")
    names = {
        "": "{family}",
        "a tablet": gettext("{family} on a tablet"),
        "a phone": gettext("{family} on a phone"),
        "a computer": gettext("{family} on a computer"),
    }
    name = gettext("a browser") if family == UNKNOWN else family
    return names[kind].format(family=name) if kind in names else device


def open_visits(owner: User, session_key: str | None) -> list[OpenVisit]:
    """Return the sessions of a person that still count, last used first; forget dead ones."""
    found = []
    moment = clock.machine_now()
    rows = {row.session_key: row for row in Visit.objects.filter(owner=owner)}
    alive = Session.objects.filter(session_key__in=rows, expire_date__gt=moment)
    for session in alive:
        row = rows.pop(session.session_key)
        told = session.get_decoded()
        if told.get("_auth_user_hash") != owner.get_session_auth_hash():
            rows[session.session_key] = row  # signed in with a password that is no longer theirs
            continue
        seen = told.get(SEEN)
        used = datetime.fromtimestamp(seen, tz=UTC) if seen else row.began_at
        found.append(
            OpenVisit(
                row.pk,
                told_device(row.device),
                row.began_at,
                used,
                session.session_key == session_key,
            )
        )
    Visit.objects.filter(pk__in=[row.pk for row in rows.values()]).delete()
    return sorted(found, key=lambda visit: (visit.is_this, visit.used_at), reverse=True)


def end_visit(visit: Visit) -> None:
    """End one session at once."""
    Session.objects.filter(session_key=visit.session_key).delete()
    visit.delete()


def end_other_sessions(owner: User, session_key: str | None) -> int:
    """End all sessions of a person but one, and return how many were ended."""
    others = Visit.objects.filter(owner=owner).exclude(session_key=session_key or "")
    ended, _ = Session.objects.filter(session_key__in=others.values("session_key")).delete()
    others.delete()
    return ended


def end_sessions(owner: User) -> int:
    """End all sessions of a person, on every device, and return how many there were."""
    mine = [
        row.session_key
        for row in Session.objects.iterator(chunk_size=500)
        if row.get_decoded().get("_auth_user_id") == str(owner.pk)
    ]
    Session.objects.filter(session_key__in=mine).delete()
    Visit.objects.filter(owner=owner).delete()
    return len(mine)


@receiver(user_logged_in)
def _note_visit(sender: object, request: HttpRequest, user: User, **kwargs: Any) -> None:
    if request.session.session_key is None:
        request.session.save()
    Visit.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "owner": user,
            "device": device_of(request.META.get("HTTP_USER_AGENT", "")),
            "began_at": clock.machine_now(),
        },
    )


@receiver(user_logged_out)
def _forget_visit(sender: object, request: HttpRequest, **kwargs: Any) -> None:
    Visit.objects.filter(session_key=request.session.session_key or "").delete()
