"""The questionnaire of the fifteen signs as positions: which item stands where, and which way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from counterpoint.content import load_content
from counterpoint.domain.signs import Sign
from counterpoint.domain.styles import Style

SIGNS: tuple[Sign, ...] = tuple(Sign)
"""Position of each sign; five a style, in the order of the article."""

STYLES: tuple[int, ...] = tuple(list(Style).index(sign.style) for sign in SIGNS)
"""Position of each sign's style."""


@dataclass(frozen=True, eq=False)
class SignForm:
    """The items as the engine sees them.

    Parameters
    ----------
    item_ids
        In file order.
    scale
        Position in `SIGNS` of each item's sign.
    sitting
        In which sitting each is asked, shape (items,), from 1.
    reverse_keyed
        Shape (items,).
    options
        Number of response options, values 0 to options - 1.
    """

    item_ids: tuple[str, ...]
    scale: tuple[int, ...]
    sitting: npt.NDArray[np.int64]
    reverse_keyed: npt.NDArray[np.bool_]
    options: int


def sign_form() -> SignForm:
    """Return the questionnaire that ships."""
    questionnaire = load_content().questionnaire
    return SignForm(
        item_ids=tuple(item.item_id for item in questionnaire.items),
        scale=tuple(SIGNS.index(item.sign) for item in questionnaire.items),
        sitting=np.array([item.sitting for item in questionnaire.items]),
        reverse_keyed=np.array([item.reverse_keyed for item in questionnaire.items]),
        options=len(questionnaire.response_options),
    )
