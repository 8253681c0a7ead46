"""How often something happened, in words from which no single day can be worked out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from counterpoint.domain.bearings import Often

DAYS_NEEDED = 4
CHANCES_NEEDED = 4
"""Days on which each one's own answer leaves it possible, before a count is told in words."""

TELLING_REST = (2, 3)
"""So few days beyond the possible ones would let the other's answers on them be worked out."""

SELDOM_SHARE = 0.25
OFTEN_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class SharedDays:
    """Days on which something happened between two people if the answers of both say so.

    Parameters
    ----------
    days
        Days on which both answered.
    possible_a, possible_b
        Of those, days on which the answer of a, or of b, leaves it possible.
    count
        Days on which it was so by both answers.
    """

    days: int
    possible_a: int
    possible_b: int
    count: int


def often_of(shared: SharedDays) -> Often:
    """Return how often it was so, such that nobody learns of one day what the other answered.

    Each of the two knows their own answers, so a plain "on none of the days" would tell on every
    day of theirs that the other did not say it. A word therefore stands for at least two counts
    that are possible for either of them, and whether there is a word depends on how many days
    are possible, not on the count.

    Parameters
    ----------
    shared
        The days.

    Returns
    -------
    Often
        With fewer than four days, two or three possible ones, or two or three beyond the
        possible ones: not said. With one at most:
        hardly ever. Else hardly ever up to a quarter of the possible days, often from three
        quarters or one less than all, now and then between.
    """
    most = min(shared.possible_a, shared.possible_b)
    if shared.days < DAYS_NEEDED:
        return Often.NOT_SAID
    if most <= 1:
        return Often.HARDLY_EVER
    if most < CHANCES_NEEDED or shared.days <= CHANCES_NEEDED or _tells_the_rest(shared):
        return Often.NOT_SAID
    if shared.count <= max(1, int(SELDOM_SHARE * most)):
        return Often.HARDLY_EVER
    is_often = shared.count >= min(most - 1, -int(-OFTEN_SHARE * most // 1))
    return Often.OFTEN if is_often else Often.NOW_AND_THEN


def _tells_the_rest(shared: SharedDays) -> bool:
    return any(shared.days - own in TELLING_REST for own in (shared.possible_a, shared.possible_b))


def adapt_detach_days(
    ways_a: Sequence[frozenset[str]], ways_b: Sequence[frozenset[str]]
) -> SharedDays:
    """Count friction days on which one gave in and the other shut down or stayed away.

    Parameters
    ----------
    ways_a, ways_b
        What each ticked on each friction day that both answered, in the same order.
    """
    gave, shut = "gave_in", "shut_down"
    either = {gave, shut}
    pairs = list(zip(ways_a, ways_b, strict=True))
    return SharedDays(
        days=len(pairs),
        possible_a=sum(bool(a & either) for a, _ in pairs),
        possible_b=sum(bool(b & either) for _, b in pairs),
        count=sum((gave in a and shut in b) or (shut in a and gave in b) for a, b in pairs),
    )


def way_back_days(back: Iterable[tuple[bool, bool]]) -> SharedDays:
    """Count friction days after which both said that they had found their way back.

    Parameters
    ----------
    back
        For each friction day that both answered, whether a, and whether b, said so.
    """
    pairs = list(back)
    return SharedDays(
        days=len(pairs),
        possible_a=sum(a for a, _ in pairs),
        possible_b=sum(b for _, b in pairs),
        count=sum(a and b for a, b in pairs),
    )
