"""A reminder is written down, claimed, handed over and marked; what is not wanted is let go."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from checkins import write
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.services import change_zone, delete_person
from counterpoint.web.diary.look_services import LookAnswers, keep_look
from counterpoint.web.diary.pace import Pace
from counterpoint.web.diary.pace_services import set_pace, tap_tonight
from counterpoint.web.diary.services import ScreenOne, record_screen_one
from counterpoint.web.jobs.models import Job
from counterpoint.web.jobs.services import claim, enqueue
from counterpoint.web.reminders import channels, outbox
from counterpoint.web.reminders.channels import Channel
from counterpoint.web.reminders.kinds import Kind, State
from counterpoint.web.reminders.message import Outcome, Reminder
from counterpoint.web.reminders.models import ReminderChoice, ReminderSend
from counterpoint.web.reminders.outbox import list_due, remind
from counterpoint.web.reminders.services import settle_due
from people import make_person
from reminding import choose, work

WEDNESDAY = date(2026, 3, 4)
NOON = datetime(2026, 3, 4, 11, tzinfo=UTC)
EVENING = datetime(2026, 3, 4, 19, 30, tzinfo=UTC)
"""20:30 in Berlin."""


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


def states() -> list[tuple[str, str]]:
    """Return day and state of every reminder."""
    return [(str(day), state) for day, state in
            ReminderSend.objects.order_by("day").values_list("day", "state")]  # fmt: skip


def test_it_goes_out_at_its_time_once(owner: User, clock: time_machine.Traveller) -> None:
    choose(owner)
    assert work() == 0
    clock.move_to(EVENING)
    assert work() == 1
    assert work() == 0
    assert [message.to for message in mail.outbox] == [[owner.email]]
    assert states() == [("2026-03-04", "sent")]
    clock.shift(timedelta(days=1))
    work()
    assert len(mail.outbox) == 2
    assert not Job.objects.exists()


def test_it_is_off_until_somebody_chose(owner: User, clock: time_machine.Traveller) -> None:
    for _ in range(8):
        clock.shift(timedelta(hours=23))
        assert work() == 0
    assert mail.outbox == []


def test_an_answer_before_its_time_leaves_nothing_to_send(
    owner: User, clock: time_machine.Traveller
) -> None:
    choose(owner)
    write(owner, WEDNESDAY, c1=5)
    clock.move_to(EVENING)
    work()
    assert mail.outbox == []
    assert states() == []


def test_the_answer_calls_off_what_waits_in_its_own_transaction(
    owner: User, clock: time_machine.Traveller
) -> None:
    choose(owner)
    clock.move_to(EVENING)
    assert settle_due(owner) is not None
    with transaction.atomic():
        write(owner, WEDNESDAY, c1=5)
        assert states() == [("2026-03-04", "cancelled")]
        transaction.set_rollback(True)
    assert states() == [("2026-03-04", "waiting")]
    write(owner, WEDNESDAY, c1=5)
    work()
    assert states() == [("2026-03-04", "cancelled")]
    assert mail.outbox == []


def test_one_tap_calls_it_off_too_and_yesterdays_answer_does_not(
    owner: User, clock: time_machine.Traveller
) -> None:
    choose(owner)
    clock.move_to(EVENING)
    settle_due(owner)
    record_screen_one(
        owner, WEDNESDAY - timedelta(days=1), 1, ScreenOne(c1=5, s1=5), key=uuid.uuid4()
    )
    assert states() == [("2026-03-04", "waiting")]
    tap_tonight(owner, 6, key=uuid.uuid4())
    assert states() == [("2026-03-04", "cancelled")]


def test_sunday_is_called_off_by_the_look_and_not_by_an_evening(
    owner: User, clock: time_machine.Traveller
) -> None:
    sunday = date(2026, 3, 8)
    clock.move_to(datetime(2026, 3, 8, 11, tzinfo=UTC))
    choose(owner)
    clock.move_to(datetime(2026, 3, 8, 18, tzinfo=UTC))
    settle_due(owner)
    write(owner, sunday, c1=5)
    assert states() == [("2026-03-08", "waiting")]
    keep_look(owner, sunday, LookAnswers({"h1": 5}, {}, {}), key=uuid.uuid4())
    assert states() == [("2026-03-08", "cancelled")]


def test_an_answer_that_comes_after_the_claim_was_lost_is_seen(
    owner: User, clock: time_machine.Traveller
) -> None:
    """A worker died with the row claimed; the next one looks before it sends."""
    choose(owner)
    clock.move_to(EVENING)
    send = settle_due(owner)
    assert send is not None
    assert outbox._claim(send)
    write(owner, WEDNESDAY, c1=5)
    assert states() == [("2026-03-04", "claimed")]
    clock.shift(timedelta(minutes=6))
    work()
    assert states() == [("2026-03-04", "cancelled")]
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("pace", "sent"),
    [(Pace.DAILY, 7), (Pace.LIGHTER, 0), (Pace.SUNDAYS, 1), (Pace.NONE, 0)],
)
def test_the_pace_of_the_diary_silences_it(
    owner: User, clock: time_machine.Traveller, pace: Pace, sent: int
) -> None:
    choose(owner)
    set_pace(owner, pace)
    for day in range(7):
        clock.move_to(EVENING + timedelta(days=day))
        work()
    assert len(mail.outbox) == sent


def test_a_rest_holds_until_its_day(owner: User, clock: time_machine.Traveller) -> None:
    choose(owner, paused_until=date(2026, 3, 6))
    for day in range(4):
        clock.move_to(EVENING + timedelta(days=day))
        work()
    assert [day for day, _ in states()] == ["2026-03-06", "2026-03-07"]


@pytest.mark.parametrize(
    "changes",
    [
        {"evenings": False},
        {"evening_days": "0134"},
        {"channel": "none"},
        {"paused_until": date(2026, 3, 9)},
    ],
)
def test_what_waits_is_let_go_when_it_is_switched_off(
    owner: User, clock: time_machine.Traveller, changes: dict[str, Any]
) -> None:
    choose(owner)
    clock.move_to(EVENING)
    settle_due(owner)
    choose(owner, **changes)
    assert states() == [("2026-03-04", "cancelled")]
    assert work() == 0


def test_choosing_another_time_after_todays_does_not_bring_today_again(
    owner: User, clock: time_machine.Traveller
) -> None:
    choose(owner)
    clock.move_to(EVENING)
    work()
    choice = choose(owner, evening_at=datetime(2026, 1, 1, 22).time())  # noqa: DTZ001 - a time only
    assert choice.next_day == date(2026, 3, 5)


def test_a_late_worker_sends_nothing_stale(owner: User, clock: time_machine.Traveller) -> None:
    choose(owner)
    clock.move_to(EVENING + timedelta(hours=2, minutes=1))
    work()
    assert mail.outbox == []
    assert states() == []
    choice = ReminderChoice.objects.get()
    assert (choice.next_day, choice.settled_through) == (date(2026, 3, 5), WEDNESDAY)


def test_after_days_away_a_worker_begins_with_what_comes_next(
    owner: User, clock: time_machine.Traveller
) -> None:
    choose(owner)
    clock.move_to(EVENING + timedelta(days=9, hours=5))
    work()
    assert mail.outbox == []
    clock.move_to(EVENING + timedelta(days=10))
    work()
    assert len(mail.outbox) == 1


def test_travel_moves_it_to_the_same_wall_time(owner: User, clock: time_machine.Traveller) -> None:
    choose(owner)
    change_zone(owner, "Pacific/Honolulu")
    assert ReminderChoice.objects.get().next_at == datetime(2026, 3, 5, 6, 30, tzinfo=UTC)
    clock.move_to(EVENING)
    assert work() == 0
    clock.move_to(datetime(2026, 3, 5, 6, 30, tzinfo=UTC))
    assert work() == 1
    change_zone(owner, "Pacific/Kiritimati")  # the same moment is the 5th there, 20:30
    assert ReminderChoice.objects.get().next_day == date(2026, 3, 6)
    change_zone(owner, "Europe/Berlin")
    assert ReminderChoice.objects.get().next_at == datetime(2026, 3, 5, 19, 30, tzinfo=UTC)


def test_a_person_without_reminders_travels_as_well(owner: User) -> None:
    change_zone(owner, "Pacific/Apia")
    assert not ReminderChoice.objects.exists()


class Down(EmailBackend):
    """A mail server that cannot be reached."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError(len(messages))


