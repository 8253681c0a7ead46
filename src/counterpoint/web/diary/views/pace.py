"""Choosing how often one is asked, the offer of a lighter mode, and its one tap."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from counterpoint.web.accounts.models import User
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.language import current_content
from counterpoint.web.core.statuses import UNREADABLE
from counterpoint.web.diary import pace_queries, pace_services
from counterpoint.web.diary.pace import Pace
from counterpoint.web.diary.pace_forms import LighterForm, PaceForm, TonightForm


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def pace(request: HttpRequest) -> HttpResponse:
    """Show the four paces, and keep the one that is chosen."""
    owner = cast(User, request.user)
    form, status = PaceForm(), 200
    if request.method == "POST":
        form, status = PaceForm(request.POST), UNREADABLE
        if form.is_valid():
            pace_services.set_pace(owner, Pace(form.cleaned_data["pace"]))
            return redirect("diary:pace")
    said = current_content().phrase
    chosen = pace_queries.pace(owner)
    context = {
        "form": form,
        "chosen": chosen,
        "chosen_words": said("pace.now", pace=said(f"pace.{chosen.value}")),
        "paces": [(one, said(f"pace.{one.value}"), said(f"pace.{one.value}.what")) for one in Pace],
        "lead": said("pace.lead"),
        "alone": said("pace.alone"),
    }
    return render(request, "diary/pace.html", context, status=status)


@signed_in
@require_POST
def lighter(request: HttpRequest) -> HttpResponse:
    """Keep the answer to the offer; an answer that cannot be read changes nothing."""
    form = LighterForm(request.POST)
    if form.is_valid():
        pace_services.answer_lighter(cast(User, request.user), accepts=form.cleaned_data["lighter"])
    return redirect("practice:today")


@signed_in
@require_POST
def tonight(request: HttpRequest) -> HttpResponse:
    """Keep the one tap of an evening; one that cannot be read changes nothing."""
    form = TonightForm(request.POST)
    if form.is_valid():
        pace_services.tap_tonight(cast(User, request.user), form.cleaned_data["g"], key=form.key)
    return redirect("practice:today")
