"""Pages of the signs, and of reflections in one's own words."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from counterpoint.domain.signs import Sign
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment import queries as assessment
from counterpoint.web.assessment import reflections
from counterpoint.web.core import clock
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.language import current_content
from counterpoint.web.core.statuses import UNREADABLE
from counterpoint.web.dynamics.forms import ReflectionForm
from counterpoint.web.dynamics.sign_pages import parts_of, sign_groups, sign_sheet

COLUMNS = ("said", "days", "moves", "learned", "good_day", "skills")


@signed_in
@require_safe
def signs(request: HttpRequest) -> HttpResponse:
    """List the fifteen as patterns, in their three groups."""
    owner = cast(User, request.user)
    content = current_content()
    left_out = assessment.left_out_signs(owner)
    context = {
        "groups": sign_groups(owner),
        "lead": content.phrase("sign.list.lead"),
        "has_said": bool(assessment.said_of_signs(owner)),
        "nothing_said": content.phrase("sign.list.none"),
        "left_out": [content.signs[sign] for sign in Sign if sign in left_out],
        "left_out_words": content.phrase("questionnaire.sign_left_out"),
        "has_safety_line": True,
        "choosing": content.reflections["choosing"],
        "calm": content.reflections["calm"],
    }
    return render(request, "dynamics/signs.html", context)


@signed_in
@require_safe
def sign(request: HttpRequest, sign: str) -> HttpResponse:
    """Show one sign: what it means, and three columns that are never added up."""
    owner = cast(User, request.user)
    which = _sign(owner, sign)
    if which is None:
        return redirect("dynamics:signs")
    content = current_content()
    context = {
        "sheet": sign_sheet(owner, which, clock.today(owner.zone)),
        "columns": {name: content.phrase(f"sign.column.{name}") for name in COLUMNS},
        "columns_reading": content.phrase("sign.columns.reading"),
        "skills_reading": content.phrase("sign.skills.reading"),
        "days_none": content.phrase("sign.days.none"),
        "learned": content.reflections["learned"],
        "may_be_left_out": content.signs[which].safety_line,
    }
    return render(request, "dynamics/sign.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def learned(request: HttpRequest, sign: str) -> HttpResponse:
    """Keep own words on where a sign was learned."""
    which = _sign(cast(User, request.user), sign)
    if which is None:
        return redirect("dynamics:signs")
    here = reverse("dynamics:learned", kwargs={"sign": which.value})
    return _reflect(request, "learned", here, which)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def choosing(request: HttpRequest) -> HttpResponse:
    """Keep own words on how one chooses."""
    return _reflect(request, "choosing", reverse("dynamics:choosing"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def calm(request: HttpRequest) -> HttpResponse:
    """Show the parts of calm side by side, without a verdict, and keep own words on it."""
    return _reflect(request, "calm", reverse("dynamics:calm"))


def _reflect(
    request: HttpRequest, reflection_id: str, here: str, sign: Sign | None = None
) -> HttpResponse:
    owner = cast(User, request.user)
    content = current_content()
    reflection = content.reflections[reflection_id]
    kept = reflections.reflection_of(owner, reflection_id, sign)
    status = 200
    if request.method == "POST":
        form = ReflectionForm(request.POST)
        if form.is_valid():
            reflections.keep_reflection(owner, reflection_id, form.cleaned_data["words"], sign)
            return redirect(here)
        status = UNREADABLE
    else:
        form = ReflectionForm(initial={"words": kept.words if kept and kept.words else ""})
    context = {
        "reflection": reflection,
        "sign": None if sign is None else content.signs[sign],
        "form": form,
        "kept": kept,
        "parts": parts_of(owner, reflection),
        "nothing_yet": content.phrase("sign.days.none"),
        "parts_reading": content.phrase("calm.reading"),
        "unreadable": content.phrase("safety.cannot_be_read"),
    }
    return render(request, "dynamics/reflection.html", context, status=status)


def _sign(owner: User, text: str) -> Sign | None:
    """Return the sign of an address, ``None`` where its owner left it out; else there is none."""
    if text not in list(Sign):
        raise Http404
    return None if Sign(text) in assessment.left_out_signs(owner) else Sign(text)
