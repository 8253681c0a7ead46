"""Reading the plan: two skills for one person, and what of their own speaks for each."""

from __future__ import annotations

from dataclasses import dataclass

from counterpoint.content import Exercise, SkillText
from counterpoint.content.plan import Reason, suggest
from counterpoint.content.telling import skills_spoken_for, tell_reason
from counterpoint.domain.couplings import Cost
from counterpoint.domain.diary import local_day
from counterpoint.domain.signs import Sign
from counterpoint.domain.skills import Skill
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment import queries as assessment
from counterpoint.web.assessment.kinds import MarkKind
from counterpoint.web.core import clock
from counterpoint.web.core.language import current_content
from counterpoint.web.diary import queries as diary
from counterpoint.web.dynamics import queries as dynamics
from counterpoint.web.dynamics import rules as gates
from counterpoint.web.dynamics.told import costs_told, place_told, same_day_told
from counterpoint.web.practice import planning
from counterpoint.web.practice.endings import Ending
from counterpoint.web.practice.models import ContestedReason, PracticeRun
from counterpoint.web.safety import queries as safety
from counterpoint.web.safety.rules import NOT_WHEN_UNSAFE

EXERCISES_SHOWN = 2


@dataclass(frozen=True, slots=True)
class SaidReason:
    """A reason in words.

    Parameters
    ----------
    key
        What is contested.
    words
        One sentence.
    may_be_silence
        Whether the line about silence kept for safety belongs beside it.
    """

    key: str
    words: str
    may_be_silence: bool


@dataclass(frozen=True, slots=True)
class SuggestedSkill:
    """One suggestion.

    Parameters
    ----------
    skill
        What is said about it.
    opening
        The sentence that names it.
    reasons
        What speaks for it; empty where it took its turn.
    exercises
        Where to begin, each with its length in words.
    """

    skill: SkillText
    opening: str
    reasons: tuple[SaidReason, ...]
    exercises: tuple[tuple[Exercise, str], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Two suggestions, and what the owner said does not fit.

    Parameters
    ----------
    suggestions
        Two, of different skills.
    drawn
        The sentence for a plan, or a second suggestion, that nothing speaks for; else empty.
    contested
        Reasons that are left out because the owner said so, as ``(key, words)``.
    """

    suggestions: tuple[SuggestedSkill, ...]
    drawn: str
    contested: tuple[tuple[str, str], ...]

    @property
    def may_be_silence(self) -> bool:
        """Whether the line about silence kept for safety belongs on the page."""
        return any(one.may_be_silence for each in self.suggestions for one in each.reasons)

    @property
    def keys(self) -> frozenset[str]:
        """Reasons that stand in the plan."""
        return frozenset(one.key for each in self.suggestions for one in each.reasons)


def plan_of(owner: User) -> Plan:
    """Return the owner's plan of this week, from the owner's own rows and from nobody else's.

    To somebody of whom nothing is known, skills about speaking and staying are not suggested.
    Where the owner's quiet line asks for it, nothing said or worked out is a reason: the page is
    then that of anybody of whom nothing is known.
    """
    content = current_content()
    is_individual = safety.is_individual(owner)
    contested = contested_keys(owner)
    labels = {one.value: one.label for one in content.questionnaire.response_options}
    known = planning.Evidence() if is_individual else _evidence(owner)
    joined = local_day(owner.date_joined, owner.zone)
    reasons = planning.reasons_of(known, labels, contested=contested)
    chosen = suggest(
        reasons,
        skills_spoken_for(content),
        turn=planning.turn_of(joined, clock.today(owner.zone)),
        without=() if reasons else NOT_WHEN_UNSAFE,
    )
    finished = set(
        PracticeRun.objects.filter(owner=owner, ending=Ending.FINISHED).values_list(
            "exercise_id", flat=True
        )
    )
    suggestions = tuple(
        SuggestedSkill(
            skill=content.skills[one.skill],
            opening=content.phrase(
                "plan.first" if at == 0 else "plan.second", title=content.skills[one.skill].title
            ),
            reasons=tuple(_said(reason) for reason in one.reasons),
            exercises=_where_to_begin(one.skill, finished),
        )
        for at, one in enumerate(chosen)
    )
    drawn = ""
    if not any(one.reasons for one in suggestions):
        drawn = content.phrase("plan.drawn")
    elif not all(one.reasons for one in suggestions):
        drawn = content.phrase("plan.second_drawn")
    everything = planning.reasons_of(known, labels)
    return Plan(
        suggestions=suggestions,
        drawn=drawn,
        contested=tuple(
            (one.key, tell_reason(content, one)) for one in everything if one.key in contested
        ),
    )


def contested_keys(owner: User) -> frozenset[str]:
    """Return what the owner said does not fit."""
    return frozenset(ContestedReason.objects.filter(owner=owner).values_list("key", flat=True))


def _evidence(owner: User) -> planning.Evidence:
    friction_days, friction = diary.friction_counts(owner)
    signs = assessment.said_of_signs(owner)
    shown = dynamics.shown_fit(owner, clock.today(owner.zone))
    if shown is None or shown.result is None or shown.provisional:
        return planning.Evidence(signs, friction_days, friction)
    wish = assessment.newest_marks(owner).get(MarkKind.WISH)
    result, days = shown.result, shown.days
    may_say_costs = days >= gates.COUPLINGS_FROM_DAYS
    return planning.Evidence(
        signs,
        friction_days,
        friction,
        place=None if wish is None else place_told(result, wish.place, days),
        takes_turns=days >= gates.SAME_DAY_FROM_DAYS and same_day_told(result) == "turns",
        costs=tuple(Cost(one) for one in costs_told(result)) if may_say_costs else (),
    )


def _said(reason: Reason) -> SaidReason:
    content = current_content()
    is_of_sign = reason.sign is not None and content.signs[Sign(reason.sign)].safety_line
    return SaidReason(
        key=reason.key,
        words=tell_reason(content, reason),
        may_be_silence=is_of_sign or reason.reason_id.startswith("friction."),
    )


def _where_to_begin(skill: Skill, finished: set[str]) -> tuple[tuple[Exercise, str], ...]:
    """Return exercises of a skill that one does alone and tells nobody, new ones first."""
    content = current_content()
    alone = [one for one in content.exercises_of(skill) if not one.joint and not one.discloses]
    alone.sort(key=lambda one: one.exercise_id in finished)
    return tuple((one, content.length_of(one)) for one in alone[:EXERCISES_SHOWN])
