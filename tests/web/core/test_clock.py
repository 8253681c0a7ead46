"""The clock: people's days, and the demo's days ahead."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from counterpoint.web.core import clock


@pytest.fixture
def demo(settings: Settings, tmp_path: Path) -> Path:
    settings.COUNTERPOINT_DEMO = True
    settings.COUNTERPOINT_DATA = tmp_path
    return tmp_path


@time_machine.travel(datetime(2026, 3, 10, 2, 30, tzinfo=UTC), tick=False)
def test_a_day_ends_at_four_where_the_person_is() -> None:
    assert clock.today("UTC") == date(2026, 3, 9)
    assert clock.today("Europe/Berlin") == date(2026, 3, 9)
    assert clock.today("Asia/Tokyo") == date(2026, 3, 10)


def test_the_demo_moves_by_whole_days(demo: Path) -> None:
    with time_machine.travel(datetime(2026, 3, 10, 12, tzinfo=UTC), tick=False):
        before = clock.now()
        assert clock.move_forward(6) == 6
        assert clock.now() == before + timedelta(days=6)
        assert clock.machine_now() == before
        assert clock.move_forward() == 7


def test_the_demo_does_not_move_forever(demo: Path) -> None:
    assert clock.move_forward(10_000) == clock.MOST_DAYS_FORWARD


@pytest.mark.parametrize("text", ["", "soon", "-4", "9" * 5000])
def test_a_damaged_offset_is_taken_as_it_can_be(demo: Path, text: str) -> None:
    (demo / "demo-days").write_text(text)
    assert 0 <= clock.days_forward() <= clock.MOST_DAYS_FORWARD


def test_elsewhere_the_offset_does_not_exist(settings: Settings, tmp_path: Path) -> None:
    settings.COUNTERPOINT_DATA = tmp_path
    (tmp_path / "demo-days").write_text("30")
    assert clock.days_forward() == 0
    assert abs(clock.now() - clock.machine_now()) < timedelta(seconds=5)
    with pytest.raises(RuntimeError):
        clock.move_forward()


def test_the_button_moves_the_demo_and_goes_back(demo: Path, as_nobody: Client) -> None:
    answer = as_nobody.post("/demo/next-day/", {"back": "/info/limits/"})
    assert (answer.status_code, answer["Location"]) == (302, "/info/limits/")
    assert clock.days_forward() == 1


@pytest.mark.parametrize("back", ["https://x.example/", "//x.example", "javascript:1"])
def test_the_button_leads_nowhere_else(demo: Path, as_nobody: Client, back: str) -> None:
    assert as_nobody.post("/demo/next-day/", {"back": back})["Location"] == "/"


def test_elsewhere_there_is_no_button(as_owner: Client) -> None:
    assert as_owner.post("/demo/next-day/").status_code == 404
    assert b"next-day" not in as_owner.get("/info/limits/").content


def test_the_button_wants_a_post(demo: Path, as_nobody: Client) -> None:
    assert as_nobody.get("/demo/next-day/").status_code == 405
    assert b"next-day" in as_nobody.get("/info/limits/").content
