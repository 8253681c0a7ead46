"""Everything that changes a row of the couples app; each function is one transaction.

Every one of them locks the couple first, so that a withdrawal and a publication cannot pass each
other.
"""

from __future__ import annotations

from counterpoint.web.couples.services.joining import (
    accept,
    confirm,
    forget_code,
    invite,
    leave,
    step_back,
)
from counterpoint.web.couples.services.releasing import (
    ReleaseDraft,
    ReleaseTerms,
    publish_release,
    release_terms,
)
from counterpoint.web.couples.services.sharing import (
    freeze,
    grant,
    stop_everything,
    thaw,
    withdraw,
)
from counterpoint.web.couples.services.simulated import seed_simulated_couple
from counterpoint.web.couples.services.table import lay_card, take_back

__all__ = [
    "ReleaseDraft",
    "ReleaseTerms",
    "accept",
    "confirm",
    "forget_code",
    "freeze",
    "grant",
    "invite",
    "lay_card",
    "leave",
    "publish_release",
    "release_terms",
    "seed_simulated_couple",
    "step_back",
    "stop_everything",
    "take_back",
    "thaw",
    "withdraw",
]
