"""The page of a sign, and reflections in one's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from counterpoint.content.tables import ContentTable
from counterpoint.domain.signs import Sign
from counterpoint.domain.skills import Skill


class Shown(StrEnum):
    """What the second column of a sign can be counted from: an item, or an option of one."""

    C1 = "c1"
    S1 = "s1"
    E1 = "e1"
    C3 = "c3"
    S2 = "s2"
    S3 = "s3"
    S3_ON_FRICTION_DAYS = "s3_on_friction_days"
    W = "w"
    E2 = "e2"
    E3_STAYED = "e3_stayed"
    E3_GAVE_IN = "e3_gave_in"
    TALK = "talk"
    COD1 = "cod1"
    COD3 = "cod3"
    IND2 = "ind2"
    IND3 = "ind3"
    INT2 = "int2"
    INT3 = "int3"
    MOMENT = "moment"


class Moved(StrEnum):
    """What the third column of a sign can be read from (MODEL section 6); gates are MODEL's.

    The last five need the days of both: on a page of one's own they are not worked out.
    """

    SAME_DAY_OWN = "same_day_own"
    """Correlation of own connection and own self on the same day."""

    OWN_SELF_AFTER_OWN_NEARNESS = "own_self_after_own_nearness"
    """self <- own connection."""

    ROOM_AFTER_NEARNESS = "room_after_nearness"
    """The answer "more room ... more closeness" after a nearer day."""

    AFTER_FRICTION = "after_friction"
    """How far connection and self are down on a friction day and two days later."""

    CONTAGION = "contagion"
    """self <- partner's self."""

    PULL_AWAY = "pull_away"
    """connection <- partner's connection."""

    OWN_SELF_AFTER_THEIR_NEARNESS = "own_self_after_their_nearness"
    """self <- partner's connection."""

    OWN_NEARNESS_AFTER_THEIR_SELF = "own_nearness_after_their_self"
    """connection <- partner's self."""

    IN_STEP_SELF = "in_step_self"
    """Correlation of the two selves on the same day."""

    @property
    def needs_both(self) -> bool:
        """Whether it can only be told from the days of both."""
        return self in _OF_BOTH


_OF_BOTH = frozenset(
    {
        Moved.CONTAGION,
        Moved.PULL_AWAY,
        Moved.OWN_SELF_AFTER_THEIR_NEARNESS,
        Moved.OWN_NEARNESS_AFTER_THEIR_SELF,
        Moved.IN_STEP_SELF,
    }
)


@dataclass(frozen=True, slots=True)
class Help:
    """A skill that may help with a sign, and why: a reason a person can disagree with."""

    skill: Skill
    why: str


@dataclass(frozen=True, slots=True)
class SignPage:
    """What the page of a sign says, beside `SignText`.

    Parameters
    ----------
    evening
        How the sign may look on an evening; what it means stands in `SignText`.
    kindly
        In this sign's own words: an adaptation and not a flaw; for a strength, that nobody has
        it every day.
    learned
        What may lie behind it.
    good_day
        How a good day may look.
    days, days_from
        Caption of the column "what your days show", and what carries it.
    moves, moves_from
        Caption of the column "how your days move", and what carries it; empty where nothing does.
    skills
        Two.
    """

    sign: Sign
    version: int
    source: str
    evening: str
    kindly: str
    learned: str
    good_day: str
    days: str
    days_from: tuple[Shown, ...]
    moves: str
    moves_from: tuple[Moved, ...]
    skills: tuple[Help, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what a reflection shows, from own answers; parts are not added up."""

    title: str
    text: str
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Reflection:
    """Prompts to write to: private, sealed, never scored; every one may stay empty."""

    reflection_id: str
    version: int
    source: str
    title: str
    lead: str
    stop_rule: str
    prompts: tuple[str, ...]
    parts: tuple[Part, ...]


def read_sign_page(sign: Sign, entry: ContentTable) -> SignPage:
    """Return the page of one sign.

    Raises
    ------
    ContentError
        When the table breaks the schema.
    """
    helps = []
    for row in entry.tables("skills"):
        helps.append(Help(skill=row.word("skill", Skill), why=row.text("why")))
        row.close()
    return SignPage(
        sign=sign,
        version=entry.version(),
        source=entry.text("source"),
        evening=entry.text("evening"),
        kindly=entry.text("kindly"),
        learned=entry.text("learned"),
        good_day=entry.text("good_day"),
        days=entry.text("days"),
        days_from=entry.words("days_from", Shown),
        moves=entry.text_or_empty("moves"),
        moves_from=entry.words("moves_from", Moved),
        skills=tuple(helps),
    )


def read_reflections(table: ContentTable) -> Mapping[str, Reflection]:
    """Return every reflection of a file, by id.

    Raises
    ------
    ContentError
        When the file breaks the schema.
    """
    reflections = {}
    for reflection_id, entry in table.named_tables():
        parts = []
        for row in entry.tables("parts"):
            shown = row.words("from", Shown)
            parts.append(Part(title=row.text("title"), text=row.text("text"), shown=shown))
            row.close()
        reflections[reflection_id] = Reflection(
            reflection_id=reflection_id,
            version=entry.version(),
            source=entry.text("source"),
            title=entry.text("title"),
            lead=entry.text("lead"),
            stop_rule=entry.text("stop_rule"),
            prompts=entry.texts("prompts"),
            parts=tuple(parts),
        )
        entry.close()
    return MappingProxyType(reflections)
