"""What follows from the quiet check, and when it is offered. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from counterpoint.domain.quiet import Lead
from counterpoint.domain.skills import Skill

OFFERED_EACH_WEEKS = 8
"""The check is offered in one week of so many, counted from the day a person came."""

NOT_WHEN_UNSAFE = frozenset({Skill.STAY_PRESENT, Skill.EXPRESS_NEEDS})
"""Skills that are not suggested where speaking or staying may not be safe."""

Route = frozenset[Lead]
"""What comes first for a person; empty when nothing does."""

_BITS = {Lead.CRISIS: 4, Lead.INDIVIDUAL: 2, Lead.INFORMATION: 1}
_DAY_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Quiet:
    """What is kept of a person.

    Parameters
    ----------
    on
        The day of the last answers; ``None`` where the line cannot be read.
    route
        What comes first since.
    """

    on: date | None
    route: Route

    @property
    def is_individual(self) -> bool:
        """Whether own pages are kept plain."""
        return Lead.INDIVIDUAL in self.route

    @property
    def comes_help_first(self) -> bool:
        """Whether someone to talk to stands above everything else on the person's home."""
        return bool(self.route & {Lead.INDIVIDUAL, Lead.CRISIS})

    @property
    def shown(self) -> tuple[Lead, ...]:
        """What is said, first things first; information only where nothing graver is."""
        graver = Lead.INDIVIDUAL in self.route
        return tuple(
            lead
            for lead in Lead
            if lead in self.route and not (graver and lead is Lead.INFORMATION)
        )


UNREADABLE = Quiet(None, frozenset({Lead.INDIVIDUAL}))
"""What a damaged line stands for: the careful side."""


def route_after(
    former: Route, leads: Mapping[str, Lead], answers: Mapping[str, bool | None]
) -> Route:
    """Return what comes first after a sitting.

    One yes is enough. Leaving questions out takes nothing away: what came first before goes on
    doing so until every question that leads to it was answered with no.

    Parameters
    ----------
    former
        What came first before.
    leads
        Where a yes to each item leads.
    answers
        Yes, no, or ``None`` for left out, by item; items that are not there were left out.
    """
    yes = {lead for item, lead in leads.items() if answers.get(item) is True}
    not_denied = {lead for item, lead in leads.items() if answers.get(item) is not False}
    return frozenset(yes | (former & not_denied))


def write_line(on: date, route: Iterable[Lead]) -> str:
    """Return the line that is sealed: eleven characters whatever it says."""
    return f"{on.isoformat()}{sum(_BITS[lead] for lead in set(route))}"


def read_line(line: str) -> Quiet:
    """Return what a line says; one that says nothing known stands for the careful side."""
    try:
        on, code = date.fromisoformat(line[:_DAY_LENGTH]), int(line[_DAY_LENGTH:])
    except ValueError:
        return UNREADABLE
    return Quiet(on, frozenset(lead for lead, bit in _BITS.items() if code & bit))


def is_offered(came_on: date, today: date) -> bool:
    """Whether the one line that offers the check stands on a person's home.

    By calendar alone, in the first week and each eighth week after: answering it, leaving it out
    and what was answered change nothing, so the line tells nobody anything.
    """
    return max(0, (today - came_on).days) // 7 % OFFERED_EACH_WEEKS == 0
