"""How a person's days move, for the page of a sign: what may be said. Pure.

Where nothing may be said a neutral sentence stands, the same whatever keeps the gate closed.
"""

from __future__ import annotations

from collections.abc import Iterable

from counterpoint.content.sign_pages import Moved
from counterpoint.web.core.language import current_content
from counterpoint.web.dynamics import rules
from counterpoint.web.dynamics.results import SoloResult
from counterpoint.web.dynamics.told import same_day_told

CLOSED = "sign.moves.cannot_tell"
SAID = {
    (Moved.OWN_SELF_AFTER_OWN_NEARNESS, "supports"): "sign.moves.supports",
    (Moved.OWN_SELF_AFTER_OWN_NEARNESS, "costs"): "coupling.closeness_costs_self",
    (Moved.ROOM_AFTER_NEARNESS, "room_after_near"): "sign.moves.room",
    (Moved.ROOM_AFTER_NEARNESS, "closeness_after_near"): "sign.moves.closeness",
    (Moved.AFTER_FRICTION, "repaired"): "sign.moves.friction_back",
    (Moved.AFTER_FRICTION, "still_down"): "sign.moves.friction_down",
}
FOUND_AS = {
    Moved.OWN_SELF_AFTER_OWN_NEARNESS: "self_after_nearness",
    Moved.ROOM_AFTER_NEARNESS: "room_after_nearness",
    Moved.AFTER_FRICTION: "after_friction",
}
FROM_DAYS = {
    Moved.SAME_DAY_OWN: rules.SAME_DAY_FROM_DAYS,
    Moved.OWN_SELF_AFTER_OWN_NEARNESS: rules.COUPLINGS_FROM_DAYS,
    Moved.ROOM_AFTER_NEARNESS: rules.COUPLINGS_FROM_DAYS,
    Moved.AFTER_FRICTION: rules.PLACE_FROM_DAYS,
}
"""Answered days before which nothing is said; friction has a gate of its own, four such days."""


def moves_told(
    moved: Iterable[Moved], *, result: SoloResult | None, days: int, fit_days: int
) -> tuple[str, ...]:
    """Return what may be said about how days move, one sentence a carrier and none twice.

    Parameters
    ----------
    moved
        What the sign can be read from.
    result
        The numbers on show; ``None`` where nothing may be said, for whatever reason.
    days
        Answered days so far.
    fit_days
        Answered days behind `result`.
    """
    each = list(moved)
    if not each:
        return (current_content().phrase("sign.moves.none"),)
    own = [_told(one, result, days, fit_days) for one in each if not one.needs_both]
    said = [sentence for sentence in own if sentence != _say(CLOSED)] or own[:1]
    if any(one.needs_both for one in each):
        said.append(_say("sign.moves.of_both_rest" if own else "sign.moves.of_both"))
    return tuple(dict.fromkeys(said))


def _told(moved: Moved, result: SoloResult | None, days: int, fit_days: int) -> str:
    gate = FROM_DAYS[moved]
    if days < gate:
        return current_content().phrase("sign.moves.wait", needed=gate - days)
    if result is None or fit_days < gate:
        return _say(CLOSED)
    if moved is Moved.SAME_DAY_OWN:
        word = same_day_told(result)
        return _say(CLOSED if word == "cannot_tell" else f"same_day.{word}")
    word = result.findings.get(FOUND_AS[moved], "")
    return _say(SAID.get((moved, word), CLOSED))


def _say(phrase_id: str) -> str:
    return current_content().phrase(phrase_id)
