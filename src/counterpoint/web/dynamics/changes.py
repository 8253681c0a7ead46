"""What a comparison of two stretches of days found, as numbers stored with it; no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from counterpoint.content.telling import Change, Quantity

FORM = 1
"""Version of the stored form; a form this code does not know is not shown."""

WORDS = {"more": Change.MORE, "less": Change.LESS, "about_the_same": Change.SAME}
"""Words of `counterpoint.engine.level_changes` and what is said for each."""


@dataclass(frozen=True, slots=True)
class FoundChange:
    """How one quantity moved from the weeks before to a movement.

    Parameters
    ----------
    mean, sd, q05, q50, q95
        Of the difference, later less earlier, in points 0 to 100.
    prob
        Probability of the likeliest word, ``None`` where there was nothing to choose.
    word
        ``more``, ``less``, ``about_the_same``, or empty while none may be said.
    reason
        Why nothing is said; empty when something is.
    days
        Answered days in the stretch that has fewer.
    """

    mean: float
    sd: float
    q05: float
    q50: float
    q95: float
    prob: float | None
    word: str
    reason: str
    days: int

    @property
    def change(self) -> Change:
        """What may be said."""
        return WORDS.get(self.word, Change.CANNOT_TELL)


Changes = Mapping[Quantity, FoundChange]


def to_json(changes: Changes) -> dict[str, Any]:
    """Return the stored form."""
    return {
        "form": FORM,
        "changes": {quantity.value: asdict(one) for quantity, one in changes.items()},
    }


def read_changes(stored: Mapping[str, Any]) -> Changes:
    """Return stored changes; none where nothing was worked out or the form is not known."""
    if stored.get("form") != FORM:
        return {}
    found = stored["changes"]
    return {one: FoundChange(**found[one.value]) for one in Quantity if one.value in found}
