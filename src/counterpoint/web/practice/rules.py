"""What comes next today: one thing at a time. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Task(StrEnum):
    """Something that can be open today."""

    PLACE = "place"
    QUESTIONS = "questions"
    CHECKIN = "checkin"
    LOOK = "look"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person has done so far.

    Parameters
    ----------
    has_placed
        Own place and wish are marked.
    has_questions_done
        Every sentence was answered or left out.
    has_checked_in
        Today's check-in is written.
    has_earlier_days
        There is a check-in of an earlier day.
    has_practised
        A practice was begun at any time.
    has_week_open
        The week can be looked at, and is not yet.
    asks_evenings
        The person did not choose to be asked less often.
    """

    has_placed: bool
    has_questions_done: bool
    has_checked_in: bool
    has_earlier_days: bool
    has_practised: bool
    has_week_open: bool
    asks_evenings: bool = True


def open_tasks(standing: Standing) -> tuple[Task, ...]:
    """Return what is open, most fitting first.

    The first evening goes from the marks to the questions, the check-in and one practice. From
    the second day on the check-in comes first: what was left undone never stands in its way.
    """
    order = [Task.PLACE, Task.QUESTIONS, Task.CHECKIN, Task.LOOK, Task.PRACTICE]
    if standing.has_earlier_days:
        order = [Task.CHECKIN, Task.LOOK, Task.PLACE, Task.QUESTIONS, Task.PRACTICE]
    done = {
        Task.PLACE: standing.has_placed,
        Task.QUESTIONS: standing.has_questions_done,
        Task.LOOK: not standing.has_week_open,
        Task.CHECKIN: standing.has_checked_in or not standing.asks_evenings,
        Task.PRACTICE: standing.has_practised,
    }
    return tuple(task for task in order if not done[task])
