"""The five places a signed-in person can go, in order."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_noop


@dataclass(frozen=True)
class Destination:
    """One entry of the main navigation.

    Parameters
    ----------
    label
        Word on screen in English, which names the place; templates translate it.
    route
        Name of the route it leads to.
    symbol
        Id of its drawing in ``core/symbols.svg``.
    places
        Namespaces that count as being there.
    """

    label: str
    route: str
    symbol: str
    places: tuple[str, ...]

    @property
    def address(self) -> str:
        """The path it leads to."""
        return reverse(self.route)


DESTINATIONS = (
    Destination(gettext_noop("Today"), "practice:today", "today", (
        "practice:today", "diary:checkin", "diary:look", "assessment:",
        "couples:", "dynamics:joint", "dynamics:maps",  # the page for two is reached from there
        "safety:quiet",
    )),
    Destination(gettext_noop("My days"), "diary:days", "days", (
        "diary:day", "diary:album", "diary:past_looks", "practice:letter",
    )),
    Destination(gettext_noop("My plane"), "dynamics:plane", "plane", ("dynamics:",)),
    Destination(gettext_noop("Practice"), "practice:skills", "practice", (
        "practice:", "dynamics:lab",
    )),
    Destination(gettext_noop("Account"), "accounts:home", "account", (
        "accounts:", "account_", "mfa_", "diary:own", "diary:pace", "reminders:",
        "core:phone", "diary:evenings", "diary:arrive",
    )),
)  # fmt: skip


def where_in(view_name: str) -> str:
    """Return the label of the destination a route belongs to, or the empty string."""
    best = max(
        ((place, row.label) for row in DESTINATIONS for place in row.places
         if view_name.startswith(place)),
        key=lambda pair: len(pair[0]),
        default=("", ""),
    )  # fmt: skip
    return best[1]
