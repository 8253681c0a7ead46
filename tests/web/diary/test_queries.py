"""What is read from the diary, for pages and for the model."""

from __future__ import annotations

from datetime import timedelta

from checkins import today_of, write, write_more, write_past
from counterpoint.domain.plane import Corner
from counterpoint.web.accounts.models import User
from counterpoint.web.diary import queries
from counterpoint.web.diary.models import Checkin
from counterpoint.web.diary.queries import EngineDay


def test_a_day_is_answered_when_both_markers_are(owner: User) -> None:
    write_past(owner, [(5, 5), (5, None), (None, 5), (None, None), (0, 0)], today_of(owner))
    assert queries.answered_days(owner) == 2
    assert [day.is_answered for day in queries.rows_for_engine(owner)] == [
        True, False, False, False, True,
    ]  # fmt: skip


def test_days_are_counted_in_corners_with_the_middle_near_and_oneself(owner: User) -> None:
    write_past(owner, [(5, 5), (9, 9), (5, 4), (4, 5), (0, 0), (4, 10)], today_of(owner))
    counted = queries.corner_counts(owner)
    assert counted.days == 6
    assert counted.counts == {
        Corner.NEAR_AND_MYSELF: 2,
        Corner.NEAR_AND_LESS_MYSELF: 1,
        Corner.APART_AND_MYSELF: 2,
        Corner.APART_AND_LESS_MYSELF: 1,
    }


def test_the_model_gets_one_day_a_calendar_day_with_two_check_ins_averaged(owner: User) -> None:
    today = today_of(owner)
    write(owner, today, g=4, c1=3, s1=8, n="hardly_any", e1="a_lot")
    Checkin.objects.update(coin_connection="c3", coin_self="s2")
    write_more(owner, today, connection=7)
    write(owner, today, slot=2, c1=6, n="a_lot", e1="no")
    assert queries.rows_for_engine(owner) == (
        EngineDay(
            day=today,
            values={"g": 4.0, "c1": 4.5, "c3": 7.0, "s1": 8.0},
            together=1.0,
            friction=1.0,
        ),
    )


def test_what_was_not_said_stays_unknown_to_the_model(owner: User) -> None:
    today = today_of(owner)
    write(owner, today, c1=0)
    assert queries.rows_for_engine(owner) == (
        EngineDay(day=today, values={"c1": 0.0}, together=None, friction=None),
    )


def test_every_query_sees_its_owner_only(owner: User, partner: User) -> None:
    today = today_of(partner)
    write_past(partner, [(9, 9)] * 3, today)
    assert queries.rows_for_engine(owner) == ()
    assert queries.answered_days(owner) == 0
    assert queries.newest_change(owner) is None
    assert queries.days_on_page(owner, 1) == ((), False)
    assert queries.day_entry(owner, today) is None
    assert queries.earlier_answers(owner, today, "c1") == []
    assert not queries.has_days_before(owner, today)
    assert queries.checkin_on(owner, today, 1) is None


def test_the_scheduler_sees_who_changed_when_and_nothing_else(
    owner: User, partner: User, stranger: User
) -> None:
    write(owner, today_of(owner), c1=1)
    newest = write(partner, today_of(partner), c1=1).changed_at
    changes = queries.newest_changes()
    assert [person for person, _ in changes] == [owner.pk, partner.pk]
    assert changes[1][1] == newest == queries.newest_change(partner)


def test_friction_of_the_day_before_is_found_in_either_check_in(owner: User) -> None:
    today = today_of(owner)
    yesterday = today - timedelta(days=1)
    assert queries.friction_before(owner, today) is None
    write(owner, yesterday, e1="no")
    assert queries.friction_before(owner, today) is None
    write(owner, yesterday, slot=2, e1="a_little")
    found = queries.friction_before(owner, today)
    assert found is not None
    assert found.slot == 2
