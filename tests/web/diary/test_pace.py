"""How often somebody is asked, and the lighter mode after a hard week."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from checkins import today_of, write, write_past
from counterpoint.content import load_content
from counterpoint.web.accounts.models import User
from counterpoint.web.diary import offer_services, pace_queries, pace_services, queries
from counterpoint.web.diary.hard_week import is_hard_week, is_resting
from counterpoint.web.diary.models import Checkin, ChosenPace
from counterpoint.web.diary.pace import Pace
from factories import browser_of

TODAY = date(2026, 3, 4)
"""A Wednesday."""
USUAL, LOW = 7.0, 3.0


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(datetime(2026, 3, 4, 18, tzinfo=UTC), tick=False) as moved:
        yield moved


def days(values: list[float | None], last: date = TODAY) -> dict[date, float]:
    """Return days by date, the last of them on `last`; ``None`` was not answered."""
    first = last - timedelta(days=len(values) - 1)
    return {
        first + timedelta(days=at): value for at, value in enumerate(values) if value is not None
    }


def test_seven_days_below_the_usual_are_a_hard_week() -> None:
    assert is_hard_week(days([USUAL] * 20 + [LOW] * 7), TODAY)


def test_a_day_that_is_not_written_yet_does_not_hide_the_seven_before_it() -> None:
    assert is_hard_week(days([USUAL] * 20 + [LOW] * 7, TODAY - timedelta(days=1)), TODAY)


@pytest.mark.parametrize(
    "values",
    [
        [USUAL] * 27,
        [USUAL] * 20 + [LOW] * 6 + [USUAL],  # one day as ever
        [USUAL] * 20 + [LOW] * 6,  # six of seven days
        [USUAL] * 20 + [None] * 3 + [LOW] * 4,  # too few days known
        [USUAL] * 13 + [LOW] * 7,  # not known yet what is usual
        [1.0, 9.0] * 12 + [4.5] * 7,  # lower, but well within how days differ
        [LOW] * 20 + [LOW] * 7,  # low is usual
    ],
)
def test_anything_less_is_no_hard_week(values: list[float | None]) -> None:
    assert not is_hard_week(days(values), TODAY)


def test_what_lies_more_than_seven_weeks_back_is_no_longer_the_usual() -> None:
    long_ago = days([USUAL] * 20, TODAY - timedelta(days=49))
    assert not is_hard_week({**long_ago, **days([LOW] * 7)}, TODAY)
    assert is_hard_week(
        {**days([USUAL] * 20, TODAY - timedelta(days=29)), **days([LOW] * 7)}, TODAY
    )


def test_the_offer_rests_for_four_weeks() -> None:
    assert is_resting(TODAY - timedelta(days=27), TODAY)
    assert not is_resting(TODAY - timedelta(days=28), TODAY)
    assert not is_resting(None, TODAY)


def hard_week(person: User) -> None:
    write_past(person, [(7, 7)] * 20 + [(2, 3)] * 7, today_of(person) - timedelta(days=1))


def page(client: Client, path: str = "/today/") -> str:
    return client.get(path).content.decode()


def test_less_is_offered_after_a_hard_week_with_people_to_talk_to(
    owner: User, as_owner: Client
) -> None:
    said = load_content().phrase
    assert said("lighter.offer") not in page(as_owner)
    hard_week(owner)
    today = page(as_owner)
    for part in ("offer", "what", "people"):
        assert said(f"lighter.{part}") in today
    offered = today[today.index('id="lighter"') : today.index("</section>")]
    assert "/info/people/" in offered or "/help" in offered


def test_made_lighter_nothing_is_asked_and_one_tap_is_there(owner: User, as_owner: Client) -> None:
    hard_week(owner)
    answer = as_owner.post("/pace/lighter/", {"lighter": "yes"})
    assert (answer.status_code, answer["Location"]) == (302, "/today/")
    assert pace_queries.pace(owner) is Pace.LIGHTER
    today = page(as_owner)
    assert load_content().phrase("lighter.offer") not in today
    assert "How was today?" not in today
    assert load_content().phrase("lighter.on") in today
    sent = {"g": "4", "submission_key": str(uuid.uuid4())}
    as_owner.post("/pace/tonight/", sent)
    as_owner.post("/pace/tonight/", sent)
    row = Checkin.objects.get(owner=owner, about_on=today_of(owner))
    assert (row.g, row.c1, row.s1) == (4, None, None)
    assert 'value="4" aria-pressed="true"' in page(as_owner)


def test_one_tap_leaves_what_was_written_before_as_it_is(owner: User) -> None:
    write(owner, today_of(owner), g=1, c1=6, s1=7, n="some", e1="a_little")
    pace_services.tap_tonight(owner, 9, key=uuid.uuid4())
    row = Checkin.objects.get(owner=owner)
    assert (row.g, row.c1, row.s1, row.n, row.e1) == (9, 6, 7, "some", "a_little")


def test_one_tap_is_no_answered_day(owner: User) -> None:
    pace_services.tap_tonight(owner, 9, key=uuid.uuid4())
    assert queries.answered_days(owner) == 0
    assert [day.is_answered for day in queries.rows_for_engine(owner)] == [False]


@pytest.mark.parametrize("sent", [{}, {"g": "11"}, {"g": "x", "submission_key": "y"}])
def test_a_tap_that_cannot_be_read_changes_nothing(
    owner: User, as_owner: Client, sent: dict[str, str]
) -> None:
    assert as_owner.post("/pace/tonight/", sent).status_code == 302
    assert not Checkin.objects.filter(owner=owner).exists()


def test_left_as_it_is_the_offer_is_not_made_again_for_four_weeks(
    owner: User, as_owner: Client
) -> None:
    hard_week(owner)
    as_owner.post("/pace/lighter/", {"lighter": "no"})
    assert pace_queries.pace(owner) is Pace.DAILY
    assert not pace_queries.asked(owner).is_lighter_offered
    ChosenPace.objects.update(lighter_answered_on=TODAY - timedelta(days=28))
    assert pace_queries.asked(owner).is_lighter_offered


def test_an_answer_that_cannot_be_read_leaves_the_offer_there(
    owner: User, as_owner: Client
) -> None:
    hard_week(owner)
    assert as_owner.post("/pace/lighter/", {"lighter": "perhaps"}).status_code == 302
    assert pace_queries.asked(owner).is_lighter_offered


def test_turned_back_by_hand_the_offer_rests_too(owner: User) -> None:
    hard_week(owner)
    pace_services.set_pace(owner, Pace.LIGHTER)
    ChosenPace.objects.update(lighter_answered_on=TODAY - timedelta(days=90))
    pace_services.set_pace(owner, Pace.DAILY)
    assert not pace_queries.asked(owner).is_lighter_offered


@pytest.mark.parametrize("chosen", list(Pace))
def test_each_pace_can_be_chosen_and_left_again(
    owner: User, as_owner: Client, chosen: Pace
) -> None:
    answer = as_owner.post("/pace/", {"pace": chosen.value})
    assert (answer.status_code, answer["Location"]) == (302, "/pace/")
    assert pace_queries.pace(owner) is chosen
    choices = page(as_owner, "/pace/")
    assert f'value="{chosen.value}" aria-describedby="pace-{chosen.value}" checked' in choices
    assert 'id=""' not in choices
    assert ("How was today?" in page(as_owner)) is (chosen is Pace.DAILY)
    assert f"/checkin/{TODAY}/1/" in page(as_owner)  # writing stays possible
    as_owner.post("/pace/", {"pace": "daily"})
    assert "How was today?" in page(as_owner)


def test_an_unknown_pace_is_refused_with_words(owner: User, as_owner: Client) -> None:
    answer = as_owner.post("/pace/", {"pace": "hourly"})
    assert answer.status_code == 422
    assert "Choose one of the four." in answer.content.decode()
    assert pace_queries.pace(owner) is Pace.DAILY


def test_no_exercise_is_offered_by_chance_on_an_evening_that_is_not_asked(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offer_services, "coin", lambda *_: True)
    exercise = load_content().exercises["wave_passes"]
    offer_services.begin_series(owner, exercise, key=uuid.uuid4())
    pace_services.set_pace(owner, Pace.LIGHTER)
    assert offer_services.draw_tonight(owner) is None
    pace_services.set_pace(owner, Pace.DAILY)
    assert offer_services.draw_tonight(owner) is not None


@pytest.mark.parametrize("chosen", list(Pace))
def test_the_look_at_the_week_is_asked_for_daily_and_on_sundays_only(
    owner: User, clock: time_machine.Coordinates, chosen: Pace
) -> None:
    clock.move_to(datetime(2026, 3, 8, 18, tzinfo=UTC))
    write_past(owner, [(5, 5)] * 4, today_of(owner) - timedelta(days=1))
    pace_services.set_pace(owner, chosen)
    as_owner = browser_of(owner)
    asked = "A look at the week" in page(as_owner)
    assert asked is (chosen in (Pace.DAILY, Pace.SUNDAYS))
    assert as_owner.get("/look/").status_code == 200
