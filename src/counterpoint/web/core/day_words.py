"""A day as it is called where the year is plain."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def day_and_month(day: date) -> str:
    """Return a day in words of the language in force, such as ``8 March``."""
    return date_format(day, _("j F"))
