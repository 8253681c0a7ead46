"""Own words are nowhere in the database in a form that can be read."""

from __future__ import annotations

import pytest
from django.db import connection

from checkins import today_of, write, write_more
from counterpoint.web.accounts.models import User
from counterpoint.web.diary.models import Checkin

WORDS = "Under the walnut tree we said it."


def bytes_at_rest() -> bytes:
    """Return the whole database as it lies on disk."""
    connection.ensure_connection()
    whole: bytes = connection.connection.serialize()
    return whole


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the file of an SQLite database")
@pytest.mark.django_db(transaction=True)
def test_a_line_is_not_in_the_bytes_of_the_database(owner: User) -> None:
    day = today_of(owner)
    write(owner, day, c1=5, n="some")
    write_more(owner, day, line=WORDS)
    whole = bytes_at_rest()
    assert owner.email.encode() in whole  # what is not sealed is found this way
    for piece in (WORDS, "walnut", WORDS[::-1]):
        assert piece.encode() not in whole


def test_the_same_line_is_sealed_anew_each_time(owner: User) -> None:
    day = today_of(owner)
    write(owner, day, c1=5)
    sealed = {bytes(write_more(owner, day, line=WORDS, w=tap).line_sealed) for tap in range(4)}
    assert len(sealed) == 4


def test_no_row_holds_the_words_in_any_column(owner: User) -> None:
    day = today_of(owner)
    write(owner, day, c1=5)
    write_more(owner, day, line=WORDS)
    for row in Checkin.objects.values_list():
        assert all("walnut" not in str(value) for value in row)
