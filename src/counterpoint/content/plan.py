"""Which skill comes next, and why: chosen by a rule that can be read aloud and contested."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from counterpoint.content.phrases import PhraseValue
from counterpoint.content.tables import ContentTable
from counterpoint.domain.signs import Sign
from counterpoint.domain.skills import Skill
from counterpoint.errors import ContentError

SUGGESTIONS = 2
"""How many skills a plan suggests, whatever is known."""


@dataclass(frozen=True, slots=True)
class PlanReason:
    """Which skills a reason speaks for, most fitting first; its words are a phrase."""

    reason_id: str
    version: int
    source: str
    skills: tuple[Skill, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Something of a person's own that speaks for a skill.

    Parameters
    ----------
    reason_id
        A key of `Content.plan`, or ``sign``.
    sign
        Which sign, for the reason ``sign``.
    values
        What its sentence needs.
    """

    reason_id: str
    sign: Sign | None = None
    values: Mapping[str, PhraseValue] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What a person contests: the reason, or the sign."""
        return self.reason_id if self.sign is None else f"sign.{self.sign.value}"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A skill and the reasons that speak for it; none where it took its turn."""

    skill: Skill
    reasons: tuple[Reason, ...]


def suggest(
    reasons: Sequence[Reason],
    skills_of: Mapping[str, tuple[Skill, ...]],
    *,
    turn: int = 0,
    without: Collection[Skill] = (),
) -> tuple[Suggestion, ...]:
    """Return two skills, each with the reasons that speak for it.

    A reason speaks for each of its skills. The skill most reasons speak for comes first; where
    two have as many, the one that was more fitting in an earlier reason. What is left takes its
    turn, so that there are two whatever is known.

    Parameters
    ----------
    reasons
        The person's own reasons, without contested ones, weightiest first.
    skills_of
        Skills by `Reason.key`.
    turn
        Counts the plans, so that skills nothing speaks for take turns.
    without
        Skills that are not suggested to this person.

    Returns
    -------
    tuple of Suggestion
        Two, of different skills; fewer only where `without` leaves fewer.

    Raises
    ------
    ContentError
        When a reason is unknown.
    """
    for reason in reasons:
        if reason.key not in skills_of:
            raise ContentError(f"there is no reason {reason.key!r} for a plan")
    open_skills = [skill for skill in Skill if skill not in without]
    start = turn % max(len(open_skills), 1)
    turned = [*open_skills[start:], *open_skills[:start]]
    speaking = {
        skill: tuple(one for one in reasons if skill in skills_of[one.key]) for skill in turned
    }
    named = [skill for one in reasons for skill in skills_of[one.key] if skill in speaking]
    chosen = sorted(
        turned,
        key=lambda skill: (
            -len(speaking[skill]),
            named.index(skill) if skill in named else len(named),
        ),
    )
    return tuple(Suggestion(skill, speaking[skill]) for skill in chosen[:SUGGESTIONS])


def read_plan(table: ContentTable) -> Mapping[str, PlanReason]:
    """Return what each reason of the plan speaks for, by id.

    Raises
    ------
    ContentError
        When the file breaks the schema.
    """
    reasons = {}
    for reason_id, entry in table.named_tables():
        reasons[reason_id] = PlanReason(
            reason_id=reason_id,
            version=entry.version(),
            source=entry.text("source"),
            skills=entry.words("skills", Skill),
        )
        entry.close()
    return MappingProxyType(reasons)
