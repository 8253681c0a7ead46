"""Who gets what answer from the routes of marks and questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from access import Row

if TYPE_CHECKING:
    from counterpoint.web.accounts.models import User

QUIET = {"sign": "staying_quiet"}


def some_item(owner: User) -> dict[str, Any]:
    """Return the address of one sentence; the same sentences are there for everybody."""
    return {"item_id": "staying_quiet_1"}


ROWS = {
    "assessment:place": Row(anonymous="sign-in", owner="/place/now/", stranger="/place/now/"),
    "assessment:mark": Row(
        anonymous="sign-in", owner=200, stranger=200, args=lambda _: {"kind": "wish"}
    ),
    "assessment:mark post": Row(
        anonymous="sign-in",
        owner=422,
        stranger=422,
        args=lambda _: {"kind": "wish"},
        method="post",
    ),
    "assessment:mark unknown": Row(
        anonymous="sign-in", owner=404, stranger=404, args=lambda _: {"kind": "score"}
    ),
    "assessment:questions": Row(anonymous="sign-in", owner=200, stranger=200),
    "assessment:question": Row(anonymous="sign-in", owner=200, stranger=200, args=some_item),
    "assessment:question post": Row(
        anonymous="sign-in",
        owner=302,
        stranger=302,
        args=some_item,
        method="post",
        data={"value": "2"},
    ),
    "assessment:questions_done": Row(
        anonymous="sign-in", owner="/questions/", stranger="/questions/"
    ),
    "assessment:begin_again": Row(anonymous="sign-in", owner=405, stranger=405),
    "assessment:begin_again post": Row(
        anonymous="sign-in", owner="/questions/", stranger="/questions/", method="post"
    ),
    "assessment:leave_out": Row(
        anonymous="sign-in", owner=405, stranger=405, args=lambda _: dict(QUIET)
    ),
    "assessment:leave_out post": Row(
        anonymous="sign-in",
        owner="/questions/",
        stranger="/questions/",
        args=lambda _: dict(QUIET),
        method="post",
    ),
    "assessment:take_in": Row(
        anonymous="sign-in",
        owner="/questions/",
        stranger="/questions/",
        args=lambda _: dict(QUIET),
        method="post",
    ),
}
