"""What is read about a person's account."""

from __future__ import annotations

from uuid import UUID

from counterpoint.content import load_content
from counterpoint.web.accounts.models import Acceptance, User
from counterpoint.web.accounts.rules import PRIVACY


def privacy_version() -> str:
    """Return the version of the privacy page that is shown now."""
    return str(load_content().pages[PRIVACY].version)


def has_read_privacy(owner: User) -> bool:
    """Whether a person accepted the privacy page as it stands now."""
    return Acceptance.objects.filter(
        owner=owner, document=PRIVACY, version=privacy_version()
    ).exists()


def person_with(owner_id: UUID | str) -> User | None:
    """Return the person of an id, or ``None`` once they are gone."""
    return User.objects.filter(pk=owner_id, is_active=True).first()
