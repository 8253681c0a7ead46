"""Hunches: four guesses about oneself, sealed, and opened beside the days."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from counterpoint.domain.couplings import Cost
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.language import current_content
from counterpoint.web.core.statuses import UNREADABLE
from counterpoint.web.dynamics.forms import HunchForm
from counterpoint.web.dynamics.hunches import hunch_page
from counterpoint.web.dynamics.services import hunches as services


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def hunches(request: HttpRequest) -> HttpResponse:
    """Show the hunches, and seal those that are not open yet."""
    owner = cast(User, request.user)
    page = hunch_page(owner, clock.today(owner.zone))
    may_change = {card.cost: card.guess for card in page.may_change}
    form, status = HunchForm(may_change), 200
    if request.method == "POST":
        form, status = HunchForm(may_change, request.POST), UNREADABLE
        if form.is_valid():
            services.seal_hunches(owner, form.guesses)
            return redirect("dynamics:hunches")
    say = current_content().phrase
    context = {
        "page": page,
        "form": form,
        "questions": form.questions(),
        "lead": say("hunch.lead"),
        "sealed": say("hunch.sealed"),
        "for_good": say("hunch.for_good"),
        "nothing_moved": say("hunch.nothing_moved"),
    }
    return render(request, "dynamics/hunches.html", context, status=status)


@signed_in
@require_POST
def open_hunch(request: HttpRequest) -> HttpResponse:
    """Open one sealed hunch for good."""
    try:
        cost = Cost(request.POST.get("hunch", ""))
    except ValueError as error:
        raise Http404 from error
    if not services.open_hunch(cast(User, request.user), cost):
        raise Http404
    return redirect(f"{reverse('dynamics:hunches')}#{cost.value}")
