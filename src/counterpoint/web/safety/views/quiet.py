"""The quiet check: whether one is alone, the questions, and the one line that is kept."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from counterpoint.content.quiet import NOTHING
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.stepup import ask_for_proof, fresh_proof, is_fresh
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.language import current_content
from counterpoint.web.core.neutral import NEUTRAL_FILE
from counterpoint.web.safety import beside, queries, services
from counterpoint.web.safety.forms import QuietForm, opened_token, was_opened
from counterpoint.web.safety.rules import Quiet


@signed_in
@require_safe
def alone(request: HttpRequest) -> HttpResponse:
    """Ask whether the person is alone; nothing is kept of it."""
    return render(request, "safety/alone.html", {"check": current_content().quiet})


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """Ask; read the answers once, in memory, and keep only what comes first."""
    if request.method == "POST" and was_opened(request):
        form = QuietForm({} if "leave_all" in request.POST else request.POST)
        services.keep_route(_person(request), form.answers() if form.is_valid() else {})
        return redirect("safety:quiet_line")
    if not is_fresh(request):
        return ask_for_proof(request)
    context = {"check": current_content().quiet, "opened": opened_token(request)}
    return render(request, "safety/questions.html", context)


@signed_in
@fresh_proof
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest) -> HttpResponse:
    """Show the one line that is kept, delete it, or let it be taken away on its own."""
    owner = _person(request)
    if request.method == "POST" and "forget" in request.POST:
        services.forget_route(owner)
        return redirect("safety:quiet_line")
    content = current_content()
    kept = queries.quiet_of(owner)
    if request.method == "POST" and "take" in request.POST and kept is not None:
        return _file(kept)
    context = {
        "check": content.quiet,
        "kept": kept,
        "words": _words(kept),
        "sections": [] if kept is None else _sections(kept),
        "offers": [mark_safe(text) for text in beside.render_all(request)]  # noqa: S308 - made by our own templates
        if kept is not None and kept.is_individual
        else [],
        "sharing": content.phrase("quiet.sharing"),
        "delete": content.phrase("quiet.delete"),
        "take": content.phrase("quiet.take"),
        "not_reviewed": content.phrase("safety.not_reviewed"),
    }
    return render(request, "safety/line.html", context)


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _sections(kept: Quiet) -> list[dict[str, object]]:
    after = current_content().quiet.after
    return [{"lead": lead, "text": after[lead]} for lead in kept.shown or (NOTHING,)]


def _words(kept: Quiet | None) -> list[str]:
    """Return in words what is kept, one sentence first."""
    said = current_content().phrase
    if kept is None:
        return [said("quiet.kept.nothing")]
    if kept.on is None:
        return [said("quiet.kept.unreadable")]
    return [
        said("quiet.kept", day=date_format(kept.on, _("j F Y"))),
        *(said(f"quiet.kept.{lead}") for lead in kept.shown or (NOTHING,)),
    ]


def _file(kept: Quiet) -> HttpResponse:
    """Return the line as a file of words, made for this answer and never stored."""
    text = "\n".join(_words(kept)) + "\n"
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{NEUTRAL_FILE}.txt"'
    return answer
