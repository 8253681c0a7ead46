"""The coin of an evening: drawn once, stored with its probability, never drawn again."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from checkins import write
from counterpoint.content import load_content
from counterpoint.errors import DataError
from counterpoint.web.accounts.models import User
from counterpoint.web.diary import offer_queries, offer_services
from counterpoint.web.diary.models import OfferDay, OfferSeries
from counterpoint.web.diary.offers import CHANCE, Series

MONDAY = date(2026, 3, 2)
EXERCISES = load_content().exercises
WAVE, CARE = EXERCISES["wave_passes"], EXERCISES["let_it_land"]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(datetime(2026, 3, 2, 18, tzinfo=UTC), tick=False) as moved:
        yield moved


def a_series(began_on: date = MONDAY, **changed) -> Series:
    known = {
        "id": uuid.UUID(int=1),
        "exercise_id": "wave_passes",
        "exercise_version": 1,
        "axis": "self",
        "shows": "same_evening",
        "chance": CHANCE,
        "began_on": began_on,
        "is_on": True,
        "is_current": True,
    }
    return Series(**{**known, **changed})


def begin(owner: User, exercise=WAVE, key: uuid.UUID | None = None) -> Series:
    return offer_services.begin_series(owner, exercise, key=key or uuid.uuid4())


def coins_say(monkeypatch: pytest.MonkeyPatch, *, offered: bool) -> None:
    monkeypatch.setattr(offer_services, "coin", lambda *_: offered)


@pytest.mark.parametrize(("offset", "drawn"), [(-1, False), (0, True), (69, True), (70, False)])
def test_coins_are_drawn_for_ten_weeks(offset: int, *, drawn: bool) -> None:
    day = MONDAY + timedelta(days=offset)
    assert a_series().is_drawn_on(day) is drawn
    assert not a_series(is_on=False).is_drawn_on(day)
    assert not a_series(is_current=False).is_drawn_on(day)


@pytest.mark.parametrize(
    ("offset", "made", "due"),
    [
        (28, (), ()),
        (29, (), (4,)),
        (29, (4,), ()),
        (50, (), (4, 7)),
        (70, (4, 7), ()),
        (71, (4, 7), (10,)),
        (300, (), (4, 7, 10)),
    ],
)
def test_a_look_is_due_once_none_of_its_days_can_be_written(
    offset: int, made: tuple[int, ...], due: tuple[int, ...]
) -> None:
    today = MONDAY + timedelta(days=offset)
    assert a_series().looks_due(today, made) == due
    assert a_series(is_current=False).looks_due(today, made) == ()


def test_the_next_look_is_told_and_the_last_is_the_last() -> None:
    told = [a_series().next_look(made) for made in ((), (4,), (4, 7), (4, 7, 10))]
    assert told == [4, 7, 10, None]
    assert a_series(is_current=False).next_look(()) is None
    assert a_series().is_over(MONDAY + timedelta(days=69)) is False
    assert a_series().is_over(MONDAY + timedelta(days=70)) is True


def test_about_half_of_the_evenings_are_offers_whoever_it_is() -> None:
    days = [MONDAY + timedelta(days=offset) for offset in range(70)]
    offered = [
        offer_services.coin(uuid.UUID(int=series), day, 0.5)
        for series in range(100)
        for day in days
    ]
    assert sum(offered) / len(offered) == pytest.approx(0.5, abs=3 * 0.5 / 7000**0.5)
    after = [second for first, second in itertools.pairwise(offered) if first]
    assert sum(after) / len(after) == pytest.approx(0.5, abs=3 * 0.5 / len(after) ** 0.5)
    assert not any(offer_services.coin(uuid.UUID(int=1), day, 0.0) for day in days)
    assert all(offer_services.coin(uuid.UUID(int=1), day, 1.0) for day in days)


def test_the_coin_follows_the_secret_and_nothing_a_person_can_do_again(settings) -> None:
    days = [MONDAY + timedelta(days=offset) for offset in range(64)]

    def drawn() -> list[bool]:
        return [offer_services.coin(uuid.UUID(int=1), day, 0.5) for day in days]

    first = drawn()
    assert drawn() == first
    settings.SECRET_KEY = "another secret of this site"
    assert drawn() != first


def test_one_coin_a_day_stored_with_its_probability(owner: User) -> None:
    series = begin(owner)
    for _ in range(3):
        offer_services.draw_tonight(owner)
    row = OfferDay.objects.get()
    assert (row.series_id, row.about_on, row.chance) == (series.id, MONDAY, CHANCE)
    assert row.is_offered is offer_services.coin(series.id, MONDAY, CHANCE)
    with pytest.raises(IntegrityError), transaction.atomic():
        OfferDay.objects.create(
            owner=owner,
            series_id=series.id,
            about_on=MONDAY,
            is_offered=True,
            chance=0.5,
            drawn_at=datetime.now(UTC),
        )


def test_no_coin_once_the_day_is_written_and_one_drawn_before_stays(
    owner: User, monkeypatch: pytest.MonkeyPatch, clock: time_machine.Coordinates
) -> None:
    coins_say(monkeypatch, offered=True)
    begin(owner)
    write(owner, MONDAY, c1=5)
    assert offer_services.draw_tonight(owner) is None
    assert not OfferDay.objects.exists()
    clock.shift(timedelta(days=1))
    assert offer_services.draw_tonight(owner) is not None
    write(owner, MONDAY + timedelta(days=1), c1=5)
    assert offer_services.draw_tonight(owner) is not None
    assert OfferDay.objects.count() == 1


def test_a_day_ends_at_four_on_the_persons_own_clock(
    owner: User, clock: time_machine.Coordinates
) -> None:
    begin(owner)
    offer_services.draw_tonight(owner)
    clock.move_to(datetime(2026, 3, 3, 2, 30, tzinfo=UTC))  # half past three in Berlin
    offer_services.draw_tonight(owner)
    assert OfferDay.objects.count() == 1
    clock.move_to(datetime(2026, 3, 3, 3, 30, tzinfo=UTC))
    offer_services.draw_tonight(owner)
    assert OfferDay.objects.count() == 2


def test_on_an_evening_without_an_offer_there_is_none(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    coins_say(monkeypatch, offered=False)
    series = begin(owner)
    assert offer_services.draw_tonight(owner) is None
    assert offer_queries.coins_of(owner, series) == {MONDAY: False}


def test_not_today_changes_nothing_the_model_reads(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    coins_say(monkeypatch, offered=True)
    series = begin(owner)
    offer_services.draw_tonight(owner)
    before = offer_queries.coins_of(owner, series)
    offer_services.let_lie(owner)
    tonight = offer_services.draw_tonight(owner)
    assert tonight is not None
    assert tonight.is_let_lie
    assert offer_queries.coins_of(owner, series) == before == {MONDAY: True}


def test_off_draws_nothing_and_on_goes_on_with_the_same_series(
    owner: User, clock: time_machine.Coordinates
) -> None:
    series = begin(owner)
    offer_services.switch(owner, on=False)
    assert offer_services.draw_tonight(owner) is None
    assert not OfferDay.objects.exists()
    clock.shift(timedelta(days=5))
    again = begin(owner)
    assert (again.id, again.is_on, again.began_on) == (series.id, True, MONDAY)
    offer_services.draw_tonight(owner)
    assert OfferDay.objects.count() == 1


def test_one_exercise_at_a_time_and_another_one_begins_anew(
    owner: User, monkeypatch: pytest.MonkeyPatch, clock: time_machine.Coordinates
) -> None:
    coins_say(monkeypatch, offered=True)
    first = begin(owner)
    offer_services.draw_tonight(owner)
    second = begin(owner, CARE)
    assert second.id != first.id
    assert offer_services.draw_tonight(owner) is None  # today's coin was drawn already
    assert [one.is_current for one in offer_queries.all_series(owner)] == [True, False]
    clock.shift(timedelta(days=1))
    tonight = offer_services.draw_tonight(owner)
    assert tonight is not None
    assert tonight.series.id == second.id


def test_the_same_exercise_begins_anew_after_its_ten_weeks(
    owner: User, clock: time_machine.Coordinates
) -> None:
    first = begin(owner)
    clock.shift(timedelta(days=70))
    assert begin(owner).id != first.id


def test_a_submission_sent_twice_begins_one_series(owner: User) -> None:
    key = uuid.uuid4()
    first = begin(owner, key=key)
    begin(owner, CARE)
    assert begin(owner, key=key).id == first.id
    assert OfferSeries.objects.count() == 2


@pytest.mark.parametrize("exercise_id", [one for one, text in EXERCISES.items() if text.joint])
def test_nobodys_partner_is_drawn_in_by_chance(owner: User, exercise_id: str) -> None:
    with pytest.raises(DataError):
        begin(owner, EXERCISES[exercise_id])
    assert not OfferSeries.objects.exists()


def test_offers_of_a_real_person_are_never_filled_in(owner: User) -> None:
    with pytest.raises(DataError):
        offer_services.seed_past_series(owner, WAVE, MONDAY, {MONDAY: True})


def test_nobody_sees_another_persons_offers(
    owner: User, partner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    coins_say(monkeypatch, offered=True)
    series = begin(owner)
    offer_services.draw_tonight(owner)
    assert offer_queries.current_series(partner) is None
    assert offer_queries.coins_of(partner, series) == {}
    assert offer_queries.offer_of(partner, MONDAY) is None
    offer_services.let_lie(partner)
    offer_services.switch(partner, on=False)
    row = OfferDay.objects.get()
    assert row.let_lie_at is None
    assert offer_queries.current_series(owner) == series
