"""Then and now in words: what moved since the weeks before, and what cannot be told."""

from __future__ import annotations

from dataclasses import dataclass

from counterpoint.content.telling import Change, Quantity, tell_change, tell_span
from counterpoint.domain.movements import Movement
from counterpoint.web.accounts.models import User
from counterpoint.web.core.language import current_content
from counterpoint.web.dynamics import queries
from counterpoint.web.dynamics.queries import ComparedMovement
from counterpoint.web.safety import queries as safety_queries

SINCE = {Movement.SECOND: "first", Movement.THIRD: "second"}
"""End of the phrase that names the weeks before."""
POINTS_A_TAP = 10.0


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One quantity then and now.

    Parameters
    ----------
    sentence
        What may be said, or that it cannot be told.
    span
        Between what the difference most likely lies.
    is_said
        Whether something is said.
    """

    sentence: str
    span: str
    is_said: bool


@dataclass(frozen=True, slots=True)
class ToldMovement:
    """One movement beside the weeks before it.

    Parameters
    ----------
    movement
        Which one.
    days_then, days_now
        Answered days before it and in it.
    told
        One entry a quantity; none where there were too few days.
    """

    movement: Movement
    days_then: int
    days_now: int
    told: tuple[ToldChange, ...]

    @property
    def title(self) -> str:
        """When it was."""
        return current_content().phrase(f"letter.title.{self.movement.value}")

    @property
    def ground(self) -> str:
        """What it rests on."""
        return current_content().phrase("change.days", then=self.days_then, now=self.days_now)


def told_movements(owner: User) -> tuple[ToldMovement, ...]:
    """Return every movement that was compared, the newest first.

    Where the owner's quiet line asks for it there is none, as before the first comparison.
    """
    if safety_queries.is_individual(owner):
        return ()
    return tuple(_told(one) for one in queries.compared_movements(owner))


def told_movement(owner: User, movement: Movement) -> ToldMovement | None:
    """Return one compared movement, whatever the owner's quiet line says: hide it there."""
    compared = queries.compared_movements(owner)
    return next((_told(one) for one in compared if one.movement is movement), None)


def _told(compared: ComparedMovement) -> ToldMovement:
    content, since = current_content(), SINCE[compared.movement]
    told = []
    for quantity in Quantity:
        found = compared.changes.get(quantity)
        if found is None:
            continue
        told.append(
            ToldChange(
                sentence=tell_change(content, quantity, found.change, since=since),
                span=tell_span(
                    content, "change", found.q05 / POINTS_A_TAP, found.q95 / POINTS_A_TAP
                ),
                is_said=found.change is not Change.CANNOT_TELL,
            )
        )
    return ToldMovement(compared.movement, compared.days_then, compared.days_now, tuple(told))
