"""Reading fits. Every function takes the owner and returns that person's rows only."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from counterpoint.domain.dyad import Member
from counterpoint.web.accounts.models import User
from counterpoint.web.couples import queries as couples_queries
from counterpoint.web.dynamics import rules
from counterpoint.web.dynamics.maps import Map, read_steps
from counterpoint.web.dynamics.models import DanceMap, FitLook, SoloFit
from counterpoint.web.dynamics.release_content import JointPicture, read_picture
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


def result_of(owner: User, fit_id: uuid.UUID) -> SoloResult | None:
    """Return the numbers of one of the owner's fits, ``None`` if they cannot be read."""
    row = SoloFit.objects.filter(pk=fit_id, owner=owner).first()
    return None if row is None else read_result(row.result)


def looks() -> dict[uuid.UUID, datetime]:
    """Return when each person's diary was last looked at; for the scheduler of fits only."""
    return dict(FitLook.objects.values_list("owner_id", "looked_at"))


def owners_with_provisional_fit() -> list[uuid.UUID]:
    """Return each person whose newest fit is provisional; for the scheduler of fits only."""
    newest: dict[uuid.UUID, bool] = dict(
        SoloFit.objects.order_by("made_at").values_list("owner_id", "provisional")
    )
    return [owner_id for owner_id, provisional in newest.items() if provisional]


@dataclass(frozen=True, slots=True)
class OwnMap:
    """The viewer's own map.

    Parameters
    ----------
    steps
        Step 0 to 4 by cost.
    is_open
        Whether the viewer laid it open.
    """

    steps: Map
    is_open: bool


def own_map(viewer: User) -> OwnMap | None:
    """Return the viewer's map of the couple they are in, ``None`` before they made one."""
    half = couples_queries.current_membership(viewer)
    if half is None:
        return None
    row = DanceMap.objects.filter(couple_id=half.couple_id, owner=viewer).first()
    return None if row is None else OwnMap(read_steps(row.steps), row.laid_open_at is not None)


def both_maps(viewer: User) -> tuple[Map, Map] | None:
    """Return the viewer's and the partner's map if both lie open, else ``None``."""
    half, partner = couples_queries.current_membership(viewer), couples_queries.partner_of(viewer)
    if half is None or partner is None:
        return None
    rows = {
        row.owner_id: read_steps(row.steps)
        for row in DanceMap.objects.filter(couple_id=half.couple_id, laid_open_at__isnull=False)
    }
    if viewer.pk not in rows or partner.pk not in rows:
        return None
    return rows[viewer.pk], rows[partner.pk]


@dataclass(frozen=True, slots=True)
class SeenPicture:
    """A joint picture as the viewer sees it.

    Parameters
    ----------
    picture
        With the viewer as member a.
    month
        Its month, such as ``2026-11``.
    with_places
        Whether each has let the other see their place since before it was made.
    """

    picture: JointPicture
    month: str
    with_places: bool

    @property
    def month_words(self) -> str:
        """The month in words of the language in force."""
        return date_format(date.fromisoformat(f"{self.month}-01"), _("F Y"))


def seen_picture(viewer: User) -> SeenPicture | None:
    """Return the joint picture the viewer may see, or ``None``: the neutral state."""
    half = couples_queries.current_membership(viewer)
    release = couples_queries.visible_release(viewer)
    if half is None or release is None:
        return None
    picture = read_picture(release.content)
    if picture is None:
        return None
    with_places = couples_queries.are_places_visible(release)
    return SeenPicture(picture.seen_by(Member(half.member)), release.month, with_places)
