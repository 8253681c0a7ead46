"""The queue: one row a piece of work, leased by one worker at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from counterpoint.web.jobs import registry
from counterpoint.web.jobs import worker as working
from counterpoint.web.jobs.models import Job
from counterpoint.web.jobs.registry import runs, schedules
from counterpoint.web.jobs.services import (
    MOST_ATTEMPTS,
    claim,
    enqueue,
    enqueue_due,
    finish,
    forget_jobs,
    put_back,
)
from counterpoint.web.jobs.worker import run_next, run_worker

START = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a job of kind "note" was run for."""
    keys: list[str] = []
    monkeypatch.setattr(registry, "_runners", {})
    monkeypatch.setattr(registry, "_schedules", {})
    runs("note")(keys.append)
    return keys


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as moment:
        yield moment


def test_the_same_work_waits_once(clock: time_machine.Traveller) -> None:
    assert enqueue("note", "a") is True
    assert enqueue("note", "a") is False
    assert enqueue("note", "b") is True
    assert Job.objects.count() == 2


def test_it_is_run_once_and_then_gone(clock: time_machine.Traveller, ran: list[str]) -> None:
    enqueue("note", "a")
    assert run_next() is True
    assert run_next() is False
    assert ran == ["a"]
    assert not Job.objects.exists()


def test_the_oldest_comes_first(clock: time_machine.Traveller, ran: list[str]) -> None:
    for key in "abc":
        enqueue("note", key)
        clock.shift(timedelta(seconds=1))
    while run_next():
        pass
    assert ran == ["a", "b", "c"]


def test_later_is_later(clock: time_machine.Traveller, ran: list[str]) -> None:
    enqueue("note", "a", delay_seconds=60)
    assert claim() is None
    clock.shift(timedelta(seconds=61))
    assert claim() is not None


def test_what_nobody_here_can_run_is_left(clock: time_machine.Traveller) -> None:
    enqueue("unknown", "a")
    assert claim() is None
    assert Job.objects.get().attempts == 0


def test_a_leased_job_is_nobody_elses(clock: time_machine.Traveller) -> None:
    enqueue("note", "a")
    assert claim() is not None
    assert claim() is None


def test_of_two_who_see_it_one_gets_it(
    clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second claims between the first one's look and its update."""
    from django.db.models.query import QuerySet

    enqueue("note", "a")
    taken: list[Job | None] = []
    update = QuerySet.update

    def late_update(query: QuerySet[Job], **values: object) -> int:
        monkeypatch.setattr(QuerySet, "update", update)
        taken.append(claim())
        return update(query, **values)

    monkeypatch.setattr(QuerySet, "update", late_update)
    assert claim() is None
    assert [job.key if job else None for job in taken] == ["a"]
    assert Job.objects.get().attempts == 1


def test_a_dead_workers_job_is_taken_over(clock: time_machine.Traveller) -> None:
    enqueue("note", "a")
    first = claim(lease_seconds=60)
    clock.shift(timedelta(seconds=61))
    second = claim(lease_seconds=60)
    assert first is not None
    assert second is not None
    assert second.attempts == 2
    assert finish(first) is False, "the lease was lost"
    put_back(first, ValueError())
    assert Job.objects.get().leased_until == second.leased_until
    assert finish(second) is True


def test_a_failure_is_tried_again_later_and_given_up_at_last(
    clock: time_machine.Traveller,
) -> None:
    def fail(key: str) -> None:
        raise ValueError("words of a person")

    runs("bad")(fail)
    enqueue("bad", "a")
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert run_next() is True, attempt
        assert run_next() is False, "not at once"
        clock.shift(timedelta(hours=2))
    job = Job.objects.get()
    assert (job.attempts, job.last_error) == (MOST_ATTEMPTS, "ValueError")
    assert job.given_up_at is not None
    assert run_next() is False
    assert "words" not in str(Job.objects.values().get())
    assert enqueue("bad", "a") is True, "asked for again, it is tried afresh"
    assert Job.objects.get().attempts == 0


def test_one_bad_job_does_not_stop_the_rest(clock: time_machine.Traveller, ran: list[str]) -> None:
    def fail(key: str) -> None:
        raise RuntimeError

    runs("bad")(fail)
    enqueue("bad", "x")
    clock.shift(timedelta(seconds=1))
    enqueue("note", "a")
    assert run_next()
    assert run_next()
    assert ran == ["a"]


def test_schedules_say_what_is_due(clock: time_machine.Traveller) -> None:
    @schedules("notes")
    def due() -> list[tuple[str, str]]:
        return [("note", "a"), ("note", "b")]

    assert enqueue_due() == 2
    assert enqueue_due() == 0
    Job.objects.filter(key="a").update(given_up_at=START)
    assert enqueue_due() == 0, "a job given up just now rests for an hour"
    clock.shift(timedelta(hours=1, seconds=1))
    assert enqueue_due() == 1


def test_a_persons_jobs_are_forgotten(clock: time_machine.Traveller) -> None:
    enqueue("note", "a")
    enqueue("other", "a")
    enqueue("note", "b")
    assert forget_jobs("a") == 2
    assert Job.objects.get().key == "b"


@pytest.mark.django_db(transaction=True)
def test_the_loop_runs_what_is_due_and_stops(ran: list[str]) -> None:
    stop = threading.Event()
    runs("last")(lambda _: stop.set())

    @schedules("notes")
    def due() -> list[tuple[str, str]]:
        return [] if ran else [("note", "scheduled")]

    enqueue("last", "z", delay_seconds=0.3)
    assert run_worker(stop, poll_seconds=0.01, schedule_seconds=0.05) == 2
    assert ran == ["scheduled"]


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_comes_back(
    ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = threading.Event()
    enqueue("note", "a")
    away = [True]
    real = working.run_next

    def sometimes() -> bool:
        if away.pop() if away else False:
            raise ConnectionError
        found = real()
        if found:
            stop.set()
        return found

    monkeypatch.setattr(working, "run_next", sometimes)
    assert run_worker(stop, poll_seconds=0.01) == 1
    assert ran == ["a"]


@pytest.mark.django_db(transaction=True)
def test_many_workers_run_each_job_once(ran: list[str]) -> None:
    # threads cannot share a database in memory, which SQLite's test database is
    workers = 1 if connection.vendor == "sqlite" else 4
    for number in range(20):
        enqueue("note", str(number))

    def work() -> None:
        while run_next():
            pass
        if workers > 1:
            connection.close()

    if workers == 1:
        work()
    else:
        threads = [threading.Thread(target=work) for _ in range(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(ran, key=int) == [str(number) for number in range(20)]
