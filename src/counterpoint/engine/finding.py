"""One further thing a fit can tell, with its gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from counterpoint.engine.gates import Reason
from counterpoint.engine.states import Array

Truth = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Finding:
    """One quantity beyond the rows of `DyadFit.answers`.

    Parameters
    ----------
    quantity
        What it is, as ``who_feels_closer``.
    about
        States or members it is about, joined by a comma; ``""`` for the couple as a whole.
    mean, sd, q05, q50, q95
        Posterior summary in the quantity's own unit.
    word
        What is said, one of the quantity's words; ``""`` while nothing is.
    prob
        Probability of the likeliest word, said or not; ``None`` where there is nothing to choose.
    days
        Answered days it rests on.
    said
        Whether a person may be told.
    reason
        Why not (a `Reason`), ``""`` when said.
    notes
        What to know beside it (`DyadFit.notes_of`).
    """

    quantity: str
    about: str
    mean: float
    sd: float
    q05: float
    q50: float
    q95: float
    word: str
    prob: float | None
    days: int
    said: bool
    reason: str
    notes: tuple[str, ...] = ()


def find(
    draws: Array,
    *,
    quantity: str,
    about: str = "",
    days: int,
    needed: int = 0,
    words: Mapping[str, Truth] | None = None,
    sure: float = 1.0,
    refused: str = "",
    notes: tuple[str, ...] = (),
) -> Finding:
    """Summarise draws of a quantity and decide what may be said.

    Parameters
    ----------
    draws
        Shape (n,).
    quantity, about, days, notes
        As in `Finding`.
    needed
        Answered days it takes.
    words
        Each word and in which draws it is true, shape (n,) each; without any, the interval alone
        is shown and nothing is chosen.
    sure
        Probability the likeliest word needs.
    refused
        A reason that goes before all others.
    """
    prob: float | None = None
    word = ""
    reason = refused
    if not reason and days < needed:
        reason = Reason.TOO_FEW_DAYS
    if words:
        shares = {name: float(np.mean(true)) for name, true in words.items()}
        likeliest = max(shares, key=lambda name: shares[name])
        prob = shares[likeliest]
        if not reason and prob < sure:
            reason = Reason.NOT_SURE
        word = "" if reason else likeliest
    low, middle, high = np.quantile(draws, (0.05, 0.5, 0.95))
    return Finding(
        quantity=quantity,
        about=about,
        mean=float(np.mean(draws)),
        sd=float(np.std(draws, ddof=1)),
        q05=float(low),
        q50=float(middle),
        q95=float(high),
        word=word,
        prob=prob,
        days=days,
        said=not reason,
        reason=reason,
        notes=notes,
    )
