"""What one person sees of the fifteen signs: the list, the page of one, and their reflections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from counterpoint.content import Exercise, SignText, SkillText
from counterpoint.content.sign_pages import Reflection, Shown, SignPage
from counterpoint.content.telling import Change, tell_said
from counterpoint.domain.signs import Sign, signs_of
from counterpoint.domain.skills import Skill
from counterpoint.domain.styles import Style
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment import queries as assessment
from counterpoint.web.assessment import rules as sittings
from counterpoint.web.core.language import current_content
from counterpoint.web.diary import queries as diary_queries
from counterpoint.web.dynamics import queries
from counterpoint.web.dynamics.services.signs import Unread, weigh_answers, weigh_change
from counterpoint.web.dynamics.sign_days import ShownDays, own_days, show
from counterpoint.web.dynamics.sign_moves import moves_told
from counterpoint.web.safety import queries as safety
from counterpoint.web.safety.rules import NOT_WHEN_UNSAFE

EXERCISES_SHOWN = 2
SAID_IN_FRICTION = frozenset({Shown.E3_STAYED, Shown.E3_GAVE_IN})
CHANGES = {
    Change.MORE: "sign.retake.more",
    Change.LESS: "sign.retake.less",
    Change.SAME: "sign.retake.same",
    Change.CANNOT_TELL: "sign.retake.cannot_tell",
}
UNREAD = {Unread.ONE_OPTION: "questionnaire.same_tap", Unread.ANYWHERE: "questionnaire.mixed"}


@dataclass(frozen=True, slots=True)
class Group:
    """Five patterns that belong together; the words name no kind of person."""

    name: str
    title: str
    lead: str
    signs: tuple[SignText, ...]


@dataclass(frozen=True, slots=True)
class OfferedSkill:
    """A skill that may help, why, and where to begin."""

    text: SkillText
    why: str
    exercises: tuple[tuple[Exercise, str], ...]


@dataclass(frozen=True, slots=True)
class SignSheet:
    """Everything on the page of one sign.

    Parameters
    ----------
    text, page
        What is said about it.
    said, before, change
        What was said in the newest round; in the first, where there are two; and whether it moved.
    days, moves
        The second and third column.
    skills
        Two that may help.
    has_line
        Whether the line about silence stands here.
    """

    text: SignText
    page: SignPage
    said: tuple[str, ...]
    before: tuple[str, ...]
    change: str
    days: tuple[ShownDays, ...]
    moves: tuple[str, ...]
    skills: tuple[OfferedSkill, ...]
    has_line: bool


def sign_groups(owner: User) -> tuple[Group, ...]:
    """Return the fifteen in their three groups, without those the owner left out."""
    content = current_content()
    left_out = assessment.left_out_signs(owner)
    return tuple(
        Group(
            name=f"group-{number}",
            title=content.phrase(f"sign.group.{style.value}"),
            lead=content.phrase(f"sign.group.{style.value}.lead"),
            signs=tuple(content.signs[one] for one in signs_of(style) if one not in left_out),
        )
        for number, style in enumerate(Style, start=1)
    )


def sign_sheet(owner: User, sign: Sign, today: date) -> SignSheet:
    """Return the page of one sign, from the owner's own rows and from nobody else's.

    Where the owner's quiet line asks for it, how days move is not worked out, and skills that
    mean speaking or staying are not suggested: two others stand in their place.
    """
    content = current_content()
    text, page = content.signs[sign], content.sign_pages[sign]
    is_individual = safety.is_individual(owner)
    shown = queries.shown_fit(owner, today)
    is_open = shown is not None and not shown.provisional and not is_individual
    own = own_days(owner)
    said, before, change = _said(owner, sign)
    return SignSheet(
        text=text,
        page=page,
        said=said,
        before=before,
        change=change,
        days=tuple(show(one, own) for one in page.days_from),
        moves=moves_told(
            page.moves_from,
            result=shown.result if shown is not None and is_open else None,
            days=diary_queries.answered_days(owner),
            fit_days=0 if shown is None else shown.days,
        ),
        skills=_skills(page, is_individual=is_individual),
        has_line=text.safety_line or not SAID_IN_FRICTION.isdisjoint(page.days_from),
    )


def _said(owner: User, sign: Sign) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    content = current_content()
    first, again = (assessment.answers_in(owner, round_) for round_ in sittings.ROUNDS)
    told = [_range_told(answers, sign) for answers in (first, again)]
    if not _answers_to(again, sign):
        return told[0], (), ""
    if not _answers_to(first, sign):
        return told[1], (), ""
    changed = weigh_change(first, again)[sign]
    then = content.phrase("sign.retake.then")
    return told[1], told[0], content.phrase(CHANGES[changed], then=then)


def _answers_to(answers: Mapping[str, int], sign: Sign) -> bool:
    items = current_content().questionnaire.items
    return any(item.item_id in answers for item in items if item.sign is sign)


def _range_told(answers: Mapping[str, int], sign: Sign) -> tuple[str, ...]:
    content = current_content()
    if not _answers_to(answers, sign):
        items = sum(item.sign is sign for item in content.questionnaire.items)
        return tell_said(content, answered=0, items=items)
    found = weigh_answers(answers).ranges[sign]
    return tell_said(
        content, answered=found.answered, items=found.items, low=found.low, high=found.high
    )


def _skills(page: SignPage, *, is_individual: bool) -> tuple[OfferedSkill, ...]:
    content = current_content()
    reasons = {one.skill: one.why for one in page.skills}
    held_back: frozenset[Skill] = NOT_WHEN_UNSAFE if is_individual else frozenset()
    chosen = [skill for skill in reasons if skill not in held_back]
    chosen += [skill for skill in Skill if skill not in held_back and skill not in chosen]
    return tuple(
        OfferedSkill(
            text=content.skills[skill],
            why=reasons.get(skill, content.skills[skill].why),
            exercises=tuple(
                (one, content.length_of(one))
                for one in content.exercises_of(skill)
                if not one.joint and not one.discloses
            )[:EXERCISES_SHOWN],
        )
        for skill in chosen[: len(reasons)]
    )


def parts_of(owner: User, reflection: Reflection) -> tuple[tuple[str, str, str], ...]:
    """Return the parts beside a reflection: title, what it is, what the owner's answers show."""
    if not reflection.parts:
        return ()
    own = own_days(owner)
    return tuple(
        (
            part.title,
            part.text,
            " ".join(filter(None, (show(one, own).sentence for one in part.shown))),
        )
        for part in reflection.parts
    )


def notes_after_sitting(owner: User) -> tuple[str, ...]:
    """Say kindly that answers look unread, where they do; every answer stays as it is."""
    for round_ in reversed(sittings.ROUNDS):
        answers = assessment.answers_in(owner, round_)
        if answers:
            unread = weigh_answers(answers).unread
            return () if unread is None else (current_content().phrase(UNREAD[unread]),)
    return ()
