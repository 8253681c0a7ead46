"""The writing desk: a wish in four parts, what simple rules say to it, and what was kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from counterpoint.web.accounts.models import User
from counterpoint.web.core.access import get_own, signed_in
from counterpoint.web.core.htmx import HtmxRequest
from counterpoint.web.core.language import current_content
from counterpoint.web.core.paging import page_number
from counterpoint.web.core.statuses import UNREADABLE
from counterpoint.web.practice import queries, services
from counterpoint.web.practice.forms import DeskForm
from counterpoint.web.practice.models import Draft
from counterpoint.web.practice.readings import MAKES_SMALL, MESSAGE, Reading, Words, read_draft
from counterpoint.web.safety import queries as safety


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HtmxRequest) -> HttpResponse:
    """Show an empty sheet, read what was written on it, or keep it; and list what is kept."""
    owner = _person(request)
    if request.method != "POST":
        return _sheet(request, DeskForm(), {})
    form = DeskForm(request.POST)
    if not form.is_valid():
        return _sheet(request, form, {}, status=UNREADABLE)
    if "keep" in request.POST and form.holds_something():
        kept = services.keep_draft(owner, form.words, key=form.key)
        return redirect("practice:draft", draft_id=kept.pk)
    return _sheet(request, form, form.words, status=UNREADABLE if form.errors else 200)


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HtmxRequest, draft_id: UUID) -> HttpResponse:
    """Show a kept sheet, read what was changed on it, or keep the changes."""
    row = get_own(Draft, request, pk=draft_id)
    owner = _person(request)
    words = queries.draft_words(owner, row)
    if words is None:
        return _sheet(request, None, {}, row)
    if request.method != "POST":
        return _sheet(request, DeskForm(initial=dict(words)), words, row)
    form = DeskForm(request.POST)
    if not form.is_valid():
        return _sheet(request, form, {}, row, status=UNREADABLE)
    if "keep" in request.POST and form.holds_something():
        services.change_draft(owner, row, form.words)
        return redirect("practice:draft", draft_id=row.pk)
    return _sheet(request, form, form.words, row, status=UNREADABLE if form.errors else 200)


@signed_in
@require_POST
def throw_away(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Delete a kept sheet."""
    services.throw_away(get_own(Draft, request, pk=draft_id))
    return redirect("practice:desk")


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _sheet(
    request: HtmxRequest,
    form: DeskForm | None,
    words: Words,
    row: Draft | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Return the sheet with what is said to it, or that part alone where it is asked for."""
    content = current_content()
    without = (MAKES_SMALL,) if safety.is_individual(_person(request)) else ()
    context = _said(read_draft(content.needs, words, without=without))
    if request.htmx:
        return render(request, "practice/_reading.html", context, status=status)
    address = reverse("practice:desk") if row is None else reverse("practice:draft", args=[row.pk])
    context |= {
        "form": form,
        "row": row,
        "address": address,
        "builder": content.needs,
        "fields": [] if form is None else _fields(form),
        "message": None if form is None else form[MESSAGE],
        "yours": content.phrase("desk.yours"),
        "unreadable": content.phrase("safety.cannot_be_read"),
    }
    if row is None:
        context |= _kept(request)
    return render(request, "practice/desk.html", context, status=status)


def _said(reading: Reading) -> dict[str, Any]:
    content = current_content()
    say = content.phrase
    told = []
    if reading.seen:
        told.append(say("desk.seen", parts=_listed(reading.seen)))
    if reading.unseen:
        told.append(say("desk.unseen", parts=_listed(reading.unseen)))
    return {
        "reading": reading,
        "parts_told": told,
        "counted": say("desk.remarks", remarks=len(reading.remarks)) if reading.remarks else "",
        "nothing_marked": content.needs.nothing_marked,
        "silence": say("safety_line") if any(one.is_small for one in reading.remarks) else "",
    }


def _listed(titles: Sequence[str]) -> str:
    """Put titles of parts inside a sentence; in no language does one begin with a noun."""
    return ", ".join(f"{title[:1].lower()}{title[1:]}" for title in titles)


def _fields(form: DeskForm) -> list[dict[str, Any]]:
    builder = current_content().needs
    groups = {"feeling": builder.feelings, "need": builder.needs}
    return [
        {"part": part, "bound": form[name], "groups": groups.get(name, ())}
        for name, part in builder.parts.items()
    ]


def _kept(request: HttpRequest) -> dict[str, Any]:
    page = page_number(request)
    kept, has_older = queries.kept_drafts(_person(request), page)
    if page > 1 and not kept:
        raise Http404
    return {
        "kept": kept,
        "newer": page - 1,
        "older": page + 1 if has_older else None,
        "no_drafts": current_content().phrase("desk.no_drafts"),
    }
