"""The loop that does the work of the queue."""

from __future__ import annotations

import logging
from threading import Event

from django.db import close_old_connections

from counterpoint.web.core import clock
from counterpoint.web.jobs.registry import runner_of
from counterpoint.web.jobs.services import claim, enqueue_due, finish, put_back

log = logging.getLogger("counterpoint.jobs")

POLL_SECONDS = 1.0
SCHEDULE_SECONDS = 3.0


def run_next() -> bool:
    """Run one job that is due, and return whether there was one.

    A job that fails is put back; the worker itself goes on.
    """
    job = claim()
    if job is None:
        return False
    runner = runner_of(job.kind)
    if runner is None:  # claim() only takes kinds that can be run
        return False
    try:
        runner(job.key)
    except Exception as error:
        log.exception("job of kind %s failed", job.kind)
        put_back(job, error)
    else:
        finish(job)
    return True


def run_worker(
    stop: Event, *, poll_seconds: float = POLL_SECONDS, schedule_seconds: float = SCHEDULE_SECONDS
) -> int:
    """Do what is due until told to stop.

    Parameters
    ----------
    stop
        Set it and the loop ends after the job at hand.
    poll_seconds
        Pause when nothing is due.
    schedule_seconds
        How often the schedules are asked.

    Returns
    -------
    int
        How many jobs were run.
    """
    ran = 0
    asked = None
    away = False
    while not stop.is_set():
        close_old_connections()
        try:
            moment = clock.machine_now().timestamp()
            if asked is None or not 0 <= moment - asked < schedule_seconds:
                asked = moment
                enqueue_due()
            busy = run_next()
            away = False
        except Exception as error:  # a database that is away comes back; said once, not each second
            if not away:
                log.error("the queue cannot be read: %s", type(error).__qualname__)
            away, busy = True, False
        ran += busy
        if not busy:
            stop.wait(poll_seconds)
    close_old_connections()
    return ran
