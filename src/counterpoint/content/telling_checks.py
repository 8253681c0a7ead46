"""Every situation that can be told has its sentence, and every reason of a plan its skills."""

from __future__ import annotations

from collections.abc import Iterator

from counterpoint.content.exercises import OutcomeTime
from counterpoint.content.schema import Content
from counterpoint.content.telling import Change, Guess, Quantity
from counterpoint.domain.couplings import Cost
from counterpoint.domain.movements import Movement
from counterpoint.domain.plane import Axis, Corner

_OWN_REASONS = frozenset({"sign", "own"})
"""Reasons that bring their own skill: a sign has a page, and a wish of one's own names one."""


def telling_broken(content: Content) -> Iterator[str]:
    """Yield what cannot be told and what leads nowhere, one sentence a problem."""
    for phrase_id in _needed():
        if phrase_id not in content.phrases:
            yield f"phrases: {phrase_id} is missing"
    worded = {
        one.removeprefix("plan.because.")
        for one in content.phrases
        if one.startswith("plan.because.")
    }
    for reason_id in sorted(content.plan.keys() - worded):
        yield f"plan.{reason_id}: has no words"
    for reason_id in sorted(worded - content.plan.keys() - _OWN_REASONS):
        yield f"plan.{reason_id}: speaks for no skill"
    for reason_id, reason in content.plan.items():
        if not 1 <= len(set(reason.skills)) == len(reason.skills) <= 2:
            yield f"plan.{reason_id}: speaks for one skill or two"
    for cost in Cost:
        answer = content.plan.get(f"cost.{cost.value}")
        if answer is None or cost.skill not in answer.skills:
            yield f"plan.cost.{cost.value}: speaks for the skill that answers it"


def _needed() -> Iterator[str]:
    for cost in Cost:
        for part in ("stem", *Guess):
            yield f"hunch.{cost.value}.{part}"
    for axis in Axis:
        for time in OutcomeTime:
            yield f"effect.named.{axis.value}.{time.value}"
            yield f"effect.helps.{axis.value}.{time.value}"
    for quantity in Quantity:
        for change in Change:
            yield f"change.{quantity.value}.{change.value}"
    for span in ("higher", "lower", "across"):
        yield f"change.range.{span}"
    for corner in Corner:
        yield f"corners.ask.{corner.value}"
    for movement in Movement:
        yield f"letter.title.{movement.value}"
        yield f"letter.opening.{movement.value}"
