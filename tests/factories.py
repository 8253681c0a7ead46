"""Making browsers for the cast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.test import Client

from people import make_person

if TYPE_CHECKING:
    from counterpoint.web.accounts.models import User

__all__ = ["browser_of", "damaged", "make_person"]


def damaged(sealed: bytes, at: int = -1) -> bytes:
    """Return sealed bytes of which one bit, of the byte `at`, is surely another."""
    torn = bytearray(sealed)
    torn[at] ^= 1
    return bytes(torn)


def browser_of(person: User | None = None, *, enforce_csrf_checks: bool = False) -> Client:
    """Return a browser, signed in as somebody or as nobody.

    The session knows already that the privacy page was read, so that a page costs the queries
    of the page alone.
    """
    browser = Client(enforce_csrf_checks=enforce_csrf_checks)
    if person is None:
        return browser
    from counterpoint.web.accounts.middleware import READ
    from counterpoint.web.accounts.queries import privacy_version
    from counterpoint.web.core.clock import machine_now
    from counterpoint.web.core.middleware import BEGAN, SEEN

    browser.force_login(person)
    session = browser.session
    moment = machine_now().timestamp()
    session[READ], session[BEGAN], session[SEEN] = privacy_version(), moment, moment
    session.save()
    return browser
