"""The four skills the founding article names as what is practised."""

from __future__ import annotations

from enum import StrEnum


class Skill(StrEnum):
    """Something that can be practised, and that answers one cost.

    Notes
    -----
    Source: the founding article's list of what is learned on the way to interdependence. Which
    skill answers which cost (`counterpoint.domain.couplings.Cost.skill`) is the project's own
    reading, not the article's.
    """

    TOLERATE_DISCOMFORT = "tolerate_discomfort"
    """Bear an uneasy feeling without giving oneself up."""

    STAY_PRESENT = "stay_present"
    """Remain there during friction, or take a break and come back."""

    EXPRESS_NEEDS = "express_needs"
    """Say what one needs, neither demanding it nor dropping it."""

    RECEIVE_LOVE = "receive_love"
    """Let care in and stay oneself."""
