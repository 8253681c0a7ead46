"""What the other sees of practice, where somebody shares it: which exercises, nothing more."""

from __future__ import annotations

from datetime import datetime

from django.template.loader import render_to_string

from counterpoint.web.accounts.models import User
from counterpoint.web.core.language import current_content
from counterpoint.web.couples import previews
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.practice import queries


def render_practice(owner: User, until: datetime) -> str:
    """Return the exercises somebody had gone through by a moment; empty where there are none."""
    exercises = current_content().exercises
    known = [exercises[one] for one in queries.gone_through(owner, until) if one in exercises]
    if not known:
        return ""
    return render_to_string("practice/_shared.html", {"exercises": known})


def register_all() -> None:
    """Offer practice on the page for two."""
    previews.register(Kind.PRACTICE, render_practice)
