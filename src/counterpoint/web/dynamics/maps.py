"""Two maps of one dance: four sentences about the two, in five steps each. Pure; no rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from counterpoint.domain.couplings import Cost
from counterpoint.web.core.language import current_content

STEPS = (0, 1, 2, 3, 4)
Map = Mapping[Cost, int]


@dataclass(frozen=True)
class MapSentence:
    """One sentence and the words of its five steps.

    Parameters
    ----------
    cost
        The coupling it is about.
    stem
        How it begins.
    words
        How it may end, step 0 to 4.
    """

    cost: Cost
    stem: str
    words: tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Compared:
    """One sentence as each of the two ended it."""

    stem: str
    mine: str
    theirs: str


def map_sentences() -> tuple[MapSentence, ...]:
    """Return the four sentences in their order."""
    said = current_content().phrase
    found = []
    for cost in Cost:
        low, middle, high = (said(f"maps.{cost}.{end}") for end in ("low", "middle", "high"))
        words = (low, _a_little(low), middle, _a_little(high), high)
        found.append(MapSentence(cost, said(f"maps.{cost}.stem"), words))
    return tuple(found)


def _a_little(end: str) -> str:
    return _("%(end)s, a little") % {"end": end}


def compare(mine: Map, theirs: Map) -> tuple[Compared, ...]:
    """Return the four sentences as each of the two ended them."""
    return tuple(
        Compared(each.stem, each.words[mine[each.cost]], each.words[theirs[each.cost]])
        for each in map_sentences()
    )


def read_steps(stored: Mapping[str, int]) -> dict[Cost, int]:
    """Return stored steps by cost."""
    return {cost: stored[cost.value] for cost in Cost}
