"""Pages of today and of the exercises."""

from __future__ import annotations

import uuid
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from counterpoint.content import Exercise
from counterpoint.web.accounts.models import User
from counterpoint.web.core.access import get_own, signed_in
from counterpoint.web.core.language import current_content
from counterpoint.web.core.statuses import UNREADABLE
from counterpoint.web.diary import pace_queries
from counterpoint.web.diary.pace import Pace
from counterpoint.web.diary.pace_words import lighter_words, tonight_words
from counterpoint.web.practice import queries, services
from counterpoint.web.practice.endings import Ending
from counterpoint.web.practice.forms import EndForm, StartForm
from counterpoint.web.practice.models import PracticeRun
from counterpoint.web.practice.views.offers import offer_words


@signed_in
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Show what is open today, one thing first."""
    owner = _person(request)
    content = current_content()
    offered = services.offer_tonight(owner)
    day = queries.today_of(owner)
    progress = day.questions
    context = {
        "today": day,
        "offer": offered and offer_words(offered),
        "look_lead": content.phrase("look.today"),
        "lighter": lighter_words() if day.is_lighter_offered else None,
        "tonight": tonight_words(pace_queries.tonight(owner)) if day.pace is Pace.LIGHTER else None,
        "not_asked": content.phrase("pace.today"),
        "longest": max(one.whole_minutes for one in content.exercises.values()),
        "no_answered_days": content.phrase("days.none"),
        "nothing_open": content.phrase("empty.today"),
        "letter_lies_here": content.phrase("letters.today"),
        "yesterday_open": content.phrase("checkin.yesterday"),
        "questions_left": content.phrase(
            "questionnaire.progress", answered=progress.said, left=progress.left
        ),
    }
    return render(request, "practice/today.html", context)


@signed_in
@require_safe
def skills(request: HttpRequest) -> HttpResponse:
    """List the skills and what can be practised for each."""
    owner = _person(request)
    open_run = queries.open_run(owner)
    said = current_content().phrase
    context = {
        "plan": queries.plan_of(owner),
        "lead": said("plan.lead"),
        "why": said("plan.why"),
        "reading": said("plan.reading"),
        "free": said("plan.free"),
        "shelves": queries.shelves(owner),
        "open_run": open_run,
        "open_run_title": _exercise(open_run.exercise_id).title if open_run else "",
        "choose": said("practice.choose"),
    }
    return render(request, "practice/skills.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def exercise(request: HttpRequest, exercise_id: str) -> HttpResponse:
    """Say what an exercise is and how to stop, and begin it."""
    owner = _person(request)
    text = _exercise(exercise_id)
    form, status = StartForm(), 200
    if request.method == "POST":
        form, status = StartForm(request.POST), UNREADABLE
        if form.is_valid():
            run = services.start_run(owner, text, key=form.key)
            return redirect("practice:step", run_id=run.pk, number=1)
    content = current_content()
    context = {
        "exercise": text,
        "skill": content.skills[text.skill],
        "form": form,
        "length": content.length_of(text),
        "find_out": _find_out(text),
    }
    return render(request, "practice/exercise.html", context, status=status)


@signed_in
@require_safe
def step(request: HttpRequest, run_id: uuid.UUID, number: int) -> HttpResponse:
    """Show one step; the way to stop is always there."""
    run = get_own(PracticeRun, request, pk=run_id)
    if run.ending != Ending.OPEN:
        return redirect("practice:done", run_id=run.pk)
    text = _exercise(run.exercise_id)
    if not 1 <= number <= len(text.steps):
        raise Http404
    context = {
        "run": run,
        "exercise": text,
        "step": text.steps[number - 1],
        "number": number,
        "is_last": number == len(text.steps),
    }
    return render(request, "practice/step.html", context)


@signed_in
@require_POST
def end(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """Keep that a run was gone through or stopped."""
    run = get_own(PracticeRun, request, pk=run_id)
    form = EndForm(request.POST)
    if not form.is_valid():
        return redirect("practice:step", run_id=run.pk, number=1)
    services.end_run(run, Ending(form.cleaned_data["ending"]))
    return redirect("practice:done", run_id=run.pk)


@signed_in
@require_safe
def done(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """Close a practice with one sentence."""
    run = get_own(PracticeRun, request, pk=run_id)
    if run.ending == Ending.OPEN:
        return redirect("practice:step", run_id=run.pk, number=1)
    text = _exercise(run.exercise_id)
    context = {
        "run": run,
        "exercise": text,
        "skill": current_content().skills[text.skill],
        "find_out": _find_out(text),
        "sentence": current_content().phrase(
            "practice.done" if run.ending == Ending.FINISHED else "practice.stopped"
        ),
    }
    return render(request, "practice/done.html", context)


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _find_out(text: Exercise) -> str:
    """Return the words that lead to trying an exercise out by chance, where that can be done."""
    return current_content().phrase("offer.find_out") if queries.can_be_found_out(text) else ""


def _exercise(exercise_id: str) -> Exercise:
    text = current_content().exercises.get(exercise_id)
    if text is None:
        raise Http404
    return text