class NobodyThere(EmailBackend):
    """A mail server that knows no such mailbox."""

    def send_messages(self, messages: Any) -> int:
        raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such mailbox")})


def test_a_server_that_is_down_is_tried_again_until_it_would_be_late(
    owner: User, clock: time_machine.Traveller, settings: Settings
) -> None:
    choose(owner)
    settings.COUNTERPOINT_MAIL_BACKEND = f"{__name__}.Down"
    clock.move_to(EVENING)
    work()
    assert states() == [("2026-03-04", "waiting")]
    assert work() == 0
    settings.COUNTERPOINT_MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    clock.shift(timedelta(minutes=1))
    work()
    assert states() == [("2026-03-04", "sent")]
    assert len(mail.outbox) == 1


def test_a_server_that_stays_down_is_no_reason_to_write_at_night(
    owner: User, clock: time_machine.Traveller, settings: Settings
) -> None:
    choose(owner)
    settings.COUNTERPOINT_MAIL_BACKEND = f"{__name__}.Down"
    clock.move_to(EVENING)
    for _ in range(16):
        work()
        clock.shift(timedelta(minutes=10))
    assert states() == [("2026-03-04", "cancelled")]
    assert work() == 0


def test_a_mailbox_that_is_gone_is_not_tried_again(
    owner: User, clock: time_machine.Traveller, settings: Settings
) -> None:
    choose(owner)
    settings.COUNTERPOINT_MAIL_BACKEND = f"{__name__}.NobodyThere"
    clock.move_to(EVENING)
    work()
    assert states() == [("2026-03-04", "gone")]
    clock.shift(timedelta(hours=1))
    assert work() == 0


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [(Outcome.SENT, (1, 0)), (Outcome.GONE, (1, 1)), (Outcome.FAILED, (3, 1))],
)
def test_a_channel_that_plugs_in_is_used_and_mail_steps_in_for_it(
    owner: User,
    clock: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
    outcome: Outcome,
    counts: tuple[int, int],
) -> None:
    seen: list[Reminder] = []

    def fly(reminder: Reminder) -> Outcome:
        seen.append(reminder)
        return outcome

    monkeypatch.setitem(channels._channels, "pigeon", Channel("pigeon", "By pigeon", fly))
    choose(owner, channel="pigeon")
    clock.move_to(EVENING)
    for _ in range(6):
        work()
        clock.shift(timedelta(minutes=2))
    assert {(one.owner, one.kind, one.day) for one in seen} == {(owner, Kind.EVENING, WEDNESDAY)}
    assert (len(seen), len(mail.outbox)) == counts
    assert ReminderSend.objects.get().channel == ("mail" if mail.outbox else "pigeon")


