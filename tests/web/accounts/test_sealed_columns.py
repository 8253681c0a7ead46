"""Where sealed texts lie: a column yields one person's texts and puts others in their place."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

from counterpoint.web.accounts.keys import Place
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.sealed import SealedColumn
from counterpoint.web.diary.models import Checkin

LINES = SealedColumn("diary.Checkin", "line_sealed", "line")
MOMENT = datetime(2026, 3, 1, 20, tzinfo=UTC)


def row_of(person: User, day: int, sealed: bytes | None) -> Checkin:
    return Checkin.objects.create(
        id=uuid.uuid4(), owner=person, about_on=date(2026, 3, day), slot=1, recorded_at=MOMENT,
        changed_at=MOMENT, zone="UTC", checkin_version=1, e3=[], line_sealed=sealed,
    )  # fmt: skip


def test_a_column_is_named_by_model_and_column() -> None:
    assert LINES.column == "diary.Checkin.line_sealed"


def test_it_yields_the_texts_of_one_person_and_where_they_are_bound(
    owner: User, partner: User
) -> None:
    one, two = row_of(owner, 1, b"one"), row_of(owner, 2, b"two")
    row_of(owner, 3, None)
    row_of(partner, 1, b"theirs")
    found = {text.place: text.sealed for text in LINES.texts(owner)}
    assert found == {
        Place("diary.Checkin", one.pk, "line"): b"one",
        Place("diary.Checkin", two.pk, "line"): b"two",
    }


def test_who_owns_a_row_may_be_found_by_another_name(owner: User, partner: User) -> None:
    row_of(owner, 1, b"one")
    by_name = SealedColumn("diary.Checkin", "line_sealed", "line", owner="owner")
    assert [text.sealed for text in by_name.texts(owner)] == [b"one"]
    assert list(by_name.texts(partner)) == []


def test_a_text_is_replaced_where_it_lies_and_nowhere_else(owner: User) -> None:
    one, two = row_of(owner, 1, b"same"), row_of(owner, 2, b"same")
    text = next(each for each in LINES.texts(owner) if each.place[1] == one.pk)
    assert text.replace(b"new") is True
    one.refresh_from_db()
    two.refresh_from_db()
    assert (bytes(one.line_sealed or b""), bytes(two.line_sealed or b"")) == (b"new", b"same")


def test_a_text_that_changed_meanwhile_stays(owner: User) -> None:
    row = row_of(owner, 1, b"old")
    (text,) = LINES.texts(owner)
    Checkin.objects.filter(pk=row.pk).update(line_sealed=b"written meanwhile")
    assert text.replace(b"new") is False
    row.refresh_from_db()
    assert bytes(row.line_sealed or b"") == b"written meanwhile"


def test_a_text_that_went_while_the_others_were_read_is_passed_over(owner: User) -> None:
    rows = {row_of(owner, day, b"%d" % day).pk for day in range(1, 9)}
    texts = LINES.texts(owner)
    first = next(texts).place[1]
    gone = sorted(rows - {first})[::2]
    Checkin.objects.filter(pk__in=gone).update(line_sealed=None)
    assert {text.place[1] for text in texts} == rows - {first, *gone}
