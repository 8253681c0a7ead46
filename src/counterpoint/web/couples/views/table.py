"""The table of the week."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from counterpoint.web.accounts.rules import zone_of
from counterpoint.web.core import clock
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.language import current_content
from counterpoint.web.core.statuses import UNREADABLE
from counterpoint.web.couples import queries, rules, services
from counterpoint.web.couples.forms import CardForm
from counterpoint.web.couples.views.page import person, told


@signed_in
@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest) -> HttpResponse:
    """Lay one card face down for the coming Sunday."""
    viewer = person(request)
    if queries.current_membership(viewer) is None:
        raise Http404
    form, status = CardForm(), 200
    if request.method == "POST":
        form, status = CardForm(request.POST), UNREADABLE
        if form.is_valid():
            services.lay_card(viewer, *form.card)
            return redirect("couples:page")
    content = current_content()
    turn = told(rules.next_turn(clock.now()), zone_of(viewer.zone))
    context = {
        "form": form,
        "lead": content.phrase("table.lead"),
        "turns": content.phrase("table.turns", turn=turn),
    }
    return render(request, "couples/table.html", context, status=status)


@signed_in
@require_POST
def take_back(request: HttpRequest, turns_on: str) -> HttpResponse:
    """Take one's card off the table, turned or not."""
    try:
        day = date.fromisoformat(turns_on)
    except ValueError as error:
        raise Http404 from error
    services.take_back(person(request), day)
    return redirect("couples:page")
