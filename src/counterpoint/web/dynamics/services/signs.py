"""Answers to the sentences of the signs, weighed: ranges, change, and answers that look unread.

Pure: answers in, numbers out. The engine is loaded when the first page of a sign is shown; it
needs no compiler and reads nobody's days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from counterpoint.content.sign_form import SIGNS, sign_form
from counterpoint.content.telling import Change
from counterpoint.domain.signs import Sign

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class Unread(StrEnum):
    """How answers look that cannot mean what the sentences ask."""

    ONE_OPTION = "one_option"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class SaidRange:
    """What somebody said about one sign.

    Parameters
    ----------
    answered, items
        Sentences with an answer, and sentences in all.
    low, high
        Options, as stored values 0 to 4, nearest to the 5 and 95 % points, in the direction of
        the sign.
    """

    answered: int
    items: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class SaidOfSigns:
    """Every sign, scored jointly.

    Parameters
    ----------
    ranges
        By sign.
    unread
        Whether answers look unread; ``None`` where they do not.
    """

    ranges: Mapping[Sign, SaidRange]
    unread: Unread | None


def weigh_answers(answers: Mapping[str, int]) -> SaidOfSigns:
    """Return what somebody's answers of one round say about every sign.

    Parameters
    ----------
    answers
        Stored value by item id, as answered; a skipped item is absent.
    """
    from counterpoint.engine.instrument import (  # noqa: PLC0415 - loads the engine
        shipped_correlation,
        shipped_items,
    )
    from counterpoint.engine.instrument import weigh_answers as weigh  # noqa: PLC0415 - same

    form = sign_form()
    row = _row(answers, form.item_ids)
    found = weigh(row, form.reverse_keyed, shipped_items(form.scale), shipped_correlation())
    low, _, high = (found.options[part, 0] for part in range(3))
    ranges = {
        sign: SaidRange(
            answered=int(found.scores.answered[0, place]),
            items=form.scale.count(place),
            low=round(float(low[place])),
            high=round(float(high[place])),
        )
        for place, sign in enumerate(SIGNS)
    }
    unread = None
    if found.pattern.one_option[0]:
        unread = Unread.ONE_OPTION
    elif found.pattern.anywhere[0]:
        unread = Unread.ANYWHERE
    return SaidOfSigns(ranges=ranges, unread=unread)


def weigh_change(first: Mapping[str, int], second: Mapping[str, int]) -> dict[Sign, Change]:
    """Return then and now of each sign that was answered in both rounds.

    Parameters
    ----------
    first, second
        Stored value by item id in each round.
    """
    from counterpoint.engine.instrument import (  # noqa: PLC0415 - loads the engine
        key_answers,
        score_change,
        shipped_correlation,
        shipped_items,
    )

    form = sign_form()
    keyed = [
        key_answers(_row(each, form.item_ids), form.reverse_keyed, form.options)
        for each in (first, second)
    ]
    found = score_change(keyed[0], keyed[1], shipped_items(form.scale), shipped_correlation())
    words = {"more": Change.MORE, "less": Change.LESS, "about_the_same": Change.SAME}
    answered = [
        {form.scale[form.item_ids.index(item_id)] for item_id in each} for each in (first, second)
    ]
    return {
        sign: words.get(found.word[0][place], Change.CANNOT_TELL)
        for place, sign in enumerate(SIGNS)
        if all(place in each for each in answered)
    }


def _row(answers: Mapping[str, int], item_ids: tuple[str, ...]) -> npt.NDArray[np.float64]:
    import numpy as np  # noqa: PLC0415 - pages without a sign need no numbers

    return np.array([[float(answers.get(item_id, np.nan)) for item_id in item_ids]])
