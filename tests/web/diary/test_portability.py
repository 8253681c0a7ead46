"""The diary can be taken away whole, and erased whole."""

from __future__ import annotations

import uuid
from datetime import timedelta

from checkins import today_of, write, write_more
from counterpoint.content import load_content
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.portability import entries
from counterpoint.web.core import clock
from counterpoint.web.diary import own
from counterpoint.web.diary.evening_services import add_device
from counterpoint.web.diary.look_services import LookAnswers, seed_past_look
from counterpoint.web.diary.models import (
    Checkin,
    ChosenPace,
    ItemOrder,
    OfferDay,
    OfferSeries,
    Submission,
)
from counterpoint.web.diary.offer_services import begin_series, draw_tonight
from counterpoint.web.diary.own_models import OwnAnswer, OwnQuestion
from counterpoint.web.diary.own_services import add_question, keep_answers
from counterpoint.web.diary.pace import Pace
from counterpoint.web.diary.pace_services import set_pace
from counterpoint.web.diary.portability import CODEBOOK, erase_diary, export_diary
from counterpoint.web.diary.services import draw_order


def fill(person: User) -> None:
    day = today_of(person)
    draw_order(person)
    begin_series(person, load_content().exercises["wave_passes"], key=uuid.uuid4())
    draw_tonight(person)
    add_device(person)
    set_pace(person, Pace.SUNDAYS)
    add_question(person, own.Rhythm.DAY, item_id="laughter", key=uuid.uuid4())
    keep_answers(person, day, own.Rhythm.DAY, {own.current(person)[0].field: 6})
    write(person, day - timedelta(days=1), c1=2, e1="a_little")
    write(person, day, c1=5, s1=0, n="some")
    write_more(person, day, w=3, line="=cmd() is only words.")
    person.simulated = True  # in memory only: the past of real people is never filled in
    seed_past_look(person, day, LookAnswers({"h1": 4}, {}, {}), clock.now())


def test_every_column_and_word_is_taken_along(owner: User) -> None:
    fill(owner)
    exported = export_diary(owner)
    rows = exported["checkins"]
    assert not isinstance(rows, (str, bytes))
    assert [row["c1"] for row in rows] == [2, 5]
    assert rows[1]["line"] == "=cmd() is only words."
    columns = {field.name for field in Checkin._meta.get_fields() if field.concrete}
    assert set(rows[0]) == columns - {"id", "owner", "line_sealed"} | {"line"}


def test_every_exported_column_is_in_the_codebook(owner: User) -> None:
    fill(owner)
    entry = next(entry for entry in entries() if entry.label == "diary")
    for rows in export_diary(owner).values():
        assert not isinstance(rows, (str, bytes))
        assert set(rows[0]) <= set(entry.codebook)
    assert set(CODEBOOK) <= set(entry.codebook)


def test_a_line_that_cannot_be_read_does_not_stop_the_export(owner: User) -> None:
    fill(owner)
    Checkin.objects.update(line_sealed=b"\x01" + b"0" * 40)
    rows = export_diary(owner)["checkins"]
    assert not isinstance(rows, (str, bytes))
    assert [row["line"] for row in rows] == ["cannot be read", "cannot be read"]


def test_erasing_leaves_nothing_of_the_owner_and_everything_of_others(
    owner: User, partner: User
) -> None:
    fill(owner)
    fill(partner)
    erase_diary(owner)
    for model in (
        Checkin,
        OwnAnswer,
        OwnQuestion,
        ChosenPace,
        ItemOrder,
        Submission,
        OfferDay,
        OfferSeries,
    ):
        assert not model.objects.filter(owner=owner).exists()
        assert model.objects.filter(owner=partner).exists()
    assert not any(export_diary(owner).values())
