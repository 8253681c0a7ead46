"""The shape of everything Counterpoint says, as frozen dataclasses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from counterpoint.content.exercises import Exercise
from counterpoint.content.guide import PageGuide
from counterpoint.content.needs import NeedBuilder
from counterpoint.content.pages import Page
from counterpoint.content.phrases import Phrase, PhraseValue
from counterpoint.content.sign_pages import Reflection, SignPage
from counterpoint.content.sources import Source
from counterpoint.content.sunday import SundayLook
from counterpoint.domain.couplings import Cost
from counterpoint.domain.loops import Loop
from counterpoint.domain.plane import Axis
from counterpoint.domain.signs import Sign
from counterpoint.domain.skills import Skill
from counterpoint.domain.styles import Style
from counterpoint.errors import ContentError

if TYPE_CHECKING:
    from counterpoint.content.plan import PlanReason
from counterpoint.content.quiet import QuietCheck

VERIFIED_FOR = timedelta(days=365)
"""How long a help entry may be shown after somebody checked it."""


@dataclass(frozen=True, slots=True)
class StyleText:
    """What is said about a style: evidence about a pattern, never a person."""

    style: Style
    version: int
    source: str
    title: str
    meaning: str
    protects: str
    costs: str
    caution: str


@dataclass(frozen=True, slots=True)
class SignText:
    """What is said about a sign.

    `safety_line` marks the signs beside which the sentence ``safety_line`` of the phrases must
    stand wherever they are shown, with the offer to leave the sign out.
    """

    sign: Sign
    version: int
    source: str
    title: str
    meaning: str
    protects: str
    opposite: str
    safety_line: bool


@dataclass(frozen=True, slots=True)
class SkillText:
    """What is said about a skill."""

    skill: Skill
    version: int
    source: str
    title: str
    meaning: str
    why: str


@dataclass(frozen=True, slots=True)
class CostText:
    """What is said about a cost; `both_ways` reads the coupling in both directions."""

    cost: Cost
    version: int
    source: str
    title: str
    meaning: str
    both_ways: str


@dataclass(frozen=True, slots=True)
class LoopText:
    """What is said about a stuck dance; `read_from` names the answers that can carry it."""

    loop: Loop
    version: int
    source: str
    title: str
    meaning: str
    read_from: str
    question: str


@dataclass(frozen=True, slots=True)
class ResponseOption:
    """One answer of a questionnaire; `value` is what is stored."""

    value: int
    label: str


@dataclass(frozen=True, slots=True)
class QuestionnaireItem:
    """One question of a questionnaire; `item_id` is stable and never re-used."""

    item_id: str
    version: int
    source: str
    sign: Sign
    sitting: int
    text: str
    reverse_keyed: bool


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A set of items with shared response options; every item may be left out."""

    id: str
    version: int
    source: str
    title: str
    intro: str
    recall_period: str
    note: str
    response_options: tuple[ResponseOption, ...]
    items: tuple[QuestionnaireItem, ...]

    def in_sitting(self, sitting: int) -> tuple[QuestionnaireItem, ...]:
        """Return the items of one sitting, in file order."""
        return tuple(item for item in self.items if item.sitting == sitting)

    def item(self, item_id: str) -> QuestionnaireItem:
        """Return one item.

        Raises
        ------
        ContentError
            When the questionnaire has no such item.
        """
        for item in self.items:
            if item.item_id == item_id:
                return item
        raise ContentError(f"questionnaire {self.id!r} has no item {item_id!r}")


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a check-in item; `value` is what is stored."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class CheckinItem:
    """One question of the check-in.

    Parameters
    ----------
    item_id
        ``g c1 s1 n e1`` on the first screen, ``c2 c3 s2 s3 w e2 e3 l`` on the second.
    screen
        1 or 2.
    kind
        ``scale`` (eleven taps 0 to 10, each may stay empty; times ten gives points), ``choice``
        (one option), ``many`` (any options) or ``line`` (own words, sealed).
    prompt
        The question.
    low, middle, high
        Words at the ends of a scale, and below its middle where it has a meaning; else empty.
    options
        Of a choice or many.
    state
        The axis this item measures; ``None`` when it measures neither.
    marker
        Whether it fixes the scale of its axis, and counts for an answered day.
    coin
        Items that share a coin group are drawn one at a time; empty when always asked.
    not_applicable
        An extra answer that counts as missing, or empty.
    extra_tick
        A tick beside the scale that can be set with it, or empty.
    only_after_friction
        Asked only when ``e1`` says there was friction.
    link
        A quiet link beside the item: its text; empty when none. It leads to page `link_page`.
    link_page
        Id of that page.
    """

    item_id: str
    version: int
    source: str
    screen: int
    kind: str
    prompt: str
    low: str
    middle: str
    high: str
    options: tuple[Choice, ...]
    state: Axis | None
    marker: bool
    coin: str
    not_applicable: str
    extra_tick: str
    only_after_friction: bool
    link: str
    link_page: str


