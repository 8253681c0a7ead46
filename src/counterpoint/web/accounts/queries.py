"""What is read about a person's account."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from counterpoint.content import load_content
from counterpoint.web.accounts.doors import factors_of
from counterpoint.web.accounts.models import Acceptance, AccessEntry, User
from counterpoint.web.accounts.rules import PRIVACY, SETTLING, is_settled
from counterpoint.web.core import clock
from counterpoint.web.core.language import current_content, current_language


def privacy_version() -> str:
    """Return the version of the privacy page that is shown now, whatever language it is read in."""
    return str(load_content().pages[PRIVACY].version)


def has_read_privacy(owner: User) -> bool:
    """Whether a person accepted the privacy page as it stands now."""
    return Acceptance.objects.filter(
        owner=owner, document=PRIVACY, version=privacy_version()
    ).exists()


def person_with(owner_id: UUID | str) -> User | None:
    """Return the person of an id, or ``None`` once they are gone."""
    return User.objects.filter(pk=owner_id, is_active=True).first()


def language_at(address: str) -> str:
    """Return the language to write to an address in: of who has it, else the one in force."""
    known = User.objects.filter(email__iexact=address).values_list("language", flat=True).first()
    return known or current_language()


@dataclass(frozen=True)
class FactorRow:
    """One second step as its person sees it.

    Parameters
    ----------
    factor
        The row itself.
    name
        What it is.
    mark
        Names a passkey in the address that removes it; says nothing of how many there are.
    counts_from
        When it begins to count; ``None`` once it does.
    """

    factor: Authenticator
    name: str
    mark: str
    counts_from: datetime | None


def factor_rows(owner: User) -> list[FactorRow]:
    """Return a person's code app and passkeys, oldest first."""
    moment = clock.machine_now()
    return [
        FactorRow(
            factor,
            _("A code app") if factor.type == Authenticator.Type.TOTP else _("A passkey"),
            _mark_of(factor),
            None if is_settled(factor.created_at, moment) else factor.created_at + SETTLING,
        )
        for factor in factors_of(owner)
    ]


@dataclass(frozen=True)
class SeenRow:
    """One entry of the log in words."""

    on: date
    viewer: str
    what: str


def seen_rows(entries: Sequence[AccessEntry]) -> list[SeenRow]:
    """Return the log in words, newest first."""
    phrase = current_content().phrase
    return [
        SeenRow(
            entry.on,
            phrase(f"seen.viewer.{entry.viewer}"),
            phrase(f"seen.kind.{entry.kind_of_data}"),
        )
        for entry in reversed(entries)
    ]


def _mark_of(factor: Authenticator) -> str:
    raw = f"{factor.user_id}|{factor.created_at.isoformat()}|{factor.type}".encode()
    return hashlib.sha256(raw).hexdigest()[:20]
