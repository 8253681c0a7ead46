"""The questionnaire of the fifteen signs as positions: which item stands where, and which way."""

from __future__ import annotations

from dataclasses import dataclass

from counterpoint.content.loader import load_content
from counterpoint.domain.signs import Sign
from counterpoint.domain.styles import Style

SIGNS: tuple[Sign, ...] = tuple(Sign)
"""Position of each sign; five a style, in the order of the article."""

STYLES: tuple[int, ...] = tuple(list(Style).index(sign.style) for sign in SIGNS)
"""Position of each sign's style."""


@dataclass(frozen=True, slots=True)
class SignForm:
    """The items as the engine sees them.

    Parameters
    ----------
    item_ids
        In file order.
    scale
        Position in `SIGNS` of each item's sign.
    sitting
        In which sitting each is asked, from 1.
    reverse_keyed
        Whether more of an item is less of its sign.
    options
        Number of response options, values 0 to options - 1.
    """

    item_ids: tuple[str, ...]
    scale: tuple[int, ...]
    sitting: tuple[int, ...]
    reverse_keyed: tuple[bool, ...]
    options: int


def sign_form() -> SignForm:
    """Return the questionnaire that ships."""
    questionnaire = load_content().questionnaire
    return SignForm(
        item_ids=tuple(item.item_id for item in questionnaire.items),
        scale=tuple(SIGNS.index(item.sign) for item in questionnaire.items),
        sitting=tuple(item.sitting for item in questionnaire.items),
        reverse_keyed=tuple(item.reverse_keyed for item in questionnaire.items),
        options=len(questionnaire.response_options),
    )
