"""What being offered a practice does: a randomised input, read by intention to treat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Axis
from counterpoint.engine.finding import Finding, find
from counterpoint.engine.fit import DyadFit
from counterpoint.engine.gates import SURE_HELPS, refusal
from counterpoint.engine.states import STATE_NAMES, Array, rows_of
from counterpoint.engine.units import POINTS_PER_UNIT
from counterpoint.errors import DataError


@dataclass(frozen=True)
class OfferEffect:
    """Days with an offer against days without, of one member.

    Parameters
    ----------
    offers
        Rows with an offer.
    same_evening, next_day
        Connection and self, points, on the evening of the offer and one day later; words
        ``helps`` and, as rare, ``hinders``. While nothing is said: no evidence yet.
    """

    offers: int
    same_evening: tuple[Finding, Finding]
    next_day: tuple[Finding, Finding]

    def outcome(self, axis: Axis, *, next_day: bool = False) -> Finding:
        """Return the one outcome that was named beforehand."""
        pair = self.next_day if next_day else self.same_evening
        return pair[0 if axis is Axis.CONNECTION else 1]


def effect_of_offers(fit: DyadFit, member: Member, *, event: int, looks: int = 1) -> OfferEffect:
    r"""Return what an offer does to a member, with its interval and the number of offers.

    The same evening is column ``event`` of B, the next day :math:`A B`.

    Parameters
    ----------
    fit
        A fit whose input ``event`` is 1 on rows with an offer and 0 on eligible rows without,
        drawn by chance with a known probability.
    member
        Whose.
    event
        Column of the inputs.
    looks
        At how many planned looks this outcome is tested in all: the 5 % of wrong claims are
        shared evenly, so that at three looks ``helps`` takes P >= .983 instead of .95.

    Raises
    ------
    DataError
        If the fit has no such event, or there is no look.

    Notes
    -----
    It is about the offer, whether it was taken up or not; days on which the practice was done are
    never compared with days on which it was not. Four numbers are shown and one of them was
    named beforehand: only that one may be claimed.

    References
    ----------
    Pocock (1977), Biometrika 64 (repeated looks); Hernan and Robins (2020), Causal Inference,
    chapter 22 (intention to treat).
    """
    if not 0 <= event < fit.input_effect.shape[2]:
        raise DataError(f"this fit has no event number {event}: the diary had no such input.")
    if looks < 1:
        raise DataError("a test needs at least one look.")
    sure = 1.0 - (1.0 - SURE_HELPS) / looks
    now = fit.input_effect[:, :, event]
    later = now
    for _ in range(fit.steps_a_day):
        later = np.einsum("nij,nj->ni", fit.transition, later)

    def of(values: Array, quantity: str, row: int) -> Finding:
        effect = POINTS_PER_UNIT * values[:, row]
        return find(
            effect,
            quantity=quantity,
            about=STATE_NAMES[row],
            days=fit.days_of(member),
            words={"helps": effect > 0, "hinders": effect < 0},
            sure=sure,
            refused=refusal(fit, (row,), sentence=True),
            notes=fit.notes_of((row,)),
        )

    connection, own = rows_of(member)
    return OfferEffect(
        offers=fit.event_counts[event],
        same_evening=(of(now, "same_evening", connection), of(now, "same_evening", own)),
        next_day=(of(later, "next_day", connection), of(later, "next_day", own)),
    )
