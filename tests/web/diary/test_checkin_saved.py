"""What comes back after a check-in."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client

from checkins import today_of, write, write_more, write_past
from counterpoint.content import load_content
from counterpoint.web.accounts.models import User
from counterpoint.web.diary.lines import line_back
from counterpoint.web.diary.models import Checkin
from web.worlds import CHANCE


def said(phrase_id: str, **values: int) -> str:
    return load_content().phrase(phrase_id, **values)


def test_the_first_day_comes_back_in_its_own_numbers(owner: User) -> None:
    row = write(owner, today_of(owner), c1=6, s1=8)
    assert line_back(owner, row) == (said("back.first", near=6, myself=8),)


def test_before_there_is_a_usual_only_the_numbers_come_back(owner: User) -> None:
    write_past(owner, [(5, 5)] * 4, today_of(owner) - timedelta(days=1))
    row = write(owner, today_of(owner), c1=9, s1=2)
    assert line_back(owner, row) == (
        f"{said('back.near.new', near=9)} {said('back.self.new', myself=2)}",
    )


@pytest.mark.parametrize(
    ("near", "myself", "expected"),
    [
        (9, 2, ("back.near.higher", "back.self.lower")),
        (2, 9, ("back.near.lower", "back.self.higher")),
        (5, 6, ("back.near.usual", "back.self.usual")),
    ],
)
def test_a_day_is_told_against_the_persons_own_days_both_ways_alike(
    owner: User, near: int, myself: int, expected: tuple[str, str]
) -> None:
    write_past(owner, [(3, 3), (4, 4), (5, 5), (6, 6), (7, 7)], today_of(owner) - timedelta(days=1))
    row = write(owner, today_of(owner), c1=near, s1=myself)
    values = {"near": near, "myself": myself, "low": 3, "high": 7}
    # quantiles of 3..7: 15 % lies at 3.6, 85 % at 6.4; rounded outward 3 and 7
    assert line_back(owner, row) == (" ".join(said(each, **values) for each in expected),)


def test_a_tap_most_days_share_is_named_without_a_range(owner: User) -> None:
    write_past(owner, [(6, 6)] * 5, today_of(owner) - timedelta(days=1))
    row = write(owner, today_of(owner), c1=6, s1=9)
    assert line_back(owner, row) == (
        f"{said('back.near.usual_same', near=6)} "
        f"{said('back.self.higher', myself=9, low=5, high=7)}",
    )


def test_a_day_is_never_part_of_its_own_usual(owner: User) -> None:
    write_past(owner, [(5, 5)] * 6, today_of(owner) - timedelta(days=1))
    row = write(owner, today_of(owner), c1=0, s1=0)
    first = line_back(owner, row)
    write(owner, today_of(owner), slot=2, c1=0, s1=0)
    assert line_back(owner, row) == first


def test_half_an_answer_and_no_answer_are_both_all_right(owner: User) -> None:
    row = write(owner, today_of(owner), c1=6)
    assert line_back(owner, row) == (said("back.near.new", near=6), said("back.partly"))
    row = write(owner, today_of(owner), n="some")
    assert line_back(owner, row) == (said("back.partly"),)
    assert line_back(owner, None) == (said("back.nothing"),)


@pytest.mark.parametrize("answers", [{"e1": "a_lot"}, {"g": 2}])
def test_a_heavy_day_gets_one_gentle_sentence(owner: User, answers: dict[str, object]) -> None:
    row = write(owner, today_of(owner), c1=6, s1=6, **answers)
    assert line_back(owner, row)[-1] == said("back.heavy")


def test_the_page_shows_the_line_the_words_and_the_days(owner: User, as_owner: Client) -> None:
    day = today_of(owner)
    write(owner, day, c1=6, s1=8)
    write_more(owner, day, line="We sang in the kitchen.")
    page = as_owner.get(f"/checkin/{day}/1/saved/").content.decode()
    for sentence in (
        said("back.first", near=6, myself=8),
        said("back.line_kept"),
        "We sang in the kitchen.",
        "Answered days so far: 1",
    ):
        assert sentence in page
    assert f"/checkin/{day}/2/" in page


def test_the_page_waits_for_no_job(owner: User, as_owner: Client) -> None:
    from counterpoint.web.jobs.models import Job

    day = today_of(owner)
    as_owner.post(f"/checkin/{day}/1/", {"submission_key": str(uuid.uuid4()), "c1": "6", "s1": "8"})
    Job.objects.all().delete()
    page = as_owner.get(f"/checkin/{day}/1/saved/").content.decode()
    assert said("back.first", near=6, myself=8) in page


def test_own_page_is_the_same_whether_or_not_a_partner_answers(
    owner: User, partner: User, as_owner: Client
) -> None:
    day = today_of(owner)
    write_past(owner, [(5, 6)] * 6, day)
    before = CHANCE.sub(b"", as_owner.get(f"/checkin/{day}/1/saved/").content)
    write_past(partner, [(1, 9)] * 20, day)
    assert CHANCE.sub(b"", as_owner.get(f"/checkin/{day}/1/saved/").content) == before


def test_damaged_words_do_not_break_the_page(owner: User, as_owner: Client) -> None:
    day = today_of(owner)
    write(owner, day, c1=6, s1=8)
    Checkin.objects.update(line_sealed=b"\x01" + b"0" * 40)
    page = as_owner.get(f"/checkin/{day}/1/saved/").content.decode()
    assert said("safety.cannot_be_read") in page


def test_a_day_that_is_closed_and_was_never_written_is_not_there(
    owner: User, as_owner: Client
) -> None:
    day = today_of(owner) - timedelta(days=3)
    assert as_owner.get(f"/checkin/{day}/1/saved/").status_code == 404


def test_what_makes_a_day_an_answered_one_is_told_before_there_is_one(
    owner: User, as_owner: Client
) -> None:
    day = today_of(owner)
    write(owner, day, c1=6)
    page = as_owner.get(f"/checkin/{day}/1/saved/").content.decode()
    assert said("days.counted") in page
    write(owner, day, c1=6, s1=6)
    page = as_owner.get(f"/checkin/{day}/1/saved/").content.decode()
    assert said("days.counted") not in page
