"""What the page for two shows of this app: previews of each kind, the maps, the joint picture."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.template.loader import render_to_string

from counterpoint.pictures import days_strip
from counterpoint.web.accounts.models import User
from counterpoint.web.core.language import current_content, current_language
from counterpoint.web.couples import endings, previews, sections
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.diary import queries as diary_queries
from counterpoint.web.dynamics import example_picture, shared_field
from counterpoint.web.dynamics.dance_page import dance_page
from counterpoint.web.dynamics.own_days import day_notes, days_with_a_mark
from counterpoint.web.dynamics.release_content import without_places
from counterpoint.web.dynamics.services.maps import close_map

DAYS_SHOWN = 28


def render_place(owner: User, until: datetime) -> str:
    """Return the field the other sees; empty where there is none yet."""
    picture = shared_field.field_picture(owner, until)
    if picture is None:
        return ""
    return render_to_string("dynamics/_shared_place.html", {"picture": picture})


def render_patterns(owner: User, until: datetime) -> str:
    """Return a joint picture of two invented people: the words one of the owner's would have."""
    page = dance_page(example_picture.example_picture(), with_places=False)
    return render_to_string("dynamics/_example_patterns.html", {"page": page})


def render_days(owner: User, until: datetime) -> str:
    """Return the owner's newest days as an open diary would draw them; empty without any."""
    first = until.date() - timedelta(days=DAYS_SHOWN)
    days = [day for day in diary_queries.rows_for_engine(owner) if first <= day.day < until.date()]
    known = days_with_a_mark(days)
    if not known:
        return ""
    notes = day_notes(known, first, first + timedelta(days=DAYS_SHOWN - 1))
    picture = days_strip(
        notes,
        title=current_content().phrase("picture.days.title.yours"),
        key="shared-days",
        language=current_language(),
    )
    return render_to_string("dynamics/_shared_days.html", {"picture": picture})


def render_maps(request: HttpRequest) -> str:
    """Return the way to the two maps, the same for every couple in every week."""
    return render_to_string("dynamics/_maps_section.html", request=request)


def render_joint(request: HttpRequest) -> str:
    """Return the way to the joint picture, the same whether or not there is one."""
    return render_to_string("dynamics/_joint_section.html", request=request)


def register_all() -> None:
    """Enter previews, sections and what closes when somebody stops sharing."""
    previews.register(Kind.PLACE, render_place)
    previews.register(Kind.PATTERNS, render_patterns)
    previews.register(Kind.DAYS, render_days)
    sections.register("maps", 20, render_maps)
    sections.register("joint", 30, render_joint)
    endings.register("maps", close_map)
    endings.register_cut(Kind.PLACE, without_places)
