"""Questions of one's own: asked beside the others, answered for oneself alone."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from checkins import today_of, write, write_past
from counterpoint.content import load_content
from counterpoint.errors import DataError
from counterpoint.web.accounts.models import User
from counterpoint.web.diary import own, queries
from counterpoint.web.diary.own import Own, Rhythm
from counterpoint.web.diary.own_models import OwnAnswer, OwnQuestion
from counterpoint.web.diary.own_services import (
    TooManyError,
    add_question,
    end_question,
    keep_answers,
)
from counterpoint.web.diary.portability import export_diary

SUNDAY = datetime(2026, 3, 8, 18, tzinfo=UTC)
WORDS = "How far did I say what I wanted for supper?"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(SUNDAY, tick=False) as moved:
        yield moved


def add(
    person: User, item_id: str = "laughter", words: str = "", rhythm: Rhythm = Rhythm.DAY
) -> Own:
    add_question(person, rhythm, item_id=item_id, words=words, key=uuid.uuid4())
    return own.current(person)[-1]


def key_in(page: str) -> str:
    found = re.search(r'name="submission_key" value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


def more(day: date) -> str:
    return f"/checkin/{day}/1/more/"


def test_a_question_of_the_list_is_asked_on_the_second_page_and_kept(
    owner: User, as_owner: Client
) -> None:
    day = today_of(owner)
    write(owner, day, c1=5, s1=5)
    question = add(owner)
    page = as_owner.get(more(day)).content.decode()
    assert load_content().sunday.own["laughter"].day in page
    sent = {"submission_key": key_in(page), question.field: "8", "line": ""}
    assert as_owner.post(more(day), sent).status_code == 302
    assert own.answers(owner, question) == {day: 8}
    as_owner.post(more(day), sent)
    assert OwnAnswer.objects.count() == 1
    again = as_owner.get(more(day)).content.decode()
    assert f'id="{question.field}-8" value="8" checked' in again


def test_an_older_form_that_arrives_again_does_not_undo_a_later_answer(
    owner: User, as_owner: Client
) -> None:
    day = today_of(owner)
    write(owner, day, c1=5, s1=5)
    question = add(owner)
    key = key_in(as_owner.get(more(day)).content.decode())
    for tap in ("3", "8", "3"):
        sent = {"submission_key": key, question.field: tap}
        assert as_owner.post(more(day), sent).status_code == 302
    assert own.answers(owner, question) == {day: 8}


def test_an_answer_can_be_taken_back(owner: User, as_owner: Client) -> None:
    day = today_of(owner)
    write(owner, day, c1=5)
    question = add(owner)
    keep_answers(owner, day, Rhythm.DAY, {question.field: 3})
    key = key_in(as_owner.get(more(day)).content.decode())
    as_owner.post(more(day), {"submission_key": key, question.field: "", "line": ""})
    assert own.answers(owner, question) == {}


def test_nothing_typed_is_lost_where_a_tap_cannot_be_read(owner: User, as_owner: Client) -> None:
    day = today_of(owner)
    write(owner, day, c1=5)
    question = add(owner)
    sent = {"submission_key": str(uuid.uuid4()), question.field: "11", "line": "We sang."}
    answer = as_owner.post(more(day), sent)
    assert answer.status_code == 422
    assert "We sang." in answer.content.decode()
    assert not OwnAnswer.objects.exists()


def test_a_weekly_question_is_asked_in_the_look_and_not_in_the_evening(
    owner: User, as_owner: Client
) -> None:
    day = today_of(owner)
    write_past(owner, [(5, 5)] * 3, day)
    question = add(owner, "trust", rhythm=Rhythm.WEEK)
    prompt = load_content().sunday.own["trust"].week
    assert prompt not in as_owner.get(more(day)).content.decode()
    page = as_owner.get("/look/").content.decode()
    assert prompt in page
    as_owner.post("/look/", {"submission_key": key_in(page), "h1": "4", question.field: "6"})
    assert own.answers(owner, question) == {day: 6}


def test_own_words_are_sealed_and_asked(owner: User, as_owner: Client) -> None:
    page = as_owner.get("/own/").content.decode()
    sent = {"submission_key": key_in(page), "which": "own_words", "words": WORDS, "rhythm": "day"}
    answer = as_owner.post("/own/", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/own/")
    as_owner.post("/own/", sent)  # sent twice
    row = OwnQuestion.objects.get(owner=owner)
    assert b"supper" not in bytes(row.question_sealed or b"")
    assert WORDS in as_owner.get("/own/").content.decode()


def test_a_question_that_cannot_be_read_is_told_and_not_asked(
    owner: User, as_owner: Client
) -> None:
    day = today_of(owner)
    write(owner, day, c1=5)
    question = add(owner, "", WORDS)
    OwnQuestion.objects.update(question_sealed=b"\x01" + b"0" * 40)
    assert load_content().phrase("safety.cannot_be_read") in as_owner.get("/own/").content.decode()
    assert question.field not in as_owner.get(more(day)).content.decode()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Choose one."),
        ({"which": "laughter"}, "Choose when."),
        ({"which": "sense", "rhythm": "day"}, "Choose one of these."),
        ({"which": "own_words", "rhythm": "day"}, "own.needs_words"),
        ({"which": "own_words", "rhythm": "day", "words": "x" * 201}, "Up to 200 characters"),
    ],
)
def test_what_is_missing_is_said_and_what_was_sent_stays(
    as_owner: Client, sent: dict[str, str], told: str
) -> None:
    answer = as_owner.post("/own/", {**sent, "submission_key": str(uuid.uuid4())})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert (load_content().phrase(told) if told.startswith("own.") else told) in page
    assert sent.get("words", "") in page
    assert not OwnQuestion.objects.exists()


def test_two_go_on_at_most(owner: User, as_owner: Client) -> None:
    first = add(owner)
    add(owner, "touch", rhythm=Rhythm.WEEK)
    with pytest.raises(TooManyError):
        add(owner, "desire")
    sent = {"submission_key": str(uuid.uuid4()), "which": "desire", "rhythm": "day"}
    answer = as_owner.post("/own/", sent)
    assert answer.status_code == 422
    assert load_content().phrase("own.two") in answer.content.decode()
    end_question(owner, first.id)
    add(owner, "desire")


def test_a_question_is_of_the_list_or_has_words(owner: User) -> None:
    with pytest.raises(DataError):
        add_question(owner, Rhythm.DAY, item_id="sense", key=uuid.uuid4())


def test_a_question_that_ended_keeps_its_answers_and_is_asked_no_more(
    owner: User, as_owner: Client
) -> None:
    day = today_of(owner)
    write(owner, day, c1=5)
    question = add(owner)
    keep_answers(owner, day, Rhythm.DAY, {question.field: 7})
    assert as_owner.post(f"/own/{question.id}/end/").status_code == 302
    assert question.field not in as_owner.get(more(day)).content.decode()
    page = as_owner.get("/own/").content.decode()
    assert "No longer asked. What you answered stays." in page
    assert "<td>7</td>" in page


def test_answers_are_drawn_with_their_table_and_gaps(owner: User, as_owner: Client) -> None:
    day = today_of(owner)
    question = add(owner)
    for back, tap in ((0, 4), (2, 9)):
        keep_answers(owner, day - timedelta(days=back), Rhythm.DAY, {question.field: tap})
    page = as_owner.get("/own/").content.decode()
    assert re.findall(r"<td>([^<]+)</td>", page) == ["9", "no answer", "4"]
    assert "2 answers from 0, not at all, to 10, a lot" in page


def test_a_question_that_ended_long_ago_still_shows_its_last_answers(
    owner: User, as_owner: Client, clock: time_machine.Coordinates
) -> None:
    question = add(owner)
    keep_answers(owner, today_of(owner), Rhythm.DAY, {question.field: 7})
    end_question(owner, question.id)
    clock.move_to(SUNDAY + timedelta(days=90))
    as_owner.force_login(owner)
    page = as_owner.get("/own/").content.decode()
    assert re.findall(r"<td>([^<]+)</td>", page) == ["7"]


def test_an_answer_given_further_east_is_drawn_after_moving_west(
    owner: User, as_owner: Client
) -> None:
    question = add(owner)
    ahead = today_of(owner) + timedelta(days=1)
    keep_answers(owner, ahead, Rhythm.DAY, {question.field: 7})
    page = as_owner.get("/own/").content.decode()
    assert re.findall(r"<td>([^<]+)</td>", page) == ["7"]


def test_nothing_of_it_enters_the_model(owner: User) -> None:
    day = today_of(owner)
    write(owner, day, c1=5, s1=6)
    question = add(owner)
    before = queries.rows_for_engine(owner), queries.newest_change(owner)
    keep_answers(owner, day, Rhythm.DAY, {question.field: 1})
    assert (queries.rows_for_engine(owner), queries.newest_change(owner)) == before


def test_the_question_of_somebody_else_cannot_be_answered_or_ended(
    owner: User, stranger: User, as_stranger: Client
) -> None:
    question = add(owner)
    keep_answers(stranger, today_of(stranger), Rhythm.DAY, {question.field: 1})
    assert not OwnAnswer.objects.exists()
    assert as_stranger.post(f"/own/{question.id}/end/").status_code == 404
    assert own.current(owner) == (question,)


def test_questions_and_answers_are_taken_along(owner: User) -> None:
    keep_answers(owner, today_of(owner), Rhythm.DAY, {add(owner).field: 2})
    keep_answers(owner, today_of(owner), Rhythm.DAY, {add(owner, "", WORDS).field: 3})
    rows = export_diary(owner)["own_answers"]
    assert not isinstance(rows, (str, bytes))
    assert [(row["question"], row["tap"]) for row in rows] == [("laughter", 2), (WORDS, 3)]


def test_the_questionnaire_of_others_is_named_and_none_of_its_sentences_shown(
    as_owner: Client,
) -> None:
    page = as_owner.get("/own/").content.decode()
    assert "Couples Satisfaction Index" in page
    assert "Funk, J. L." in page
