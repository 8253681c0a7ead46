"""The three relational styles of the founding article."""

from __future__ import annotations

from enum import StrEnum


class Style(StrEnum):
    """A pattern between two people that a sign or a cost is evidence of.

    A style names evidence about a pattern, never a person. It is no diagnosis, and
    codependence in particular has no agreed definition.

    Notes
    -----
    Source: the founding article, which describes three styles; interdependence is both needs
    met at once, not the midpoint of a line between the other two.
    """

    CODEPENDENCE = "codependence"
    """Connection kept by giving up some of oneself."""

    INDEPENDENCE = "independence"
    """Self kept by giving up some of the connection."""

    INTERDEPENDENCE = "interdependence"
    """Fully oneself and deeply connected at once."""
