"""What the diary tells the reminders: whether somebody is asked, and whether they answered."""

from __future__ import annotations

from datetime import date

from counterpoint.web.accounts.models import User
from counterpoint.web.diary import pace_queries
from counterpoint.web.diary.models import Checkin, WeekLook
from counterpoint.web.reminders import asking
from counterpoint.web.reminders.kinds import Kind


def is_asked(owner: User, kind: Kind) -> bool:
    """Whether the pace somebody chose puts this kind before them."""
    chosen = pace_queries.pace(owner)
    return chosen.asks_sundays if kind is Kind.SUNDAY else chosen.asks_evenings


def is_answered(owner: User, kind: Kind, day: date) -> bool:
    """Whether there is a check-in about the day; of a Sunday, a look at the week it ends."""
    if kind is Kind.SUNDAY:
        return WeekLook.objects.filter(owner=owner, week_ends_on=day).exists()
    return Checkin.objects.filter(owner=owner, about_on=day).exists()


def register_all() -> None:
    """Tell the reminders."""
    asking.register("diary", asking.Asking(is_asked=is_asked, is_answered=is_answered))
