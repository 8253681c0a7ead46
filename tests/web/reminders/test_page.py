"""The page of one's own reminders: off until wanted, kept as chosen, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from counterpoint.web.accounts.models import User
from counterpoint.web.diary.pace import Pace
from counterpoint.web.diary.pace_services import set_pace
from counterpoint.web.reminders.models import ReminderChoice
from factories import browser_of
from reminding import choose, work

NOON = datetime(2026, 3, 4, 11, tzinfo=UTC)
GIVEN: dict[str, Any] = {
    "evenings": "on",
    "evening_at": "21:15",
    "evening_days": ["0", "3"],
    "sunday_at": "18:00",
    "channel": "mail",
    "paused_until": "",
    "title": "tea",
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


def page_of(browser: Client) -> str:
    return browser.get("/reminders/").content.decode()


def test_account_leads_there_and_all_is_off(owner: User, as_owner: Client) -> None:
    assert 'href="/reminders/"' in as_owner.get("/account/").content.decode()
    page = page_of(as_owner)
    assert "None is planned." in page
    assert not ReminderChoice.objects.exists()


def test_what_is_chosen_is_kept_and_said(owner: User, as_owner: Client) -> None:
    answer = as_owner.post("/reminders/", GIVEN, follow=True)
    page = answer.content.decode()
    assert "Saved." in page
    assert "Thursday 5 March, 21:15" in page
    choice = ReminderChoice.objects.get()
    assert (choice.evening_at, choice.evening_days, choice.sundays) == (time(21, 15), "03", False)
    assert (choice.title, choice.alarm) == ("tea", False)
    assert 'value="21:15"' in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"evening_at": "3:30"}, "Give a time from 04:00 to 23:59."),
        ({"evening_at": "late"}, "Give a time, such as 20:30."),
        ({"sunday_at": ""}, "Give a time, such as 20:30."),
        ({"evening_days": []}, "Choose a day, or switch evenings off."),
        ({"evening_days": ["6"]}, "Choose among these days."),
        ({"channel": "pigeon"}, "Choose one of these."),
        ({"title": "quarrel"}, "Choose one of these."),
        ({"paused_until": "soon"}, "Give a day, such as 2026-12-24"),
        ({"paused_until": "2036-01-01"}, "Give a day within a year"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(
    owner: User, as_owner: Client, wrong: dict[str, Any], said: str
) -> None:
    answer = as_owner.post("/reminders/", {**GIVEN, **wrong})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    for name, typed in {**GIVEN, **wrong}.items():
        if name in {"evening_at", "sunday_at", "paused_until"} and typed:
            assert f'value="{typed}"' in page
    assert not ReminderChoice.objects.exists()


def test_a_rest_that_is_over_is_none(owner: User, as_owner: Client) -> None:
    as_owner.post("/reminders/", {**GIVEN, "paused_until": "2026-03-04"})
    assert ReminderChoice.objects.get().paused_until is None
    as_owner.post("/reminders/", {**GIVEN, "paused_until": "2026-03-20"})
    assert ReminderChoice.objects.get().next_day == date(2026, 3, 23)


def test_it_says_when_the_last_one_went_out(owner: User, clock: time_machine.Traveller) -> None:
    choose(owner)
    clock.shift(timedelta(hours=8, minutes=30))
    work()
    assert "The last one went out on 4 March, 20:30." in page_of(browser_of(owner))


def test_it_says_that_the_pace_keeps_some_away(owner: User, as_owner: Client) -> None:
    choose(owner)
    assert "asked less often" not in page_of(as_owner)
    set_pace(owner, Pace.SUNDAYS)
    assert "asked less often" in page_of(as_owner)


def test_it_works_without_scripts(owner: User, as_owner: Client) -> None:
    page = page_of(as_owner)
    assert "hx-" not in page
    assert page.count('<form class="form stack" method="post"') == 1
