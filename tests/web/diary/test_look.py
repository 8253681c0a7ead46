"""The look at a week."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils.html import escape

from checkins import write_past
from counterpoint.content import load_content
from counterpoint.errors import DataError
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.diary import looks, weeks
from counterpoint.web.diary.look_services import (
    ClosedWeekError,
    LookAnswers,
    keep_look,
    seed_past_look,
)
from counterpoint.web.diary.models import WeekLook
from counterpoint.web.diary.portability import erase_diary, export_diary

SUNDAY = date(2026, 11, 22)
NOTHING = LookAnswers({}, {}, {})


@pytest.fixture(autouse=True)
def _on_a_sunday(monkeypatch: pytest.MonkeyPatch) -> None:
    go_to(monkeypatch, SUNDAY)


def go_to(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    moment = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: moment)


def keep(owner: User, answers: LookAnswers, week: date = SUNDAY) -> WeekLook | None:
    return keep_look(owner, week, answers, key=uuid.uuid4())


def lived(owner: User) -> None:
    """Four answered days of the week: three near and oneself, one apart and less."""
    write_past(owner, [(8, 8), (7, 9), (9, 7), (2, 1)], SUNDAY)


def test_a_week_is_open_from_its_sunday_to_the_wednesday_after() -> None:
    days = [SUNDAY + timedelta(days=at) for at in range(8)]
    ends = [weeks.week_open(day) for day in days]
    assert ends == [SUNDAY] * 4 + [None] * 3 + [SUNDAY + timedelta(days=7)]
    assert [weeks.next_sunday(day) for day in days] == [SUNDAY + timedelta(days=7)] * 7 + [
        SUNDAY + timedelta(days=14)
    ]
    assert weeks.first_day(SUNDAY).weekday() == 0


def test_the_page_counts_the_days_of_the_week_and_ends_with_the_two_halves(
    owner: User, as_owner: Client
) -> None:
    lived(owner)
    page = as_owner.get("/look/").content.decode()
    assert "4 days of this week are known here. On 3 of them you were near and yourself." in page
    items = load_content().sunday.items
    at = {name: page.index(escape(item.prompt)) for name, item in items.items()}
    week = [at[name] for name in items if name not in (*looks.HALVES, "moment")]
    assert max(week) < at["h1"] < at["h2"] < at["moment"]


def test_a_week_without_a_day_of_both_is_not_told_that_there_was_none(
    owner: User, as_owner: Client
) -> None:
    write_past(owner, [(2, 8), (2, 1)], SUNDAY)
    page = as_owner.get("/look/").content.decode()
    assert "2 days of this week are known here." in page
    assert "near and yourself" not in page


def test_every_answer_is_kept_and_its_lines_are_sealed(owner: User, as_owner: Client) -> None:
    lived(owner)
    sent = {
        "submission_key": str(uuid.uuid4()), "h1": "7", "h2": "0", "rest": "10", "cod3": "often",
        "h1_line": "I said no, kindly.", "moment": "Kestrels over the field.",
    }  # fmt: skip
    answer = as_owner.post("/look/", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/look/kept/")
    row = WeekLook.objects.get(owner=owner)
    assert (row.h1, row.h2, row.rest, row.talk, row.cod3, row.ind2) == (7, 0, 10, None, "often", "")
    assert b"kindly" not in bytes(row.h1_line_sealed)
    look = looks.opened(owner, row)
    assert look.lines == {
        "h1_line": "I said no, kindly.", "h2_line": "", "moment": "Kestrels over the field.",
    }  # fmt: skip
    for where in ("/look/kept/", "/look/past/", "/look/"):
        page = as_owner.get(where).content.decode()
        assert "I said no, kindly." in page
        assert "Kestrels over the field." in page


def test_the_same_form_sent_again_writes_nothing_and_a_later_one_changes_the_row(
    owner: User,
) -> None:
    lived(owner)
    key = uuid.uuid4()
    first = LookAnswers({"h1": 3}, {}, {})
    keep_look(owner, SUNDAY, first, key=key)
    keep(owner, LookAnswers({"h1": 8}, {"ind3": "not_once"}, {}))
    keep_look(owner, SUNDAY, first, key=key)
    row = WeekLook.objects.get(owner=owner)
    assert (row.h1, row.ind3) == (8, "not_once")


def test_a_look_in_which_nothing_is_said_makes_no_row(owner: User, as_owner: Client) -> None:
    lived(owner)
    answer = as_owner.post("/look/", {"submission_key": str(uuid.uuid4())})
    assert (answer.status_code, answer["Location"]) == (302, "/today/")
    assert not WeekLook.objects.exists()


def test_what_was_typed_stays_when_a_line_is_too_long(owner: User, as_owner: Client) -> None:
    lived(owner)
    words = "long " * 120
    sent = {"submission_key": str(uuid.uuid4()), "h1": "7", "moment": words, "cod3": "often"}
    answer = as_owner.post("/look/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words.strip() in page
    assert 'id="h1-7" value="7" checked' in page
    assert not WeekLook.objects.exists()


def test_an_end_of_a_line_is_one_character_as_in_the_box(owner: User, as_owner: Client) -> None:
    lived(owner)
    words = "\n".join(["line"] * 100)  # 499 in the box; browsers send two for each end of a line
    sent = {"submission_key": str(uuid.uuid4()), "moment": words.replace("\n", "\r\n")}
    assert as_owner.post("/look/", sent).status_code == 302
    assert looks.looks(owner)[0].lines["moment"] == words


def test_a_week_that_is_over_cannot_be_written(
    owner: User, as_owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived(owner)
    with pytest.raises(ClosedWeekError):
        keep(owner, LookAnswers({"h1": 3}, {}, {}), SUNDAY - timedelta(days=7))
    go_to(monkeypatch, SUNDAY + timedelta(days=4))
    with pytest.raises(ClosedWeekError):
        keep(owner, LookAnswers({"h1": 3}, {}, {}))
    page = as_owner.get("/look/").content.decode()
    assert "The next one opens on Sunday, 29 November." in page
    assert as_owner.get("/look/kept/").status_code == 302


@pytest.mark.parametrize("days_later", [4, 7], ids=["while none is open", "in the next week"])
def test_a_form_sent_after_its_week_closed_is_given_back_and_never_kept_as_another_week(
    owner: User, as_owner: Client, monkeypatch: pytest.MonkeyPatch, days_later: int
) -> None:
    lived(owner)
    assert f'name="week" value="{SUNDAY}"' in as_owner.get("/look/").content.decode()
    go_to(monkeypatch, SUNDAY + timedelta(days=days_later))
    words = "Kestrels over the field."
    sent = {"submission_key": str(uuid.uuid4()), "week": str(SUNDAY), "h1": "7", "moment": words}
    for _ in range(2):
        answer = as_owner.post("/look/", sent)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert escape(load_content().phrase("look.closed")) in page
        assert words in page
        assert 'id="h1-7" value="7" checked' in page
        assert f'name="week" value="{SUNDAY}"' in page
        assert not WeekLook.objects.exists()


def test_a_form_that_names_no_day_as_its_week_keeps_nothing(owner: User, as_owner: Client) -> None:
    lived(owner)
    sent = {"submission_key": str(uuid.uuid4()), "week": '"><b>', "h1": "7", "h1_line": "Slowly."}
    answer = as_owner.post("/look/", sent)
    assert answer.status_code == 422
    assert "Slowly." in answer.content.decode()
    assert '"><b>' not in answer.content.decode()
    assert not WeekLook.objects.exists()


def test_a_week_before_the_first_day_is_not_asked_about(owner: User, as_owner: Client) -> None:
    assert looks.open_week(owner) is None
    assert 'href="/look/"' not in as_owner.get("/today/").content.decode()
    lived(owner)
    assert 'href="/look/"' in as_owner.get("/today/").content.decode()
    keep(owner, LookAnswers({"h1": 3}, {}, {}))
    assert 'href="/look/"' not in as_owner.get("/today/").content.decode()


def test_halves_are_two_series_of_the_owner_alone(owner: User, partner: User) -> None:
    for person in (owner, partner):
        person.simulated = True
    earlier = SUNDAY - timedelta(days=7)
    moment = clock.now() - timedelta(days=7)
    seed_past_look(owner, earlier, LookAnswers({"h1": 2}, {}, {"h2_line": "I left."}), moment)
    seed_past_look(partner, earlier, LookAnswers({"h1": 9}, {}, {}), moment)
    keep(owner, LookAnswers({"h1": 6}, {}, {}))
    found = looks.halves(owner)
    assert [(half.week_ends_on, half.tap) for half in found["h1"]] == [(earlier, 2), (SUNDAY, 6)]
    assert [(half.tap, half.line) for half in found["h2"]] == [(None, "I left.")]
    assert [look.week_ends_on for look in looks.looks(owner)] == [SUNDAY, earlier]


def test_a_real_person_has_no_past_to_be_filled_in(owner: User) -> None:
    with pytest.raises(DataError):
        seed_past_look(owner, SUNDAY, NOTHING, clock.now())


def test_words_that_cannot_be_read_stay_until_others_are_written(owner: User) -> None:
    lived(owner)
    keep(owner, LookAnswers({}, {}, {"moment": "kept"}))
    broken = b"\x01" + b"0" * 40
    WeekLook.objects.update(moment_sealed=broken)
    keep(owner, LookAnswers({"h1": 4}, {}, {"moment": ""}))
    assert bytes(WeekLook.objects.get(owner=owner).moment_sealed) == broken
    rows = export_diary(owner)["looks"]
    assert not isinstance(rows, (str, bytes))
    assert rows[0]["moment"] == "cannot be read"
    keep(owner, LookAnswers({}, {}, {"moment": "new"}))
    assert looks.looks(owner)[0].line_of("moment") == "new"


def test_looks_are_taken_along_and_erased_whole(owner: User, partner: User) -> None:
    lived(owner)
    lived(partner)
    keep(owner, LookAnswers({"talk": 5}, {"int3": "often"}, {"h2_line": "Stayed at the table."}))
    keep(partner, LookAnswers({"talk": 5}, {}, {}))
    rows = export_diary(owner)["looks"]
    assert not isinstance(rows, (str, bytes))
    assert (rows[0]["talk"], rows[0]["int3"], rows[0]["h2_line"]) == (
        5, "often", "Stayed at the table.",
    )  # fmt: skip
    columns = {field.name for field in WeekLook._meta.get_fields() if field.concrete}
    assert {name.removesuffix("_sealed") for name in columns - {"id", "owner"}} == set(rows[0])
    erase_diary(owner)
    assert [row.owner for row in WeekLook.objects.all()] == [partner]
