"""Pages of the diary: two screens of a check-in, what comes back, and the days so far."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from counterpoint.domain.diary import SLOTS, days_open
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.language import current_content
from counterpoint.web.core.paging import page_number
from counterpoint.web.core.statuses import UNREADABLE
from counterpoint.web.diary import own, queries, rules, services
from counterpoint.web.diary.forms import ScreenOneForm, ScreenTwoForm
from counterpoint.web.diary.lines import line_back
from counterpoint.web.diary.own import Rhythm
from counterpoint.web.diary.own_forms import OwnTapsForm
from counterpoint.web.diary.own_services import keep_answers
from counterpoint.web.diary.sheets import sheets

CLOSED = _(
    "This day is closed: only today and yesterday can be written. "
    "What you entered is still here on this page."
)


@signed_in
@require_safe
def checkin(request: HttpRequest) -> HttpResponse:
    """Lead to today's check-in."""
    today = clock.today(_person(request).zone)
    return redirect("diary:checkin_one", day=today.isoformat(), slot=SLOTS[0])


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def checkin_one(request: HttpRequest, day: str, slot: int) -> HttpResponse:
    """Show and keep the first screen."""
    owner = _person(request)
    about_on = _writable_day(owner, day, slot)
    row = queries.checkin_on(owner, about_on, slot)
    if request.method != "POST":
        if not rules.is_open(about_on, clock.now(), owner.zone):
            return redirect("diary:day", day=day)  # not there, if nothing was written
        order = services.draw_order(owner)
        form = ScreenOneForm(checkin=row)
        return render(request, "diary/one.html", _one(owner, about_on, slot, order, form))
    form = ScreenOneForm(request.POST)
    if form.is_valid():
        try:
            kept = services.record_screen_one(owner, about_on, slot, form.answers(), key=form.key)
        except services.ClosedDayError:
            form.add_error(None, CLOSED)
        else:
            onward = "diary:checkin_more" if kept is not None else "diary:checkin_saved"
            return redirect(onward, day=day, slot=slot)
    order = services.draw_order(owner)
    context = _one(owner, about_on, slot, order, form)
    return render(request, "diary/one.html", context, status=UNREADABLE)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def checkin_more(request: HttpRequest, day: str, slot: int) -> HttpResponse:
    """Show and keep the second screen; leaving it out is as good as filling it in."""
    owner = _person(request)
    about_on = _writable_day(owner, day, slot)
    row = queries.checkin_on(owner, about_on, slot)
    if row is None:
        return redirect("diary:checkin_one", day=day, slot=slot)
    before = queries.friction_before(owner, about_on) if slot == SLOTS[0] else None
    words = queries.own_words(owner, row)
    form = ScreenTwoForm(
        request.POST if request.method == "POST" else None,
        checkin=row,
        line=words,
        asks_friction=rules.is_friction(row.e1),
        before=before,
    )
    asked = OwnTapsForm(
        request.POST if request.method == "POST" else None,
        questions=own.current(owner, Rhythm.DAY) if slot == SLOTS[0] else (),
        taps=own.taps_on(owner, about_on),
    )
    status = 200
    if request.method == "POST":
        if form.is_valid() and asked.is_valid():
            try:
                services.record_screen_two(owner, about_on, slot, form.answers(), key=form.key)
            except services.ClosedDayError:
                form.add_error(None, CLOSED)
            else:
                keep_answers(owner, about_on, Rhythm.DAY, asked.taps, key=form.key)
                return redirect("diary:checkin_saved", day=day, slot=slot)
        status = UNREADABLE
    elif not rules.is_open(about_on, clock.now(), owner.zone):
        return redirect("diary:day", day=day)
    order = services.draw_order(owner)
    content = current_content()
    context = {
        **_heading(owner, about_on, slot),
        "form": form,
        "questions": form.questions(order),
        "friction_questions": form.friction_questions(),
        "question_of_yesterday": form.question_of_yesterday(),
        "own_rows": asked.rows(),
        "line_item": content.checkin.items["l"],
        "is_kept": row.second_at is not None,
        "cannot_be_read": words is None,
        "three_more": content.phrase("checkin.three_more"),
        "enough": content.phrase("checkin.enough"),
        "repair_again": content.phrase("checkin.repair_again"),
        "unreadable": content.phrase("safety.cannot_be_read"),
    }
    return render(request, "diary/more.html", context, status=status)


@signed_in
@require_safe
def checkin_saved(request: HttpRequest, day: str, slot: int) -> HttpResponse:
    """Give one line back, in the person's own numbers and words."""
    owner = _person(request)
    about_on = _writable_day(owner, day, slot)
    row = queries.checkin_on(owner, about_on, slot)
    is_open = rules.is_open(about_on, clock.now(), owner.zone)
    if row is None and not is_open:
        raise Http404
    context = {
        **_heading(owner, about_on, slot),
        "lines": line_back(owner, row),
        "is_kept": row is not None,
        "words": "" if row is None else queries.own_words(owner, row),
        "answered_days": queries.answered_days(owner),
        "no_answered_days": current_content().phrase("days.counted"),
        "is_open": is_open,
        "unreadable": current_content().phrase("safety.cannot_be_read"),
        "second_slot": SLOTS[1] if slot == SLOTS[0] and row is not None else None,
    }
    return render(request, "diary/saved.html", context)


@signed_in
@require_safe
def days(request: HttpRequest) -> HttpResponse:
    """List the days so far, newest first."""
    owner = _person(request)
    page = page_number(request)
    entries, has_older = queries.days_on_page(owner, page)
    if page > 1 and not entries:
        raise Http404
    context = {
        "entries": entries,
        "answered_days": queries.answered_days(owner),
        "no_answered_days": current_content().phrase("days.none"),
        "open_days": queries.open_days(owner),
        "no_days": current_content().phrase("empty.days"),
        "unreadable": current_content().phrase("safety.cannot_be_read"),
        "newer": page - 1,
        "older": page + 1 if has_older else None,
    }
    return render(request, "diary/days.html", context)


@signed_in
@require_safe
def day(request: HttpRequest, day: str) -> HttpResponse:
    """Show one day as it was written."""
    owner = _person(request)
    entry = queries.day_entry(owner, _read_day(day))
    if entry is None:
        raise Http404
    content = current_content()
    context = {
        "entry": entry,
        "sheets": sheets(entry),
        "closed": content.phrase("checkin.closed"),
        "unreadable": content.phrase("safety.cannot_be_read"),
    }
    return render(request, "diary/day.html", context)


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _read_day(text: str) -> date:
    try:
        read = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    if read.isoformat() != text:
        raise Http404
    return read


def _writable_day(owner: User, text: str, slot: int) -> date:
    """Return the day of a check-in; other slots and a second before a first are not there."""
    about_on = _read_day(text)
    if slot not in SLOTS:
        raise Http404
    if slot != SLOTS[0] and queries.checkin_on(owner, about_on, SLOTS[0]) is None:
        raise Http404
    return about_on


def _heading(owner: User, about_on: date, slot: int) -> dict[str, Any]:
    today, yesterday = days_open(clock.now(), owner.zone)
    return {
        "day": about_on,
        "slot": slot,
        "is_today": about_on == today,
        "is_yesterday": about_on == yesterday,
        "today": today,
        "yesterday": yesterday,
    }


def _one(
    owner: User, about_on: date, slot: int, order: tuple[str, ...], form: ScreenOneForm
) -> dict[str, Any]:
    content = current_content()
    return {
        **_heading(owner, about_on, slot),
        "form": form,
        "questions": form.questions(order),
        "open_until": content.phrase("checkin.today"),
    }
