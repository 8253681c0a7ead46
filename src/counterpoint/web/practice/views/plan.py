"""The plan's "why this?": every reason in words, and a way to say that it does not fit."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from counterpoint.web.accounts.models import User
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.language import current_content
from counterpoint.web.core.statuses import UNREADABLE
from counterpoint.web.practice import queries, services
from counterpoint.web.practice.forms import FitsForm


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def why(request: HttpRequest) -> HttpResponse:
    """Say why these two, and keep what the person says about a reason."""
    owner = cast(User, request.user)
    form, status = None, 200
    if request.method == "POST":
        form, status = FitsForm(request.POST), UNREADABLE
        if form.is_valid():
            answer = services.take_in_again if form.cleaned_data["fits"] else services.contest
            answer(owner, form.cleaned_data["reason"])
            return redirect("practice:why")
    said = current_content().phrase
    context = {
        "plan": queries.plan_of(owner),
        "form": form,
        "title": said("plan.why"),
        "reading": said("plan.reading"),
        "contest": said("plan.contest"),
        "contested": said("plan.contested"),
        "free": said("plan.free"),
    }
    return render(request, "practice/why.html", context, status=status)
