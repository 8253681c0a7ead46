"""The album: own days gathered in the four corners of the plane, each with its own words."""

from __future__ import annotations

from dataclasses import dataclass

from counterpoint.domain.plane import Corner
from counterpoint.pictures import Picture, four_corners
from counterpoint.web.accounts.models import User
from counterpoint.web.core.language import current_content, current_language
from counterpoint.web.diary import queries

DAYS_A_LEAF = 14

CORNERS = (
    Corner.NEAR_AND_MYSELF,
    Corner.NEAR_AND_LESS_MYSELF,
    Corner.APART_AND_MYSELF,
    Corner.APART_AND_LESS_MYSELF,
)
"""The corners in the order of the album; its addresses count them from one."""


@dataclass(frozen=True, slots=True)
class CornerLink:
    """One corner to turn to.

    Parameters
    ----------
    number
        From one, as in its address.
    words
        Its name.
    days
        How many days lie in it.
    is_here
        Whether it is the one that is open.
    """

    number: int
    words: str
    days: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf of the album.

    Parameters
    ----------
    entries
        Days of the corner, the newest first.
    has_older
        Whether another leaf follows.
    links
        The four corners.
    picture
        All days counted in their corners.
    sentences
        How many days, and the question.
    corner
        Which corner is open.
    """

    entries: tuple[queries.DayEntry, ...]
    has_older: bool
    links: tuple[CornerLink, ...]
    picture: Picture
    sentences: tuple[str, ...]
    corner: Corner

    @property
    def has_bare_days(self) -> bool:
        """Whether a day on it has no line."""
        return any(not any(one != "" for one in day.lines.values()) for day in self.entries)


def leaf(owner: User, corner: Corner, page: int) -> Leaf:
    """Return one leaf of the owner's album.

    Parameters
    ----------
    owner
        Whose days; nobody else's are read.
    corner
        Which days.
    page
        From one; `DAYS_A_LEAF` days each.
    """
    corners = queries.corners_by_day(owner)
    days = [day for day, its_corner in reversed(corners.items()) if its_corner is corner]
    counts = {each: sum(one is each for one in corners.values()) for each in Corner}
    start = (page - 1) * DAYS_A_LEAF
    here = days[start : start + DAYS_A_LEAF]
    return Leaf(
        entries=queries.days_about(owner, here) if here else (),
        has_older=len(days) > start + DAYS_A_LEAF,
        links=tuple(
            CornerLink(number, _say(f"corner.{each.value}"), counts[each], each is corner)
            for number, each in enumerate(CORNERS, start=1)
        ),
        picture=four_corners(
            counts, title=_say("picture.corners.title.yours"), language=current_language()
        ),
        sentences=_sentences(corner, len(days), len(corners)),
        corner=corner,
    )


def _sentences(corner: Corner, days: int, known: int) -> tuple[str, ...]:
    if not known:
        return (_say("corners.none"),)
    if not days:
        if corner is Corner.NEAR_AND_MYSELF:
            return (_say("album.none"),)
        return (_say(f"corners.{corner.value}", n=0, days=known),)
    counted = _say(f"corners.{corner.value}", n=days, days=known)
    return (f"{counted} {_say('corners.question')}", _say(f"corners.ask.{corner.value}"))


def _say(phrase_id: str, **values: int) -> str:
    return current_content().phrase(phrase_id, **values)
