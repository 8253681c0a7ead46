"""Writing practice; each function is one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from counterpoint.content import Exercise
from counterpoint.errors import DataError
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.practice.endings import Ending
from counterpoint.web.practice.models import PracticeRun


@transaction.atomic
def start_run(owner: User, exercise: Exercise, *, key: uuid.UUID) -> PracticeRun:
    """Begin an exercise; the same submission sent again returns the run it began.

    Parameters
    ----------
    owner
        Who practises.
    exercise
        What is practised.
    key
        Idempotency key of the form.

    Returns
    -------
    PracticeRun
        The run.
    """
    run, _ = PracticeRun.objects.get_or_create(
        owner=owner,
        submission_key=key,
        defaults={
            "exercise_id": exercise.exercise_id,
            "exercise_version": exercise.version,
            "skill": exercise.skill.value,
            "started_at": clock.now(),
        },
    )
    return run


@transaction.atomic
def end_run(run: PracticeRun, ending: Ending) -> PracticeRun:
    """Keep how a run ended; a run that has ended stays as it ended.

    Parameters
    ----------
    run
        A run of the person who asks.
    ending
        How it ended.

    Returns
    -------
    PracticeRun
        The run as it is now.
    """
    PracticeRun.objects.filter(pk=run.pk, ending=Ending.OPEN).update(
        ending=ending, ended_at=clock.now()
    )
    run.refresh_from_db()
    return run


@transaction.atomic
def seed_past_runs(owner: User, exercise: Exercise, begun: Iterable[datetime]) -> None:
    """Write runs that a simulated person went through, each begun at one of the moments.

    Raises
    ------
    DataError
        When the owner is a real person.
    """
    if not owner.simulated:
        raise DataError("only a simulated person's past can be seeded")
    PracticeRun.objects.bulk_create(
        PracticeRun(
            owner=owner,
            exercise_id=exercise.exercise_id,
            exercise_version=exercise.version,
            skill=exercise.skill.value,
            started_at=moment,
            ended_at=moment + timedelta(seconds=exercise.seconds),
            ending=Ending.FINISHED,
            submission_key=uuid.uuid4(),
        )
        for moment in begun
    )
