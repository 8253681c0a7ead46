"""Exercises: what is practised, in steps, and what it is held to help with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from counterpoint.content.tables import ContentTable
from counterpoint.domain.plane import Axis
from counterpoint.domain.skills import Skill
from counterpoint.errors import ContentError


class Way(StrEnum):
    """By what means something is practised."""

    BREATH = "breath"
    BODY = "body"
    WRITING = "writing"
    SMALL_ACT = "small_act"
    IMAGINING = "imagining"
    LISTENING = "listening"
    REPAIR = "repair"
    ASKING = "asking"
    RECEIVING = "receiving"


class OutcomeTime(StrEnum):
    """When an exercise is held to show: in the check-in of the same evening or of the next day."""

    SAME_EVENING = "same_evening"
    NEXT_DAY = "next_day"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The one outcome an exercise names before anybody has practised it (MODEL section 15)."""

    axis: Axis
    time: OutcomeTime


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an exercise.

    Parameters
    ----------
    text
        What to do; it can be followed when read aloud.
    seconds
        About how long it takes.
    timed
        Whether a clock may run beside it; a step of writing or doing has none.
    write
        A prompt to write to, or empty. What is written is sealed, never scored and never
        required: the step can be done on paper or in the mind as well.
    """

    text: str
    seconds: int
    timed: bool = True
    write: str = ""


@dataclass(frozen=True, slots=True)
class Exercise:
    """Something to practise, in steps.

    Parameters
    ----------
    exercise_id
        Name of its folder; never re-used.
    way
        By what means.
    not_when
        When it is better left alone; shown before it begins.
    stop_rule
        How to stop; shown at every step.
    joint
        Two do it together. It is the same for every couple in every week, and asks for no
        disclosure, complaint or proof.
    alone
        How one half of a joint exercise is done, or ended, alone; empty for one person's.
    discloses
        It asks to tell somebody something private. An exercise that is both this and `joint` is
        refused; what one writes for oneself is sealed and told to nobody.
    outcome
        What it is tested on.
    after
        Exercises it is easier after; none is required.
    rationale, sources
        For authors and therapists, not for the learner; ids of `Content.sources`. Without a
        source it rests on common practice, and the rationale says so.
    """

    exercise_id: str
    version: int
    source: str
    skill: Skill
    way: Way
    title: str
    lead: str
    steps: tuple[Step, ...]
    not_when: str
    stop_rule: str
    joint: bool
    alone: str
    discloses: bool
    outcome: Outcome
    after: tuple[str, ...]
    rationale: str
    sources: tuple[str, ...]

    @property
    def seconds(self) -> int:
        """Length of all steps together."""
        return sum(step.seconds for step in self.steps)

    @property
    def minutes(self) -> float:
        """Length of all steps together."""
        return self.seconds / 60

    @property
    def whole_minutes(self) -> int:
        """Length to the nearest whole minute, half a minute up; at least one."""
        return max((self.seconds + 30) // 60, 1)


def read_exercises(tables: Mapping[str, ContentTable]) -> Mapping[str, Exercise]:
    """Return the exercises of their files, by id.

    Raises
    ------
    ContentError
        When a file breaks the schema, or an exercise for two asks for a disclosure.
    """
    exercises = {}
    for exercise_id, table in tables.items():
        exercises[exercise_id] = _exercise(exercise_id, table)
        table.close()
    return MappingProxyType(exercises)


def _exercise(exercise_id: str, table: ContentTable) -> Exercise:
    exercise = Exercise(
        exercise_id=exercise_id,
        version=table.version(),
        source=table.text("source"),
        skill=table.word("skill", Skill),
        way=table.word("way", Way),
        title=table.text("title"),
        lead=table.text("lead"),
        steps=tuple(_step(entry) for entry in table.tables("steps")),
        not_when=table.text("not_when"),
        stop_rule=table.text("stop_rule"),
        joint=table.flag("joint"),
        alone=table.text_or_empty("alone"),
        discloses=table.flag("discloses"),
        outcome=Outcome(table.word("outcome", Axis), table.word("shows", OutcomeTime)),
        after=table.texts_or_none("after"),
        rationale=table.text("rationale"),
        sources=table.texts_or_none("sources"),
    )
    if exercise.joint and exercise.discloses:
        raise ContentError(
            f"{table.where}: an exercise for two may not ask for a disclosure; "
            "make it an exercise for one"
        )
    return exercise


def _step(entry: ContentTable) -> Step:
    step = Step(
        text=entry.text("text"),
        seconds=entry.number("seconds"),
        timed=entry.flag("timed", default=True),
        write=entry.text_or_empty("write"),
    )
    entry.close()
    return step
