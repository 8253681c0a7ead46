"""Reading fits. Every function takes the owner and returns that person's rows only."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from counterpoint.web.accounts.models import User
from counterpoint.web.dynamics import rules
from counterpoint.web.dynamics.models import FitLook, SoloFit
from counterpoint.web.dynamics.results import SoloResult, read_result


@dataclass(frozen=True, slots=True)
class FitHead:
    """A fit without its numbers: enough to decide which one is shown."""

    id: uuid.UUID
    made_on: date
    answered_days: int
    provisional: bool
    is_usable: bool
    answers_digest: str
    engine_version: str


@dataclass(frozen=True, slots=True)
class ShownFit:
    """The fit a person sees today.

    Parameters
    ----------
    days
        Answered days behind it.
    through_on
        Newest day in it.
    provisional
        Made before the fast sampler was ready: a place may be shown, sentences wait.
    result
        Its numbers; ``None`` when nothing may be inferred from these answers.
    """

    days: int
    through_on: date
    provisional: bool
    result: SoloResult | None


def fit_heads(owner: User) -> list[FitHead]:
    """Return the owner's fits without their numbers, oldest first."""
    names = (
        "id",
        "made_on",
        "answered_days",
        "provisional",
        "is_usable",
        "answers_digest",
        "engine_version",
    )
    rows = SoloFit.objects.filter(owner=owner).order_by("made_at").values_list(*names)
    return [FitHead(*row) for row in rows]


def newest_head(owner: User) -> FitHead | None:
    """Return the owner's newest fit without its numbers."""
    heads = fit_heads(owner)
    return heads[-1] if heads else None


def shown_fit(owner: User, today: date) -> ShownFit | None:
    """Return the fit the owner sees today, or ``None`` before there is one."""
    head = rules.shown_fit(fit_heads(owner), today)
    if head is None:
        return None
    row = SoloFit.objects.get(pk=head.id, owner=owner)
    return ShownFit(
        days=row.answered_days,
        through_on=row.through_on,
        provisional=row.provisional,
        result=read_result(row.result) if row.is_usable else None,
    )


def looks() -> dict[uuid.UUID, datetime]:
    """Return when each person's diary was last looked at; for the scheduler of fits only."""
    return dict(FitLook.objects.values_list("owner_id", "looked_at"))


def owners_with_provisional_fit() -> list[uuid.UUID]:
    """Return each person whose newest fit is provisional; for the scheduler of fits only."""
    newest: dict[uuid.UUID, bool] = dict(
        SoloFit.objects.order_by("made_at").values_list("owner_id", "provisional")
    )
    return [owner_id for owner_id, provisional in newest.items() if provisional]
