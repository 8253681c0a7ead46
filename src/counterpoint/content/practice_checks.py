"""The rules an exercise must keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from counterpoint.content.exercises import Exercise
from counterpoint.content.lexicon import ToldWords
from counterpoint.content.schema import Content
from counterpoint.domain.skills import Skill

PRACTICE_SECONDS = (90, 420)
"""Shortest and longest exercise."""

PRACTICES_OF_A_SKILL = 5
"""Fewest exercises of a skill."""

WAYS_OF_A_SKILL = 4
"""Fewest different ways to practise a skill: not everybody writes, and not everybody imagines."""


def exercises_broken(content: Content, words: ToldWords) -> Iterator[str]:
    """Yield what is wrong with the exercises, one sentence a problem."""
    for exercise in content.exercises.values():
        for problem in (*_form(exercise), *_care(exercise, words)):
            yield f"exercises.{exercise.exercise_id}: {problem}"
    yield from _order(content.exercises)
    for skill in Skill:
        yield from _shelf(skill, content.exercises_of(skill))


def _form(exercise: Exercise) -> Iterator[str]:
    shortest, longest = PRACTICE_SECONDS
    if not shortest <= exercise.seconds <= longest:
        yield f"lasts {exercise.seconds} s, not {shortest} to {longest}"
    if any(step.seconds < 1 for step in exercise.steps):
        yield "every step is given some time"
    if any(step.write and step.timed for step in exercise.steps):
        yield "no clock runs beside a step of writing"


def _care(exercise: Exercise, words: ToldWords) -> Iterator[str]:
    if words.stop not in exercise.stop_rule.lower():
        yield "the stop rule says that one can stop"
    if exercise.joint and exercise.discloses:
        yield "an exercise for two may not ask for a disclosure"
    if exercise.joint != bool(exercise.alone):
        yield "an exercise for two, and no other, says how one half is done alone"
    if exercise.joint and any(step.write for step in exercise.steps):
        yield "an exercise for two asks for nothing in writing"
    if exercise.joint and words.no_reason not in exercise.not_when.lower():
        yield "an exercise for two says that a no needs no reason"
    for number, step in enumerate(exercise.steps, 1):
        told = words.mildness.search(step.text)
        if exercise.joint and told is not None:
            yield f"step {number} of an exercise for two speaks of {told.group()!r}"


def _order(exercises: Mapping[str, Exercise]) -> Iterator[str]:
    for exercise_id, exercise in exercises.items():
        where = f"exercises.{exercise_id}"
        for earlier in exercise.after:
            if earlier not in exercises:
                yield f"{where}: comes after {earlier!r}, which is not there"
        if exercise_id in _before(exercise_id, exercises):
            yield f"{where}: comes after itself"


def _before(exercise_id: str, exercises: Mapping[str, Exercise]) -> set[str]:
    """Return everything an exercise comes after, near or far."""
    found: set[str] = set()
    waiting = list(exercises[exercise_id].after)
    while waiting:
        one = waiting.pop()
        if one in exercises and one not in found:
            found.add(one)
            waiting.extend(exercises[one].after)
    return found


def _shelf(skill: Skill, exercises: tuple[Exercise, ...]) -> Iterator[str]:
    where = f"skills.{skill.value}"
    if len(exercises) < PRACTICES_OF_A_SKILL:
        yield f"{where}: has {len(exercises)} exercises, not {PRACTICES_OF_A_SKILL} or more"
    if len({exercise.way for exercise in exercises}) < WAYS_OF_A_SKILL:
        yield f"{where}: is practised in fewer than {WAYS_OF_A_SKILL} ways"
    if not any(one.seconds == PRACTICE_SECONDS[0] and not one.joint for one in exercises):
        yield f"{where}: has no exercise of {PRACTICE_SECONDS[0]} seconds"
    if not any(one.joint for one in exercises):
        yield f"{where}: has no exercise for two"