@dataclass(frozen=True, slots=True)
class Checkin:
    """The evening check-in; its wording is fixed for good, `items` in the order of the design."""

    id: str
    version: int
    source: str
    items: Mapping[str, CheckinItem]

    def on_screen(self, screen: int) -> tuple[CheckinItem, ...]:
        """Return the items of one screen, coin or not, in the order of the design."""
        return tuple(item for item in self.items.values() if item.screen == screen)

    def coin_groups(self) -> Mapping[str, tuple[str, ...]]:
        """Return the item ids of each coin group: one of each group is asked a day."""
        groups: dict[str, tuple[str, ...]] = {}
        for item in self.items.values():
            if item.coin:
                groups[item.coin] = (*groups.get(item.coin, ()), item.item_id)
        return groups


@dataclass(frozen=True, slots=True)
class HelpEntry:
    """A place to turn to.

    `country` is an ISO 3166 code, or ``*`` for everywhere. An entry nobody has checked against
    its `source_url` has no `last_verified` date and stays hidden.
    """

    entry_id: str
    country: str
    kind: str
    language: str
    name: str
    contact: str
    source_url: str
    last_verified: date | None

    def is_shown(self, on: date) -> bool:
        """Tell whether the entry was verified within a year before a day, and can be reached."""
        if self.last_verified is None or not self.contact:
            return False
        return timedelta(0) <= on - self.last_verified <= VERIFIED_FOR


@dataclass(frozen=True)
class Content:
    """Everything Counterpoint says in one language; read-only."""

    language: str
    version: str
    learn: tuple[str, ...]
    styles: Mapping[Style, StyleText]
    signs: Mapping[Sign, SignText]
    sign_pages: Mapping[Sign, SignPage]
    reflections: Mapping[str, Reflection]
    skills: Mapping[Skill, SkillText]
    costs: Mapping[Cost, CostText]
    loops: Mapping[Loop, LoopText]
    questionnaire: Questionnaire
    checkin: Checkin
    sunday: SundayLook
    plan: Mapping[str, PlanReason]
    needs: NeedBuilder
    quiet: QuietCheck
    exercises: Mapping[str, Exercise]
    help: tuple[HelpEntry, ...]
    pages: Mapping[str, Page]
    guide: Mapping[str, PageGuide]
    sources: Mapping[str, Source]
    phrases: Mapping[str, Phrase]

    def phrase(self, phrase_id: str, /, **values: PhraseValue) -> str:
        """Return a sentence about a person with its values put in.

        Parameters
        ----------
        phrase_id
            Id of the phrase.
        **values
            What its placeholders stand for; see `counterpoint.content.phrases.Phrase.render`.

        Returns
        -------
        str
            Plain text: escape it where it is shown.

        Raises
        ------
        ContentError
            When the id is unknown or a value is missing.
        """
        if phrase_id not in self.phrases:
            raise ContentError(f"there is no phrase {phrase_id!r}")
        return self.phrases[phrase_id].render(values)

    def page(self, page_id: str) -> Page:
        """Return a page.

        Raises
        ------
        ContentError
            When there is no such page.
        """
        if page_id not in self.pages:
            raise ContentError(f"there is no page {page_id!r}")
        return self.pages[page_id]

    def learn_pages(self) -> tuple[Page, ...]:
        """Return the pages to learn from, in the order in which they are offered."""
        return tuple(self.page(page_id) for page_id in self.learn)

    def length_of(self, exercise: Exercise) -> str:
        """Return in words how long an exercise takes, and for how many it is."""
        if exercise.joint:
            return self.phrase("practice.length.two", minutes=exercise.whole_minutes)
        if exercise.seconds == 90:
            return self.phrase("practice.length.ninety")
        return self.phrase("practice.length.alone", minutes=exercise.whole_minutes)

    def exercises_of(self, skill: Skill) -> tuple[Exercise, ...]:
        """Return the exercises of a skill, shortest first."""
        chosen = [exercise for exercise in self.exercises.values() if exercise.skill is skill]
        return tuple(sorted(chosen, key=lambda one: (one.seconds, one.exercise_id)))
