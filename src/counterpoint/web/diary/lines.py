"""What comes back after a check-in: the person's own numbers against their own days, in words."""

from __future__ import annotations

from counterpoint.content import Content
from counterpoint.domain.diary import Friction
from counterpoint.web.accounts.models import User
from counterpoint.web.core.language import current_content
from counterpoint.web.diary import queries, rules
from counterpoint.web.diary.models import Checkin
from counterpoint.web.diary.rules import Against

HEAVY_TAP = 2
"""A day this rough, or with a lot of friction, gets one more gentle sentence."""

_SUFFIX = {
    Against.UNKNOWN: "new",
    Against.WITHIN: "usual",
    Against.BELOW: "lower",
    Against.ABOVE: "higher",
}


def line_back(owner: User, row: Checkin | None) -> tuple[str, ...]:
    """Return the sentences that come back after a check-in.

    Parameters
    ----------
    owner
        Whose day it is.
    row
        The check-in, or ``None`` where everything was left open and nothing was written.

    Returns
    -------
    tuple of str
        One to four sentences; the first carries the numbers, where there are any.
    """
    content = current_content()
    if row is None:
        return (content.phrase("back.nothing"),)
    if row.c1 is None and row.s1 is None:
        said = [content.phrase("back.partly")]
    elif row.c1 is not None and row.s1 is not None and queries.answered_days(owner) == 1:
        said = [content.phrase("back.first", near=row.c1, myself=row.s1)]
    else:
        said = [" ".join(_own_numbers(content, owner, row))]
        if row.c1 is None or row.s1 is None:
            said.append(content.phrase("back.partly"))
    if row.line_sealed is not None:
        said.append(content.phrase("back.line_kept"))
    if row.e1 == Friction.A_LOT or (row.g is not None and row.g <= HEAVY_TAP):
        said.append(content.phrase("back.heavy"))
    return tuple(said)


def _own_numbers(content: Content, owner: User, row: Checkin) -> list[str]:
    sentences = []
    for item, axis, value in (("c1", "near", "near"), ("s1", "self", "myself")):
        answer = getattr(row, item)
        if answer is None:
            continue
        usual = rules.usual_range(queries.earlier_answers(owner, row.about_on, item))
        suffix = _SUFFIX[rules.against_usual(answer, usual)]
        if usual is None:
            sentences.append(content.phrase(f"back.{axis}.new", **{value: answer}))
            continue
        if answer == usual.same:
            suffix = "usual_same"
        sentences.append(
            content.phrase(
                f"back.{axis}.{suffix}", **{value: answer}, low=usual.low, high=usual.high
            )
        )
    return sentences
