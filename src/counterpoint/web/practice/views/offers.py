"""Finding out whether an exercise helps: told beforehand, offered, let lie, and what was seen."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from counterpoint.content import Exercise
from counterpoint.web.accounts.models import User
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.language import current_content
from counterpoint.web.core.statuses import UNREADABLE
from counterpoint.web.diary.offers import CHANCE
from counterpoint.web.practice import queries, services
from counterpoint.web.practice.forms import FindOutForm, SwitchForm


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def find_out(request: HttpRequest, exercise_id: str) -> HttpResponse:
    """Say beforehand what is drawn, what is looked at and when, and begin it."""
    owner = cast(User, request.user)
    content = current_content()
    exercise = content.exercises.get(exercise_id)
    if exercise is None or not queries.can_be_found_out(exercise):
        raise Http404
    form, status = FindOutForm(), 200
    if request.method == "POST":
        form, status = FindOutForm(request.POST), UNREADABLE
        if form.is_valid():
            services.find_out(owner, exercise, key=form.key)
            return redirect("practice:effect")
    said = content.phrase
    current = queries.finding_out(owner)
    goes_on = current is not None and not current.is_over
    outcome = f"{exercise.outcome.axis.value}.{exercise.outcome.time.value}"
    context = {
        "exercise": exercise,
        "form": form,
        "title": said("offer.find_out"),
        "told": (
            said("offer.half"),
            said("offer.where"),
            said(f"effect.named.{outcome}"),
            said("offer.looks"),
            said("offer.no_task"),
            said("offer.off"),
        ),
        "chance": said("offer.chance", chance=chance_in_ten()),
        "one": said("offer.one"),
        "so_far": said("offer.so_far", title=current.title)
        if current is not None and goes_on and current.exercise_id != exercise_id
        else "",
    }
    return render(request, "practice/find_out.html", context, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def effect(request: HttpRequest) -> HttpResponse:
    """Show what the evenings show, and switch the drawing off or on."""
    owner = cast(User, request.user)
    form, status = None, 200
    if request.method == "POST":
        form, status = SwitchForm(request.POST), UNREADABLE
        if form.is_valid():
            services.switch_offers(owner, on=form.cleaned_data["drawing"])
            return redirect("practice:effect")
    said = current_content().phrase
    context = {
        "cards": queries.effect_cards(owner),
        "current": queries.finding_out(owner),
        "form": form,
        "title": said("effect.title"),
        "nothing": said("offer.none"),
        "chance": said("offer.chance", chance=chance_in_ten()),
        "off": said("offer.off"),
        "is_off": said("offer.is_off"),
        "own_reason": said("effect.own_reason"),
        "sundays": queries.sundays(owner),
        "halves": said("effect.halves"),
    }
    return render(request, "practice/effect.html", context, status=status)


@signed_in
@require_POST
def let_lie(request: HttpRequest) -> HttpResponse:
    """Leave tonight's offer for another day."""
    services.let_lie(cast(User, request.user))
    return redirect("practice:today")


def offer_words(exercise: Exercise) -> dict[str, object]:
    """Return what the card of an offer says."""
    said = current_content().phrase
    return {
        "exercise": exercise,
        "lead": said("offer.lead", title=exercise.title),
        "chance": said("offer.chance", chance=chance_in_ten()),
        "no_task": said("offer.no_task"),
    }


def chance_in_ten() -> int:
    """Return the chance of an offer as a number of evenings in ten."""
    return round(10 * CHANCE)
