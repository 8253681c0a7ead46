"""Who gets what answer from the routes of the dynamics app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from access import Row
from access.couples import joined
from counterpoint.domain.couplings import Cost

if TYPE_CHECKING:
    from counterpoint.web.accounts.models import User


def answered(owner: User) -> dict[str, Any]:
    """Write an evening of the owner's."""
    from access.diary import written_day

    written_day(owner)
    return {}


FOUR_STEPS = {
    "contagion": "3",
    "closeness_costs_self": "2",
    "self_costs_closeness": "1",
    "pull_away": "4",
}


def sealed(owner: User) -> dict[str, Any]:
    """Let the owner seal a hunch; no address names one."""
    from counterpoint.web.dynamics.services.hunches import seal_hunches

    seal_hunches(owner, {Cost.PULL_AWAY: None})
    return {}


QUIET = {"sign": "staying_quiet"}

ROWS = {
    "dynamics:signs": Row(anonymous="sign-in", owner=200, stranger=200),
    "dynamics:sign": Row(anonymous="sign-in", owner=200, stranger=200, args=lambda _: dict(QUIET)),
    "dynamics:sign unknown": Row(
        anonymous="sign-in", owner=404, stranger=404, args=lambda _: {"sign": "codependence"}
    ),
    "dynamics:learned": Row(
        anonymous="sign-in", owner=200, stranger=200, args=lambda _: dict(QUIET)
    ),
    "dynamics:learned post": Row(
        anonymous="sign-in",
        owner="/signs/staying_quiet/learned/",
        stranger="/signs/staying_quiet/learned/",
        args=lambda _: dict(QUIET),
        method="post",
        data={"words": "A kitchen."},
    ),
    "dynamics:choosing": Row(anonymous="sign-in", owner=200, stranger=200),
    "dynamics:choosing post": Row(
        anonymous="sign-in",
        owner="/signs/choosing/",
        stranger="/signs/choosing/",
        method="post",
        data={"words": "Whoever laughed first."},
    ),
    "dynamics:calm": Row(anonymous="sign-in", owner=200, stranger=200),
    "dynamics:calm post": Row(
        anonymous="sign-in",
        owner="/signs/calm/",
        stranger="/signs/calm/",
        method="post",
        data={"words": "A song of ours."},
    ),
    "dynamics:hunches": Row(anonymous="sign-in", owner=200, stranger=200),
    "dynamics:hunches post": Row(
        anonymous="sign-in", owner="/hunches/", stranger="/hunches/", method="post"
    ),
    "dynamics:open_hunch": Row(anonymous="sign-in", owner=405, stranger=405),
    "dynamics:open_hunch post": Row(
        anonymous="sign-in",
        owner="/hunches/#pull_away",
        stranger=404,
        args=sealed,
        method="post",
        data={"hunch": "pull_away"},
    ),
    "dynamics:plane": Row(anonymous="sign-in", owner=200, stranger=200),
    "dynamics:change": Row(anonymous="sign-in", owner=200, stranger=200),
    "dynamics:score": Row(anonymous="sign-in", owner=200, stranger=200),
    "dynamics:score_sheet": Row(
        anonymous="sign-in", owner="/plane/score/", stranger="/plane/score/"
    ),
    "dynamics:score_sheet answered": Row(
        anonymous="sign-in", owner=200, stranger="/plane/score/", args=answered
    ),
    "dynamics:score_sound": Row(anonymous="sign-in", owner=404, stranger=404),
    "dynamics:score_sound answered": Row(
        anonymous="sign-in", owner=200, stranger=404, args=answered
    ),
    "dynamics:joint_sheet": Row(
        anonymous="sign-in", owner=404, stranger=404, partner="/two/picture/"
    ),
    "dynamics:joint_sheet joined": Row(
        anonymous="sign-in",
        owner="/two/picture/",
        stranger=404,
        partner="/two/picture/",
        args=joined,
    ),
    "dynamics:joint_sound": Row(anonymous="sign-in", owner=404, stranger=404),
    "dynamics:joint": Row(anonymous="sign-in", owner=404, stranger=404, partner=200),
    "dynamics:joint joined": Row(
        anonymous="sign-in", owner=200, stranger=404, partner=200, args=joined
    ),
    "dynamics:maps": Row(anonymous="sign-in", owner=404, stranger=404, partner=200),
    "dynamics:maps joined": Row(
        anonymous="sign-in", owner=200, stranger=404, partner=200, args=joined
    ),
    "dynamics:maps post": Row(
        anonymous="sign-in",
        owner="/two/maps/",
        stranger=404,
        partner="/two/maps/",
        args=joined,
        method="post",
        data=FOUR_STEPS,
    ),
    "dynamics:lay_open": Row(anonymous="sign-in", owner=405, stranger=405),
    "dynamics:lay_open post": Row(
        anonymous="sign-in",
        owner="/two/maps/",
        stranger=404,
        partner="/two/maps/",
        args=joined,
        method="post",
    ),
    "dynamics:take_back": Row(anonymous="sign-in", owner=405, stranger=405),
    "dynamics:take_back post": Row(
        anonymous="sign-in",
        owner="/two/maps/",
        stranger=404,
        partner="/two/maps/",
        args=joined,
        method="post",
    ),
    "dynamics:simulated_sound": Row(anonymous=200, owner=200, stranger=200),
    "dynamics:simulated": Row(anonymous=200, owner=200, stranger=200),
    "dynamics:lab": Row(anonymous=200, owner=200, stranger=200),
    "dynamics:lab_mine": Row(anonymous="sign-in", owner=200, stranger=200),
    "dynamics:lab_mine post": Row(
        method="post", data={"a2": "25"}, anonymous="sign-in", owner=200, stranger=200
    ),
}
