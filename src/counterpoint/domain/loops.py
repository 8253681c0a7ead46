"""The three stuck dances of the founding article."""

from __future__ import annotations

from enum import StrEnum


class Loop(StrEnum):
    """A dance two people can be caught in together; it belongs to neither of them.

    Notes
    -----
    Source: the founding article's passage on why couples get stuck. Each loop is read only from
    answers that can carry it, as counts and ranges (PRODUCT section 1, MODEL section 6), never
    from the transition matrix of one couple.
    """

    PURSUE_WITHDRAW = "pursue_withdraw"
    """One would like more closeness while the other would like more room."""

    ADAPT_DETACH = "adapt_detach"
    """In the same friction one gives in to keep the peace and the other shuts down."""

    ALONE_TOGETHER = "alone_together"
    """Days on which both feel far apart."""
