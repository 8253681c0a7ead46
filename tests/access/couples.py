"""Who gets what answer from the page for two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from access import Row

if TYPE_CHECKING:
    from counterpoint.web.accounts.models import User


def joined(owner: User) -> dict[str, Any]:
    """Join the owner with somebody; the page is theirs alone to open."""
    from pairs import join
    from people import make_person

    join(owner, make_person("other"))
    return {}


def kind_of_joined(owner: User) -> dict[str, Any]:
    """Join the owner; return the address of a kind no app shows."""
    joined(owner)
    return {"name": "nothing"}


def sunday_of_joined(owner: User) -> dict[str, Any]:
    """Join the owner; return the address of a card."""
    joined(owner)
    return {"turns_on": "2026-11-29"}


ROWS = {
    "couples:page": Row(anonymous="sign-in", owner=200, stranger=200),
    "couples:page joined": Row(anonymous="sign-in", owner=200, stranger=200, args=joined),
    "couples:code": Row(anonymous="sign-in", owner=200, stranger=200, partner="/two/"),
    "couples:code joined": Row(
        anonymous="sign-in", owner="/two/", stranger=200, partner="/two/", args=joined
    ),
    "couples:code post": Row(
        anonymous="sign-in", owner=422, stranger=422, partner="/two/", method="post"
    ),
    "couples:forget_code": Row(anonymous="sign-in", owner=405, stranger=405),
    "couples:forget_code post": Row(
        anonymous="sign-in", owner="/two/", stranger="/two/", method="post"
    ),
    "couples:enter": Row(anonymous="sign-in", owner=200, stranger=200, partner="/two/"),
    "couples:enter joined": Row(
        anonymous="sign-in", owner="/two/", stranger=200, partner="/two/", args=joined
    ),
    "couples:enter post": Row(
        anonymous="sign-in", owner=422, stranger=422, partner="/two/", method="post"
    ),
    "couples:join": Row(anonymous="sign-in", owner=405, stranger=405),
    "couples:join post": Row(anonymous="sign-in", owner=404, stranger=404, method="post"),
    "couples:step_back": Row(anonymous="sign-in", owner=405, stranger=405),
    "couples:step_back post": Row(
        anonymous="sign-in", owner="/two/", stranger="/two/", method="post"
    ),
    "couples:leave": Row(anonymous="sign-in", owner=302, stranger=302),
    "couples:leave joined": Row(anonymous="sign-in", owner=302, stranger=302, args=joined),
    "couples:leave post": Row(
        anonymous="sign-in", owner=302, stranger=302, args=joined, method="post"
    ),
    "couples:sharing": Row(anonymous="sign-in", owner=404, stranger=404, partner=200),
    "couples:sharing joined": Row(
        anonymous="sign-in", owner=200, stranger=404, partner=200, args=joined
    ),
    "couples:freeze": Row(anonymous="sign-in", owner=405, stranger=405),
    "couples:freeze post": Row(
        anonymous="sign-in",
        owner="/two/sharing/",
        stranger=404,
        partner="/two/sharing/",
        args=joined,
        method="post",
    ),
    "couples:thaw": Row(anonymous="sign-in", owner=405, stranger=405),
    "couples:thaw post": Row(
        anonymous="sign-in",
        owner="/two/sharing/",
        stranger=404,
        partner="/two/sharing/",
        args=joined,
        method="post",
    ),
    "couples:stop": Row(anonymous="sign-in", owner=405, stranger=405),
    "couples:stop post": Row(
        anonymous="sign-in",
        owner="/two/sharing/",
        stranger=404,
        partner="/two/sharing/",
        args=joined,
        method="post",
    ),
    "couples:kind": Row(anonymous="sign-in", owner=404, stranger=404, args=kind_of_joined),
    "couples:kind post": Row(
        anonymous="sign-in", owner=404, stranger=404, args=kind_of_joined, method="post"
    ),
    "couples:withdraw": Row(anonymous="sign-in", owner=405, stranger=405, args=kind_of_joined),
    "couples:withdraw post": Row(
        anonymous="sign-in", owner=404, stranger=404, args=kind_of_joined, method="post"
    ),
    "couples:table": Row(anonymous="sign-in", owner=404, stranger=404, partner=200),
    "couples:table joined": Row(
        anonymous="sign-in", owner=200, stranger=404, partner=200, args=joined
    ),
    "couples:table post": Row(
        anonymous="sign-in", owner=422, stranger=404, partner=422, args=joined, method="post"
    ),
    "couples:take_back": Row(anonymous="sign-in", owner=405, stranger=405, args=sunday_of_joined),
    "couples:take_back post": Row(
        anonymous="sign-in",
        owner="/two/",
        stranger=404,
        partner="/two/",
        args=sunday_of_joined,
        method="post",
    ),
}
