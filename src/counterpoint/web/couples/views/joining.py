"""Making a code, entering one, saying yes, leaving."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from counterpoint.web.accounts.stepup import fresh_proof
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.language import current_content
from counterpoint.web.core.statuses import UNREADABLE
from counterpoint.web.couples import queries, services
from counterpoint.web.couples.forms import CodeForm, InviteForm
from counterpoint.web.couples.views.page import person


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Make a code and show it, this once."""
    viewer = person(request)
    if queries.current_membership(viewer) is not None:
        return redirect("couples:page")
    content = current_content()
    form, made, status = InviteForm(), None, 200
    if request.method == "POST":
        form, status = InviteForm(request.POST), UNREADABLE
        if form.is_valid():
            made, status = services.invite(viewer, key=form.key), 200
            if made is None:
                form, status = InviteForm(), 410
    context = {
        "form": form,
        "made": made,
        "is_gone": status == 410,
        "gone": content.phrase("joining.code_gone"),
        "shown_once": content.phrase("joining.code"),
        "lead": content.phrase("joining.lead"),
        "not_safe": content.phrase("joining.not_safe"),
    }
    return render(request, "couples/code.html", context, status=status)


@signed_in
@require_POST
def forget_code(request: HttpRequest) -> HttpResponse:
    """Make one's own codes useless."""
    services.forget_code(person(request))
    return redirect("couples:page")


@signed_in
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a code that was handed over; nothing is joined by that alone."""
    viewer = person(request)
    if queries.current_membership(viewer) is not None:
        return redirect("couples:page")
    form, status = CodeForm(), 200
    if request.method == "POST":
        form, status = CodeForm(request.POST), UNREADABLE
        if form.is_valid():
            if services.accept(viewer, form.cleaned_data["code"]):
                return redirect("couples:page")
            form.refuse()
    context = {"form": form, "not_safe": current_content().phrase("joining.not_safe")}
    return render(request, "couples/enter.html", context, status=status)


@signed_in
@require_POST
def join(request: HttpRequest) -> HttpResponse:
    """Say yes."""
    if not services.confirm(person(request)):
        raise Http404
    return redirect("couples:page")


@signed_in
@require_POST
def step_back(request: HttpRequest) -> HttpResponse:
    """Drop a joining that is not done."""
    services.step_back(person(request))
    return redirect("couples:page")


@signed_in
@fresh_proof
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Leave, alone and at once."""
    viewer = person(request)
    if queries.current_membership(viewer) is None:
        raise Http404
    content = current_content()
    if request.method == "POST":
        services.leave(viewer)
        messages.success(request, content.phrase("leaving.done"))
        return redirect("couples:page")
    context = {
        "lead": content.phrase("leaving.lead"),
        "other": content.phrase("leaving.other"),
        "back": content.phrase("leaving.back"),
    }
    return render(request, "couples/leave.html", context)