def test_a_channel_that_is_no_more_is_mail(owner: User, clock: time_machine.Traveller) -> None:
    choose(owner, channel="pigeon")
    clock.move_to(EVENING)
    work()
    assert len(mail.outbox) == 1


def test_deleting_the_account_ends_what_waits(owner: User, clock: time_machine.Traveller) -> None:
    choose(owner)
    clock.move_to(EVENING)
    enqueue(outbox.REMIND, str(owner.pk))
    settle_due(owner)
    delete_person(owner)
    assert work() == 0
    assert mail.outbox == []
    assert not ReminderSend.objects.exists()


def test_an_account_deleted_while_the_mail_is_on_its_way_is_no_error(
    owner: User, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = EmailBackend.send_messages

    def meanwhile(self: EmailBackend, messages: Any) -> int:
        delete_person(User.objects.get(pk=owner.pk))
        return whole(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", meanwhile)
    choose(owner)
    clock.move_to(EVENING)
    assert work() == 1
    assert not ReminderSend.objects.exists()


def test_two_workers_hand_it_over_once(
    owner: User, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = EmailBackend.send_messages

    def meanwhile(self: EmailBackend, messages: Any) -> int:
        remind(str(owner.pk))
        return whole(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", meanwhile)
    choose(owner)
    clock.move_to(EVENING)
    remind(str(owner.pk))
    assert len(mail.outbox) == 1
    send = ReminderSend.objects.get()
    assert (send.state, send.attempts) == (State.SENT, 1)


def test_a_reminder_comes_before_every_fit_that_waits(
    owner: User, clock: time_machine.Traveller
) -> None:
    choose(owner)
    enqueue("letter", "some", delay_seconds=-3600)
    clock.move_to(EVENING)
    enqueue("letter", "other")
    enqueue(outbox.REMIND, str(owner.pk))
    job = claim()
    assert job is not None
    assert job.kind == "remind"


def test_asking_who_is_due_looks_at_nobody_else(owner: User) -> None:
    """Both questions are answered from an index; a thousand people more change nothing."""
    choose(owner)
    with CaptureQueriesContext(connection) as seen:
        assert list_due() == []
    assert len(seen) == 2
    if connection.vendor == "sqlite":
        for query in seen.captured_queries:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                plan = " ".join(str(row[-1]) for row in cursor.fetchall())
            assert "USING INDEX reminder_" in plan
            assert "SCAN" not in plan


def test_rows_are_kept_for_thirty_days(owner: User, clock: time_machine.Traveller) -> None:
    choose(owner, sundays=False, evening_days="2")
    for week in range(8):
        clock.move_to(EVENING + timedelta(weeks=week))
        work()
    assert len(states()) == 5


def test_one_persons_trouble_is_not_the_others(
    owner: User, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_person("other")
    choose(owner)
    choose(other)
    whole = EmailBackend.send_messages

    def breaks(self: EmailBackend, messages: Any) -> int:
        if messages[0].to == [owner.email]:
            raise ConnectionResetError
        return whole(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", breaks)
    clock.move_to(EVENING)
    work()
    assert [message.to for message in mail.outbox] == [[other.email]]
