"""The page for two."""

from __future__ import annotations

from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.rules import zone_of
from counterpoint.web.core import clock
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.language import current_content
from counterpoint.web.couples import previews, queries, rules, sections
from counterpoint.web.couples.codes import check_number
from counterpoint.web.couples.forms import CardForm
from counterpoint.web.couples.kinds import JOINT_KINDS
from counterpoint.web.couples.models import Membership


def person(request: HttpRequest) -> User:
    """Return who is signed in."""
    return cast(User, request.user)


def told(moment: datetime, zone: ZoneInfo) -> str:
    """Return a moment in words, in somebody's own zone."""
    return date_format(moment.astimezone(zone), _("l, j F, H:i"))


@signed_in
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the page for two; where there is none, how one comes about."""
    viewer = person(request)
    half = queries.current_membership(viewer)
    if half is None:
        return _joining(request, viewer)
    content = current_content()
    moment = clock.now()
    turn = rules.last_turn(moment)
    card = queries.own_card(viewer, rules.next_turn(moment).date())
    given = queries.consents_given_by(viewer)
    context = {
        "question": queries.question_of_week(),
        "turned": [
            (content.phrase(f"table.{one.kind.value}"), one)
            for one in queries.turned_cards(viewer, turn.date())
        ],
        "nothing_turned": content.phrase("table.nothing"),
        "own_turned": queries.own_card(viewer, turn.date()),
        "card": card,
        "card_text": "" if card is None else queries.card_text(card),
        "card_kind": "" if card is None else content.phrase(f"table.{card.kind}"),
        "form": CardForm(),
        "table_lead": content.phrase("table.lead"),
        "table_laid": content.phrase("table.laid"),
        "table_turns": content.phrase(
            "table.turns", turn=told(rules.next_turn(moment), zone_of(viewer.zone))
        ),
        "sections": [mark_safe(text) for text in sections.render_all(request)],  # noqa: S308 - made by our own templates
        "from_each_other": _from_each_other(viewer),
        "from_each_other_words": content.phrase("share.from_each_other"),
        "is_frozen": bool(given) and all(row.frozen_at is not None for row in given.values()),
        "freeze_words": content.phrase("share.freeze"),
        "stop_words": content.phrase("share.stop"),
        "thaw_words": content.phrase("share.thawed"),
    }
    return render(request, "couples/page.html", context)


def _from_each_other(viewer: User) -> list[tuple[str, SafeString]]:
    """Return what the other shows the viewer: title and safe HTML of each kind."""
    content = current_content()
    found = []
    for kind in previews.registered():
        if kind in JOINT_KINDS:
            continue
        shared = queries.shared_with(viewer, kind)
        text = "" if shared is None else previews.render(kind, shared.owner, shared.until)
        if text:
            title = content.phrase(f"share.{kind.value}.title")
            found.append((title, mark_safe(text)))  # noqa: S308 - made by our own templates
    return found


def _joining(request: HttpRequest, viewer: User) -> HttpResponse:
    content = current_content()
    waiting = queries.joining_of(viewer)
    invitation = queries.open_invitation(viewer)
    is_asked = waiting is not None and _is_asked(waiting)
    until = ""
    if invitation is not None:
        until = told(invitation.expires_at, zone_of(viewer.zone))
    context = {
        "lead": content.phrase("joining.lead"),
        "nothing_yet": content.phrase("joining.nothing_yet"),
        "not_safe": content.phrase("joining.not_safe"),
        "code_waits": content.phrase("joining.code_waits", until=until) if until else "",
        "is_asked": is_asked,
        "said_yes": waiting is not None and waiting.confirmed_at is not None,
        "number": check_number(waiting.couple_id) if waiting is not None else "",
        "check": content.phrase("joining.check"),
        "waits": content.phrase("joining.waits"),
    }
    return render(request, "couples/joining.html", context)


def _is_asked(half: Membership) -> bool:
    """Whether somebody may say yes now.

    Who entered a code is asked at once. Who made it is asked when the other has said yes; until
    then nothing shows whether the code was entered.
    """
    if half.confirmed_at is not None:
        return False
    return half.member == queries.ENTERED or queries.has_confirmed_other(half)
