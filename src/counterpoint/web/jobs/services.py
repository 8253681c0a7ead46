"""Putting work into the queue, claiming it, finishing it."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from counterpoint.web.core import clock
from counterpoint.web.jobs.models import Job
from counterpoint.web.jobs.registry import all_schedules, head_start_of, kinds

LEASE_SECONDS = 300
MOST_ATTEMPTS = 5
FIRST_RETRY_SECONDS = 5


def enqueue(kind: str, key: str, *, delay_seconds: float = 0.0) -> bool:
    """Ask for a piece of work; nothing happens if the same already waits.

    A job that was given up is tried afresh.

    Returns
    -------
    bool
        Whether a new job was made or a given-up one revived.
    """
    due = clock.machine_now() + timedelta(seconds=delay_seconds - head_start_of(kind))
    with transaction.atomic():
        _, made = Job.objects.get_or_create(kind=kind, key=str(key), defaults={"run_after": due})
        if made:
            return True
        revived = Job.objects.filter(kind=kind, key=str(key), given_up_at__isnull=False).update(
            given_up_at=None, leased_until=None, attempts=0, run_after=due
        )
        return revived == 1


def enqueue_due() -> int:
    """Ask every schedule what is due and enqueue it; a job given up an hour ago is tried again.

    Returns
    -------
    int
        How many jobs were made.
    """
    rested = clock.machine_now() - timedelta(hours=1)
    made = 0
    for schedule in all_schedules():
        for kind, key in schedule():
            given_up = Job.objects.filter(kind=kind, key=str(key), given_up_at__gt=rested)
            made += not given_up.exists() and enqueue(kind, key)
    return made


def claim(*, lease_seconds: float = LEASE_SECONDS) -> Job | None:
    """Lease the job that is due longest and that this process can run.

    The lease is a conditional update that must change exactly one row, so of two workers that
    see the same job one gets it.
    """
    moment = clock.machine_now()
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=moment)
    due = Job.objects.filter(
        free, kind__in=kinds(), run_after__lte=moment, given_up_at__isnull=True
    ).order_by("run_after", "made_at")
    for job in due[:10]:
        seen = {"pk": job.pk, "attempts": job.attempts, "leased_until": job.leased_until}
        if job.leased_until is None:
            del seen["leased_until"]
            seen["leased_until__isnull"] = True
        until = moment + timedelta(seconds=lease_seconds)
        changed = Job.objects.filter(**seen).update(leased_until=until, attempts=job.attempts + 1)
        if changed == 1:
            job.leased_until, job.attempts = until, job.attempts + 1
            return job
    return None


def finish(job: Job) -> bool:
    """Remove a job that is done, if the lease is still ours; return whether it was."""
    deleted, _ = Job.objects.filter(pk=job.pk, attempts=job.attempts).delete()
    return deleted == 1


def put_back(job: Job, error: BaseException) -> None:
    """Give a failed job another try later, each time after a longer pause; then give it up."""
    moment = clock.machine_now()
    pause = timedelta(seconds=FIRST_RETRY_SECONDS * 4 ** (job.attempts - 1))
    done_trying = job.attempts >= MOST_ATTEMPTS
    Job.objects.filter(pk=job.pk, attempts=job.attempts).update(
        leased_until=None,
        last_error=type(error).__qualname__[:128],
        run_after=moment + pause,
        given_up_at=moment if done_trying else None,
    )


def forget_jobs(key: str) -> int:
    """Remove every job for a key, whatever its kind; return how many there were."""
    deleted, _ = Job.objects.filter(key=str(key)).delete()
    return deleted
