"""Where an answer of the quiet check leads: words only, no rule."""

from __future__ import annotations

from enum import StrEnum


class Lead(StrEnum):
    """What comes first for a person after the quiet check, in the order it is shown.

    It belongs to one person. It says nothing about the partner and nothing about the couple.
    """

    CRISIS = "crisis"
    """Thoughts of hurting oneself, or fear of hurting somebody: a card for now comes first."""

    INDIVIDUAL = "individual"
    """Fear, harm, threat, force or control: help first, and one's own pages are kept plain."""

    INFORMATION = "information"
    """Shouting or cutting words alone: something to read, and a choice."""
