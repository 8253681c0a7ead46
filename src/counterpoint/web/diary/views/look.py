"""Pages of the look at a week: the questions, what stands beside them, and earlier looks."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from counterpoint.domain.plane import Corner
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.day_words import day_and_month
from counterpoint.web.core.language import current_content
from counterpoint.web.core.statuses import UNREADABLE
from counterpoint.web.diary import looks, own, weeks
from counterpoint.web.diary.look_forms import LookForm
from counterpoint.web.diary.look_services import ClosedWeekError, keep_look
from counterpoint.web.diary.own import Rhythm
from counterpoint.web.diary.own_forms import OwnTapsForm
from counterpoint.web.diary.own_services import keep_answers


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """Ask about the week that is open, or say when the next look is."""
    owner = _person(request)
    week = looks.open_week(owner)
    if request.method == "POST":
        return _receive(request, owner, week)
    if week is None:
        return _between(request, owner)
    form = LookForm(look=_kept(owner, week))
    return _ask(request, form, _own_taps(None, owner, week), week)


def _receive(request: HttpRequest, owner: User, week: looks.OpenWeek | None) -> HttpResponse:
    """Keep what was sent; a form about a week that has closed is given back as it was."""
    form, asked = LookForm(request.POST), _own_taps(request.POST, owner, week)
    if form.is_valid() and asked.is_valid():
        if week is None or not form.is_about(week.ends_on):
            return _closed(request, form, asked)
        try:
            written = keep_look(owner, week.ends_on, form.answers(), key=form.key)
        except ClosedWeekError:  # it closed between reading and sending
            return _closed(request, form, asked)
        keep_answers(owner, week.ends_on, Rhythm.WEEK, asked.taps, key=form.key)
        return redirect("diary:look_kept" if written is not None else "practice:today")
    return _ask(request, form, asked, week, status=UNREADABLE)


def _closed(request: HttpRequest, form: LookForm, asked: OwnTapsForm) -> HttpResponse:
    form.add_error(None, current_content().phrase("look.closed"))
    return _ask(request, form, asked, None, status=UNREADABLE)


def _ask(
    request: HttpRequest,
    form: LookForm,
    asked: OwnTapsForm,
    week: looks.OpenWeek | None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Show the questions with what the forms hold; ``week`` is ``None`` where it has closed."""
    kept = None if week is None else _kept(_person(request), week)
    named = form["week"].value() if form.is_bound else None
    context = {
        "form": form,
        "week": week,
        "asked_about": named or (week.ends_on.isoformat() if week is not None else ""),
        "questions": form.questions(),
        "halves": form.halves(),
        "own_rows": asked.rows(),
        "moment": form.moment_question(),
        "often": current_content().sunday.often,
        "is_kept": kept is not None,
        "has_unreadable": kept is not None and None in kept.lines.values(),
        "counted": "" if week is None else _counted(week),
        **_say("lead", "may_stay_empty", "halves", "lines"),
        "unreadable": current_content().phrase("safety.cannot_be_read"),
    }
    return render(request, "diary/look.html", context, status=status)


def _kept(owner: User, week: looks.OpenWeek) -> looks.Look | None:
    row = looks.look_row(owner, week.ends_on)
    return None if row is None else looks.opened(owner, row)


def _own_taps(sent: QueryDict | None, owner: User, week: looks.OpenWeek | None) -> OwnTapsForm:
    return OwnTapsForm(
        sent,
        questions=own.current(owner, Rhythm.WEEK),
        taps={} if week is None else own.taps_on(owner, week.ends_on),
    )


@signed_in
@require_safe
def look_kept(request: HttpRequest) -> HttpResponse:
    """Give back what was written, with what can be looked at beside it."""
    owner = _person(request)
    week = looks.open_week(owner)
    kept = None if week is None else _kept(owner, week)
    if week is None or kept is None:
        return redirect("diary:look")
    context = {
        "look": kept,
        "week": week,
        "counted": _counted(week),
        **_say("beside", "wish"),
        "unreadable": current_content().phrase("safety.cannot_be_read"),
    }
    return render(request, "diary/look_kept.html", context)


@signed_in
@require_safe
def past_looks(request: HttpRequest) -> HttpResponse:
    """List the looks so far, the newest first, each with its own words."""
    owner = _person(request)
    context = {
        "looks": looks.looks(owner),
        "none": current_content().phrase("look.none"),
        "unreadable": current_content().phrase("safety.cannot_be_read"),
    }
    return render(request, "diary/looks.html", context)


def _between(request: HttpRequest, owner: User) -> HttpResponse:
    today = clock.today(owner.zone)
    context = {
        "next_on": day_and_month(weeks.next_sunday(today)),
        "has_looks": looks.has_looks(owner),
        **_say("between"),
    }
    return render(request, "diary/look_between.html", context)


def _counted(week: looks.OpenWeek) -> str:
    """Say how many of the week's days are known, and how many were near and oneself if any was."""
    say = current_content().phrase
    if not week.counts.days:
        return say("look.no_days")
    both = week.counts.counts[Corner.NEAR_AND_MYSELF]
    known = say("look.counted", n=week.counts.days)
    return f"{known} {say('look.counted_both', both=both)}" if both else known


def _say(*names: str) -> dict[str, Any]:
    return {f"say_{name}": current_content().phrase(f"look.{name}") for name in names}


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)
