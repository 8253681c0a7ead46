"""What may be said of one person's own fit: the words, without a page around them. Pure."""

from __future__ import annotations

from counterpoint.domain.plane import Place
from counterpoint.web.dynamics import rules
from counterpoint.web.dynamics.results import SoloResult


def place_told(result: SoloResult, wish: Place, days: int) -> tuple[rules.Told, rules.Told]:
    """Return how nearness and being oneself lie to the wish, from the fit's answered days."""
    near = rules.against_wish([draw[0] for draw in result.draws], wish.connection)
    myself = rules.against_wish([draw[1] for draw in result.draws], wish.self)
    return rules.tell(near, days), rules.tell(myself, days)


def same_day_told(result: SoloResult) -> str:
    """Return ``together``, ``turns`` or ``cannot_tell``: the end of a phrase ``same_day``.

    Where the mood of the day was told, the same has to hold with the mood set aside.
    """
    plain, apart = result.same_day, result.same_day_mood_apart
    said = plain.said
    if apart is not None:
        said = said and apart.said and (plain.mean > 0) == (apart.mean > 0)
    if not said:
        return "cannot_tell"
    return "together" if plain.mean > 0 else "turns"


def costs_told(result: SoloResult) -> tuple[str, ...]:
    """Return the ids of own costs that may be said."""
    return tuple(cost for cost, found in result.costs.items() if found.said)
