"""Who gets what answer from the routes of today and the exercises."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from access import Row

if TYPE_CHECKING:
    from counterpoint.web.accounts.models import User
    from counterpoint.web.practice.models import PracticeRun


def begun(owner: User) -> PracticeRun:
    """Return a run the owner began."""
    from counterpoint.content import load_content
    from counterpoint.web.practice.services import start_run

    return start_run(owner, load_content().exercises["wave_passes"], key=uuid.uuid4())


def first_step(owner: User) -> dict[str, Any]:
    """Return the address of the first step of the owner's run."""
    return {"run_id": begun(owner).pk, "number": 1}


def open_run(owner: User) -> dict[str, Any]:
    """Return the address of the owner's run."""
    return {"run_id": begun(owner).pk}


def ended_run(owner: User) -> dict[str, Any]:
    """Return the address of a run the owner ended."""
    from counterpoint.web.practice.endings import Ending
    from counterpoint.web.practice.services import end_run

    return {"run_id": end_run(begun(owner), Ending.STOPPED).pk}


def some_exercise(owner: User) -> dict[str, Any]:
    """Return the address of an exercise; exercises are there for everybody."""
    return {"exercise_id": "wave_passes"}


def some_page(owner: User) -> dict[str, Any]:
    """Return the address of a page to learn from; they are there for everybody."""
    return {"page_id": "cycles"}


def kept_draft(owner: User) -> dict[str, Any]:
    """Return the address of a sheet the owner kept."""
    from counterpoint.web.practice.services import keep_draft

    return {"draft_id": keep_draft(owner, {"need": "quiet"}, key=uuid.uuid4()).pk}


def letter_there(owner: User) -> dict[str, Any]:
    """Return the address of a letter of the owner's that lies there unopened."""
    from datetime import timedelta

    from checkins import today_of, write_past

    write_past(owner, [(6, 6)], today_of(owner) - timedelta(days=20))
    return {"movement": "first"}


def letter_opened(owner: User) -> dict[str, Any]:
    """Return the address of a letter the owner opened."""
    from counterpoint.domain.movements import Movement
    from counterpoint.web.practice.services import open_letter

    where = letter_there(owner)
    assert open_letter(owner, Movement.FIRST) is not None
    return where


ROWS = {
    "practice:letters": Row(anonymous="sign-in", owner=200, stranger=200),
    "practice:letter": Row(anonymous="sign-in", owner=200, stranger=404, args=letter_there),
    "practice:letter opened": Row(anonymous="sign-in", owner=200, stranger=404, args=letter_opened),
    "practice:letter unknown": Row(
        anonymous="sign-in", owner=404, stranger=404, args=lambda _: {"movement": "fourth"}
    ),
    "practice:open_letter": Row(anonymous="sign-in", owner=405, stranger=405, args=letter_there),
    "practice:open_letter post": Row(
        anonymous="sign-in",
        owner="/letters/first/",
        stranger=404,
        args=letter_there,
        method="post",
    ),
    "practice:desk": Row(anonymous="sign-in", owner=200, stranger=200),
    "practice:desk post": Row(anonymous="sign-in", owner=422, stranger=422, method="post"),
    "practice:draft": Row(anonymous="sign-in", owner=200, stranger=404, args=kept_draft),
    "practice:draft post": Row(
        anonymous="sign-in", owner=422, stranger=404, args=kept_draft, method="post"
    ),
    "practice:throw_away": Row(anonymous="sign-in", owner=405, stranger=405, args=kept_draft),
    "practice:throw_away post": Row(
        anonymous="sign-in", owner="/desk/", stranger=404, args=kept_draft, method="post"
    ),
    "practice:learn": Row(anonymous=200, owner=200, stranger=200),
    "practice:learn_page": Row(anonymous=200, owner=200, stranger=200, args=some_page),
    "practice:learn_page unknown": Row(
        anonymous=404, owner=404, stranger=404, args=lambda _: {"page_id": "privacy"}
    ),
    "practice:today": Row(anonymous="sign-in", owner=200, stranger=200),
    "practice:skills": Row(anonymous="sign-in", owner=200, stranger=200),
    "practice:why": Row(anonymous="sign-in", owner=200, stranger=200),
    "practice:why post": Row(
        anonymous="sign-in",
        owner="/practice/why/",
        stranger="/practice/why/",
        method="post",
        data={"reason": "friction.pushed", "fits": "no"},
    ),
    "practice:effect": Row(anonymous="sign-in", owner=200, stranger=200),
    "practice:effect post": Row(
        anonymous="sign-in",
        owner="/practice/effect/",
        stranger="/practice/effect/",
        method="post",
        data={"drawing": "off"},
    ),
    "practice:let_lie": Row(anonymous="sign-in", owner=405, stranger=405),
    "practice:let_lie post": Row(
        anonymous="sign-in", owner="/today/", stranger="/today/", method="post"
    ),
    "practice:find_out": Row(anonymous="sign-in", owner=200, stranger=200, args=some_exercise),
    "practice:find_out post": Row(
        anonymous="sign-in", owner=422, stranger=422, args=some_exercise, method="post"
    ),
    "practice:exercise": Row(anonymous="sign-in", owner=200, stranger=200, args=some_exercise),
    "practice:exercise post": Row(
        anonymous="sign-in", owner=422, stranger=422, args=some_exercise, method="post"
    ),
    "practice:exercise unknown": Row(
        anonymous="sign-in", owner=404, stranger=404, args=lambda _: {"exercise_id": "no"}
    ),
    "practice:step": Row(anonymous="sign-in", owner=200, stranger=404, args=first_step),
    "practice:end": Row(anonymous="sign-in", owner=405, stranger=405, args=open_run),
    "practice:end post": Row(
        anonymous="sign-in",
        owner=302,
        stranger=404,
        args=open_run,
        method="post",
        data={"ending": "finished"},
    ),
    "practice:done": Row(anonymous="sign-in", owner=200, stranger=404, args=ended_run),
}
