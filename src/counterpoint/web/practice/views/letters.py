"""Pages of the three letters."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from counterpoint.domain.movements import Movement
from counterpoint.domain.plane import Place
from counterpoint.pictures import Mark, MarkKind, Picture, plane
from counterpoint.web.accounts.models import User
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.language import current_content, current_language
from counterpoint.web.practice import queries, services
from counterpoint.web.practice.letter_form import LetterText


@signed_in
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """List the three letters: opened, waiting, and still ahead."""
    said = current_content().phrase
    states = queries.letter_states(_person(request))
    context = {
        "letters": [(one, said(f"letter.title.{one.movement.value}")) for one in states],
        "lead": said("letters.lead"),
        "waits": said("letters.waits"),
        "ahead": said("letters.ahead"),
    }
    return render(request, "practice/letters.html", context)


@signed_in
@require_safe
def letter(request: HttpRequest, movement: str) -> HttpResponse:
    """Show a letter, or that it lies there unopened."""
    owner, which = _person(request), _movement(movement)
    kept = queries.kept_letter(owner, which)
    said = current_content().phrase
    if kept is None:
        if which not in queries.letters_there(owner):
            raise Http404
        waiting = {
            "movement": which,
            "title": said(f"letter.title.{which.value}"),
            "waits": said("letters.waits"),
            "how": said("letters.how"),
        }
        return render(request, "practice/letter_waits.html", waiting)
    text = queries.read_now(owner, kept)
    context = {
        "letter": text,
        "told_in": kept.language,
        "opened_at": kept.opened_at,
        "title": said(f"letter.title.{which.value}"),
        "picture": None if text is None else _wish_picture(text),
        "unreadable": said("safety.cannot_be_read"),
        "on_paper": said("letters.on_paper"),
    }
    return render(request, "practice/letter.html", context)


@signed_in
@require_POST
def open_letter(request: HttpRequest, movement: str) -> HttpResponse:
    """Open a letter that lies there."""
    which = _movement(movement)
    if services.open_letter(_person(request), which) is None:
        raise Http404
    return redirect("practice:letter", movement=which.value)


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _movement(text: str) -> Movement:
    try:
        return Movement(text)
    except ValueError as error:
        raise Http404 from error


def _wish_picture(text: LetterText) -> Picture | None:
    """Draw the wish now, and the first one pale below it where it has moved."""
    if text.wish is None:
        return None
    said = current_content().phrase
    then, now = (Place(*one) for one in text.wish)
    marks = [Mark(now, MarkKind.WISH, said("letter.wish.now"))]
    if then != now:
        marks.insert(0, Mark(then, MarkKind.WISH, said("letter.wish.then"), pale=True))
    return plane(marks, title=said("letter.wish.title"), key="wish", language=current_language())
