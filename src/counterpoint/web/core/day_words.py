"""A day as it is called where the year is plain."""

from __future__ import annotations

from datetime import date


def day_and_month(day: date) -> str:
    """Return a day in words, such as ``8 March``."""
    return f"{day.day} {day:%B}"
