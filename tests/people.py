"""The cast of the web tests: one person, their partner, a stranger."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counterpoint.web.accounts.models import User

PASSWORD = "two voices, one page"


def make_person(name: str, *, zone: str = "Europe/Berlin", simulated: bool = False) -> User:
    """Make somebody who has read the privacy page and may answer."""
    from counterpoint.web.accounts.models import User
    from counterpoint.web.accounts.services import accept_privacy

    person = User.objects.create_user(
        f"{name}@example.org", PASSWORD, zone=zone, simulated=simulated
    )
    accept_privacy(person)
    return person
