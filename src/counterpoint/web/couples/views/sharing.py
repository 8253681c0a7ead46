"""What one lets the other see, kind by kind."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from counterpoint.web.accounts.rules import zone_of
from counterpoint.web.core import clock
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.language import current_content, current_language
from counterpoint.web.couples import previews, queries, rules, services
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.models import Consent
from counterpoint.web.couples.views.page import person


def text_version(kind: Kind) -> str:
    """Return which wording a person agrees to: its language, and the versions of its parts.

    The parts are the opening, the terms, and the kind's own words.
    """
    phrases = current_content().phrases
    ids = ("share.opening", "share.terms", f"share.{kind.value}.sees")
    return "-".join((current_language(), *(str(phrases[one].version) for one in ids)))


def _own_kind(request: HttpRequest, name: str) -> Kind:
    """Return a kind that is offered, for somebody who has a page for two; else 404."""
    kind = Kind(name) if name in set(Kind) else None
    if kind not in previews.registered():
        raise Http404
    if queries.current_membership(person(request)) is None:
        raise Http404
    return kind


def _standing(kind: Kind, row: Consent | None, zone: str) -> dict[str, object]:
    content = current_content()
    if row is None:
        words = content.phrase("share.not_given")
    else:
        day = date_format(row.expires_at.astimezone(zone_of(zone)), _("j F Y"))
        words = content.phrase("share.given", until=day)
    frozen = row is not None and row.frozen_at is not None
    return {
        "kind": kind.value,
        "title": content.phrase(f"share.{kind.value}.title"),
        "sees": content.phrase(f"share.{kind.value}.sees"),
        "words": words,
        "is_given": row is not None,
        "is_frozen": frozen,
        "frozen": content.phrase("share.frozen") if frozen else "",
    }


@signed_in
@require_safe
def sharing(request: HttpRequest) -> HttpResponse:
    """Review what I share: own choices, nobody else's."""
    viewer = person(request)
    if queries.current_membership(viewer) is None:
        raise Http404
    content = current_content()
    given = queries.consents_given_by(viewer)
    context = {
        "rows": [_standing(kind, given.get(kind), viewer.zone) for kind in previews.registered()],
        "opening": content.phrase("share.opening"),
        "sundays": content.phrase("share.sundays"),
        "stop_words": content.phrase("share.stop"),
        "freeze_words": content.phrase("share.freeze"),
        "thaw_words": content.phrase("share.thawed"),
        "is_frozen": bool(given) and all(row.frozen_at is not None for row in given.values()),
    }
    return render(request, "couples/sharing.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: HttpRequest, name: str) -> HttpResponse:
    """Show exactly what the other would see of one kind, and take a yes."""
    chosen = _own_kind(request, name)
    viewer = person(request)
    if request.method == "POST":
        services.grant(viewer, chosen, text_version=text_version(chosen))
        return redirect("couples:sharing")
    content = current_content()
    row = queries.consents_given_by(viewer).get(chosen)
    until = rules.last_turn(clock.now())
    if row is not None and row.frozen_at is not None:
        until = min(until, row.frozen_at)
    preview = previews.render(chosen, viewer, until)
    context = {
        "row": _standing(chosen, row, viewer.zone),
        "opening": content.phrase("share.opening"),
        "terms": content.phrase("share.terms"),
        "sundays": content.phrase("share.sundays"),
        "preview": mark_safe(preview),  # noqa: S308 - made by our own templates
        "preview_words": content.phrase("share.preview" if preview else "share.preview_empty"),
    }
    return render(request, "couples/kind.html", context)


@signed_in
@require_POST
def withdraw(request: HttpRequest, name: str) -> HttpResponse:
    """Take one kind back, in one request."""
    services.withdraw(person(request), _own_kind(request, name))
    return redirect("couples:sharing")


@signed_in
@require_POST
def freeze(request: HttpRequest) -> HttpResponse:
    """Let nothing new be made; what is there stays."""
    services.freeze(person(request))
    return redirect("couples:sharing")


@signed_in
@require_POST
def thaw(request: HttpRequest) -> HttpResponse:
    """Lift the freeze."""
    services.thaw(person(request))
    return redirect("couples:sharing")


@signed_in
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Take everything back, in one request."""
    services.stop_everything(person(request))
    messages.success(request, current_content().phrase("share.none_left"))
    return redirect("couples:sharing")
