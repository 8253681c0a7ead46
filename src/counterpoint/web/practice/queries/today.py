"""Reading practice. Every function takes the owner and returns that person's rows only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from counterpoint.content import Exercise, SkillText
from counterpoint.domain.movements import Movement
from counterpoint.domain.skills import Skill
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment import queries as assessment
from counterpoint.web.assessment.kinds import MarkKind
from counterpoint.web.core.language import current_content
from counterpoint.web.diary import looks, pace_queries
from counterpoint.web.diary import queries as diary
from counterpoint.web.diary.pace import Pace
from counterpoint.web.practice.endings import Ending
from counterpoint.web.practice.models import PracticeRun
from counterpoint.web.practice.queries.letters import unopened
from counterpoint.web.practice.rules import Standing, Task, open_tasks
from counterpoint.web.safety import queries as safety


@dataclass(frozen=True, slots=True)
class SkillShelf:
    """The exercises of one skill, and how often the owner went through one of them.

    Parameters
    ----------
    text
        What is said about it.
    exercises
        What can be practised for it, each with its length in words.
    finished
        How many runs the owner finished.
    """

    text: SkillText
    exercises: tuple[tuple[Exercise, str], ...]
    finished: int


def shelves(owner: User) -> tuple[SkillShelf, ...]:
    """Return every skill in its fixed order, with its exercises: those done alone first."""
    finished = list(
        PracticeRun.objects.filter(owner=owner, ending=Ending.FINISHED).values_list(
            "skill", flat=True
        )
    )
    content = current_content()
    return tuple(
        SkillShelf(
            text=content.skills[skill],
            exercises=tuple(
                (one, content.length_of(one))
                for one in sorted(content.exercises_of(skill), key=lambda one: one.joint)
            ),
            finished=finished.count(skill.value),
        )
        for skill in Skill
    )


def open_run(owner: User) -> PracticeRun | None:
    """Return the run the owner last began and did not end, of an exercise that is still here."""
    runs = PracticeRun.objects.filter(
        owner=owner, ending="", exercise_id__in=current_content().exercises
    )
    return runs.order_by("-started_at").first()


def has_practised(owner: User) -> bool:
    """Tell whether the owner ever began a practice."""
    return PracticeRun.objects.filter(owner=owner).exists()


def gone_through(owner: User, until: datetime) -> tuple[str, ...]:
    """Return which exercises the owner had finished by a moment, each once, in a fixed order."""
    finished = PracticeRun.objects.filter(
        owner=owner, ending=Ending.FINISHED, ended_at__lt=until
    ).values_list("exercise_id", flat=True)
    return tuple(sorted(set(finished)))


@dataclass(frozen=True, slots=True)
class Today:
    """What the home page shows.

    Parameters
    ----------
    open_today, open_yesterday
        The two days that can be written, each with whether it is.
    tasks
        What is open, most fitting first.
    answered_days
        On how many days both marker questions were answered.
    questions
        How far the questionnaire is.
    later_sitting
        A later sitting of it that is open today.
    has_placed, has_practised
        Whether own place and wish are marked; whether a practice was ever begun.
    is_quiet_offered
        Whether the quiet check is offered: by calendar, whatever was said in it.
    comes_help_first
        Whether someone to talk to stands above the day; it stands below for everybody else.
    letter
        The movement whose letter lies there unopened, ``None`` where none does.
    pace
        How often the person chose to be asked.
    is_lighter_offered
        Whether less is offered after a week below the own usual.
    """

    open_today: diary.OpenDay
    open_yesterday: diary.OpenDay
    tasks: tuple[Task, ...]
    answered_days: int
    questions: assessment.Progress
    later_sitting: assessment.Sitting | None
    has_placed: bool
    has_practised: bool
    is_quiet_offered: bool
    comes_help_first: bool
    letter: Movement | None
    pace: Pace
    is_lighter_offered: bool

    @property
    def first(self) -> Task | None:
        """The one thing that stands on top."""
        return self.tasks[0] if self.tasks else None

    @property
    def later(self) -> tuple[Task, ...]:
        """What else is open."""
        return self.tasks[1:]


def today_of(owner: User) -> Today:
    """Return what is open today for a person."""
    open_today, open_yesterday = diary.open_days(owner)
    marks = assessment.newest_marks(owner)
    sittings = assessment.sittings(owner)
    questions = sittings.first
    asked = pace_queries.asked(owner)
    standing = Standing(
        has_placed=MarkKind.NOW in marks and MarkKind.WISH in marks,
        has_questions_done=questions.is_done,
        has_checked_in=open_today.is_written,
        has_earlier_days=diary.has_days_before(owner, open_today.day),
        has_practised=has_practised(owner),
        has_week_open=asked.pace.asks_sundays and looks.waits_for_a_look(owner),
        asks_evenings=asked.pace.asks_evenings,
    )
    return Today(
        open_today=open_today,
        open_yesterday=open_yesterday,
        tasks=open_tasks(standing),
        answered_days=diary.answered_days(owner),
        questions=questions,
        later_sitting=sittings.offered,
        has_placed=standing.has_placed,
        has_practised=standing.has_practised,
        is_quiet_offered=safety.is_offered(owner, open_today.day),
        comes_help_first=safety.comes_help_first(owner),
        letter=unopened(owner),
        pace=asked.pace,
        is_lighter_offered=asked.is_lighter_offered,
    )
