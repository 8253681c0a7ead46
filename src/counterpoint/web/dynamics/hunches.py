"""The page of hunches: four sealed guesses, and each opened one beside the days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from counterpoint.content.telling import Guess, tell_hunch
from counterpoint.domain.bearings import Bearing
from counterpoint.domain.couplings import Cost
from counterpoint.domain.dyad import Member
from counterpoint.web.accounts.models import User
from counterpoint.web.core.language import current_content
from counterpoint.web.diary import queries as diary_queries
from counterpoint.web.dynamics import queries, rules
from counterpoint.web.dynamics.results import SoloResult
from counterpoint.web.safety import queries as safety_queries

NO_GUESS = ""


@dataclass(frozen=True, slots=True)
class HunchCard:
    """One of the four hunches as its owner sees it.

    Parameters
    ----------
    cost
        Which one.
    stem
        How its sentence begins.
    choices
        How it may end: stored value and words, in their order, and that there is no hunch.
    guess
        What stands now, a stored value; empty for no hunch.
    is_kept
        Whether it was ever sealed.
    opened_on
        The day it was opened; ``None`` while it is sealed.
    told
        What stands beside it once it is open.
    """

    cost: Cost
    stem: str
    choices: tuple[tuple[str, str], ...]
    guess: str
    is_kept: bool
    opened_on: date | None
    told: tuple[str, ...]

    @property
    def is_sealed(self) -> bool:
        """Whether it lies sealed."""
        return self.is_kept and self.opened_on is None


@dataclass(frozen=True, slots=True)
class HunchPage:
    """All of the page.

    Parameters
    ----------
    cards
        The four, in their order.
    later
        From how many answered days on the days may speak; empty once that many are there.
    """

    cards: tuple[HunchCard, ...]
    later: str

    @property
    def may_change(self) -> tuple[HunchCard, ...]:
        """The hunches that are not open, and so may still be made or changed."""
        return tuple(card for card in self.cards if card.opened_on is None)

    @property
    def sealed(self) -> tuple[HunchCard, ...]:
        """The hunches that lie sealed."""
        return tuple(card for card in self.cards if card.is_sealed)

    @property
    def opened(self) -> tuple[HunchCard, ...]:
        """The hunches that are open."""
        return tuple(card for card in self.cards if card.opened_on is not None)


def hunch_choices(cost: Cost) -> tuple[tuple[str, str], ...]:
    """Return how the sentence of a cost may end, and that there is no hunch."""
    say = current_content().phrase
    ends = tuple((guess.value, say(f"hunch.{cost.value}.{guess.value}")) for guess in Guess)
    return (*ends, (NO_GUESS, say("hunch.no_guess")))


def hunch_page(owner: User, today: date) -> HunchPage:
    """Return the owner's hunches; what stands beside an open one is the owner's to see anyway.

    What moves within the owner is told from the fit of their own days, as on *my plane*. What
    comes from the partner is told only from a joint picture that both may see and that is exact,
    since both shared their days when it was made. Where the owner's quiet line asks for it
    nothing is told, and the page is that of closed gates.
    """
    content = current_content()
    kept = queries.own_hunches(owner)
    opened = any(hunch.opened_on is not None for hunch in kept.values())
    leans = _leans(owner, today) if opened else {}
    cards = []
    for cost in Cost:
        hunch = kept.get(cost)
        guess = NO_GUESS if hunch is None else hunch.guess
        told: tuple[str, ...] = ()
        if hunch is not None and hunch.opened_on is not None:
            lean = leans.get(cost)
            told = tell_hunch(
                content,
                cost,
                Guess(guess) if guess else None,
                Bearing.NOT_SAID if lean is None else lean,
                alone=lean is None,
            )
        cards.append(
            HunchCard(
                cost=cost,
                stem=content.phrase(f"hunch.{cost.value}.stem"),
                choices=hunch_choices(cost),
                guess=guess,
                is_kept=hunch is not None,
                opened_on=None if hunch is None else hunch.opened_on,
                told=told,
            )
        )
    needed = rules.COUPLINGS_FROM_DAYS
    is_early = diary_queries.answered_days(owner) < needed
    later = content.phrase("hunch.later", needed=needed) if is_early else ""
    return HunchPage(tuple(cards), later)


def _leans(owner: User, today: date) -> Mapping[Cost, Bearing]:
    """Return where each coupling leans, for those that something may be told about at all."""
    if safety_queries.is_individual(owner):
        return {}
    found: dict[Cost, Bearing] = {}
    shown = queries.shown_fit(owner, today)
    if (
        shown is not None
        and shown.result is not None
        and not shown.provisional
        and shown.days >= rules.COUPLINGS_FROM_DAYS
    ):
        found |= {cost: lean_of(shown.result, cost) for cost in Cost if not cost.cause_is_partner}
    seen = queries.seen_picture(owner)
    if seen is not None and seen.picture.numbers is not None:
        of_both = seen.picture.bands.costs[Member.A]
        found |= {cost: of_both[cost] for cost in Cost if cost.cause_is_partner}
    return found


def lean_of(result: SoloResult, cost: Cost) -> Bearing:
    """Return where a coupling within one person leans.

    A cost is told at its own gate; the other way where the direction of the coupling is said and
    is not that of the cost.

    Parameters
    ----------
    result
        Numbers of a fit that may speak of couplings.
    cost
        A cost whose cause lies in the same person.
    """
    found = result.costs.get(cost.value)
    if found is not None and found.said:
        return Bearing.COSTS
    coupling = result.couplings.get(f"{cost.effect_axis.value}<-{cost.cause_axis.value}")
    if coupling is not None and coupling.said and coupling.mean * cost.sign < 0:
        return Bearing.SUPPORTS
    return Bearing.NOT_SAID
