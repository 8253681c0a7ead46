"""Who gets what answer from the routes of the diary."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from access import Row

if TYPE_CHECKING:
    from counterpoint.web.accounts.models import User


def open_day(owner: User) -> dict[str, Any]:
    """Return the address of the day that is open now, without a row of anybody's."""
    from counterpoint.web.core import clock

    return {"day": clock.today("UTC").isoformat(), "slot": 1}


def written_day(owner: User) -> dict[str, Any]:
    """Return the address of a check-in of the owner's about an open day."""
    from counterpoint.web.core import clock
    from counterpoint.web.diary.services import ScreenOne, record_screen_one

    day = clock.today(owner.zone)
    record_screen_one(owner, day, 1, ScreenOne(c1=6, s1=7), key=uuid.uuid4())
    return {"day": day.isoformat(), "slot": 1}


def second_time(owner: User) -> dict[str, Any]:
    """Return the address of the second check-in of a day the owner wrote once."""
    return {**written_day(owner), "slot": 2}


def own_day(owner: User) -> dict[str, Any]:
    """Return the address of a day the owner wrote."""
    return {"day": written_day(owner)["day"]}


def own_question(owner: User) -> dict[str, Any]:
    """Return the id of a question the owner added."""
    from counterpoint.web.diary import own
    from counterpoint.web.diary.own_services import add_question

    add_question(owner, own.Rhythm.DAY, item_id="laughter", key=uuid.uuid4())
    return {"question_id": own.current(owner)[0].id}


ROWS = {
    "diary:checkin": Row(anonymous="sign-in", owner=302, stranger=302),
    "diary:checkin_one": Row(anonymous="sign-in", owner=200, stranger=200, args=open_day),
    "diary:checkin_one second": Row(anonymous="sign-in", owner=200, stranger=404, args=second_time),
    "diary:checkin_one post": Row(
        anonymous="sign-in",
        owner=422,
        stranger=422,
        args=open_day,
        method="post",
        data={"c1": "6"},  # without its key
    ),
    "diary:checkin_more": Row(anonymous="sign-in", owner=200, stranger=302, args=written_day),
    "diary:checkin_more post": Row(
        anonymous="sign-in",
        owner=422,
        stranger=302,
        args=written_day,
        method="post",
        data={"w": "3"},  # without its key
    ),
    "diary:checkin_saved": Row(anonymous="sign-in", owner=200, stranger=200, args=written_day),
    "diary:evenings": Row(anonymous="sign-in", owner=200, stranger=200),
    "diary:evenings post": Row(anonymous="sign-in", owner=200, stranger=200, method="post"),
    "diary:arrive": Row(anonymous="sign-in", owner=404, stranger=404),  # from no device
    "diary:arrive post": Row(anonymous="sign-in", owner=422, stranger=422, method="post", data={}),
    "diary:offline_evening": Row(anonymous=200, owner=200, stranger=200),
    "diary:own": Row(anonymous="sign-in", owner=200, stranger=200),
    "diary:own post": Row(anonymous="sign-in", owner=422, stranger=422, method="post", data={}),
    "diary:end_own": Row(
        anonymous="sign-in", owner="/own/", stranger=404, args=own_question, method="post"
    ),
    "diary:pace": Row(anonymous="sign-in", owner=200, stranger=200),
    "diary:pace post": Row(
        anonymous="sign-in", owner=422, stranger=422, method="post", data={"pace": "hourly"}
    ),
    "diary:lighter": Row(anonymous="sign-in", owner=302, stranger=302, method="post", data={}),
    "diary:tonight": Row(anonymous="sign-in", owner=302, stranger=302, method="post", data={}),
    "diary:album": Row(anonymous="sign-in", owner=200, stranger=200),
    "diary:album_corner": Row(
        anonymous="sign-in", owner=200, stranger=200, args=lambda _: {"number": 4}
    ),
    "diary:album_corner unknown": Row(
        anonymous="sign-in", owner=404, stranger=404, args=lambda _: {"number": 5}
    ),
    "diary:look": Row(anonymous="sign-in", owner=200, stranger=200),
    "diary:look post": Row(
        anonymous="sign-in",
        owner=422,
        stranger=422,
        method="post",
        data={"h1": "6"},  # no week is open without days: it is given back, nothing is written
    ),
    "diary:look_kept": Row(anonymous="sign-in", owner=302, stranger=302),  # nothing is kept yet
    "diary:past_looks": Row(anonymous="sign-in", owner=200, stranger=200),
    "diary:days": Row(anonymous="sign-in", owner=200, stranger=200),
    "diary:day": Row(anonymous="sign-in", owner=200, stranger=404, args=own_day),
}
