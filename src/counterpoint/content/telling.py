"""What is said to a person about their own evidence, from templates and nothing else.

Each function takes what was found and returns sentences in order. Which finding may be said is
decided before (MODEL sections 7, 15 and 16); here it only gets its words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from counterpoint.content.exercises import Outcome
from counterpoint.content.phrases import PhraseValue
from counterpoint.content.plan import Reason, Suggestion
from counterpoint.content.schema import Content
from counterpoint.domain.bearings import Bearing
from counterpoint.domain.couplings import Cost
from counterpoint.domain.signs import Sign
from counterpoint.domain.skills import Skill


class Guess(StrEnum):
    """A hunch about one cost: the opposite of the cost, neither, or the cost."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


class Quantity(StrEnum):
    """What is laid side by side then and now (MODEL section 16)."""

    CONNECTION = "connection"
    SELF = "self"
    STEADINESS = "steadiness"
    VOICE = "voice"
    TURNING = "turning"


class Change(StrEnum):
    """What may be said about a change."""

    MORE = "more"
    LESS = "less"
    SAME = "same"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Effect:
    """What the randomised evenings show about one exercise.

    Parameters
    ----------
    outcome
        What was named beforehand.
    helps
        Whether the test over all looks so far allows it to be said (MODEL section 15).
    low, high
        Interval of the difference in taps, 0 to 10; negative is lower with an offer. ``None``
        before the first look, and where the days could not be read.
    offers, without, done
        Evenings with an offer, without one, and with an offer that was taken up.
    next_look
        Week of the next look; ``None`` after the last.
    """

    outcome: Outcome
    helps: bool
    low: float | None
    high: float | None
    offers: int
    without: int
    done: int
    next_look: int | None


def tell_said(
    content: Content, *, answered: int, items: int, low: int = 0, high: int = 0
) -> tuple[str, ...]:
    """Return what a person said about one sign.

    Parameters
    ----------
    answered, items
        How many of the sentences about it were answered, and how many there are.
    low, high
        Range of how often it is so, as stored values 0 to 4, in the direction of the sign.
    """
    if answered == 0:
        return (content.phrase("sign.said.none"),)
    label = {one.value: one.label for one in content.questionnaire.response_options}
    told = content.phrase(
        "sign.said.same" if low == high else "sign.said.range",
        answered=answered,
        items=items,
        low=label[low],
        high=label[high],
    )
    return (told, content.phrase("sign.said.one")) if answered == 1 < items else (told,)


def tell_effect(content: Content, effect: Effect) -> tuple[str, ...]:
    """Return the sentences of an effect card."""
    named = f"{effect.outcome.axis.value}.{effect.outcome.time.value}"
    told = [content.phrase(f"effect.named.{named}")]
    if effect.helps:
        told.append(content.phrase(f"effect.helps.{named}"))
    else:
        told += [content.phrase("effect.no_evidence"), content.phrase("effect.no_evidence.means")]
    told += tell_range(content, effect)
    if effect.offers or effect.without:
        told.append(content.phrase("effect.offers", offers=effect.offers, without=effect.without))
    else:
        told.append(content.phrase("effect.not_drawn"))
    if effect.offers:
        told.append(content.phrase("effect.done", done=effect.done, offers=effect.offers))
    if effect.next_look is None:
        told.append(content.phrase("effect.last_look"))
    else:
        told.append(content.phrase("effect.wait", week=effect.next_look))
    return tuple(told)


def tell_range(content: Content, effect: Effect) -> tuple[str, ...]:
    """Return the sentence of an effect's interval, or none where there is no interval."""
    if effect.low is None or effect.high is None:
        return ()
    return (tell_span(content, "effect", effect.low, effect.high),)


def tell_hunch(
    content: Content, cost: Cost, guess: Guess | None, bearing: Bearing, *, alone: bool = True
) -> tuple[str, ...]:
    """Return a hunch, opened beside the days.

    Parameters
    ----------
    cost
        What it is about.
    guess
        What was guessed; ``None`` for no hunch.
    bearing
        Which way the days lean, as far as may be said.
    alone
        Whether only the person's own days are used: then a cost that comes from the partner
        cannot be told, whatever `bearing` is.
    """
    words = {one: content.phrase(f"hunch.{cost.value}.{one.value}") for one in Guess}
    of_both = alone and cost.cause_is_partner
    lean = None if of_both else _LEANS.get(bearing)
    if guess is None:
        if lean is None:
            return (content.phrase("hunch.no_guess_open"),)
        return (content.phrase("hunch.no_guess_days", days_words=words[lean]),)
    stem = content.phrase(f"hunch.{cost.value}.stem").rstrip(" .…")
    told = content.phrase("hunch.guess", stem=stem, guess=words[guess])
    if of_both:
        return (told, content.phrase("hunch.of_both"))
    if lean is None:
        return (told, content.phrase("hunch.stands"))
    if lean is guess:
        return (told, content.phrase("hunch.agrees"))
    return (told, content.phrase("hunch.differs", days_words=words[lean]))


_LEANS: Mapping[Bearing, Guess] = {Bearing.COSTS: Guess.HIGH, Bearing.SUPPORTS: Guess.LOW}


def tell_change(content: Content, quantity: Quantity, change: Change, *, since: str) -> str:
    """Return then and now of one quantity; `since` is the end of a phrase ``change.then``."""
    then = content.phrase(f"change.then.{since}")
    return content.phrase(f"change.{quantity.value}.{change.value}", then=then)


def skills_spoken_for(content: Content) -> dict[str, tuple[Skill, ...]]:
    """Return the skills each possible reason of a plan speaks for, by `Reason.key`."""
    return {
        **{reason_id: one.skills for reason_id, one in content.plan.items()},
        **{
            f"sign.{sign.value}": tuple(one.skill for one in page.skills)
            for sign, page in content.sign_pages.items()
        },
    }


def tell_reason(content: Content, reason: Reason) -> str:
    """Return a reason of a plan in words."""
    values: dict[str, PhraseValue] = dict(reason.values)
    if reason.sign is not None:
        values["title"] = content.signs[Sign(reason.sign)].title
    return content.phrase(f"plan.because.{reason.reason_id}", **values)


def tell_plan(content: Content, suggestions: Sequence[Suggestion]) -> tuple[str, ...]:
    """Return a plan in words: each skill with why, then that all of it is our reading."""
    told = []
    if not any(one.reasons for one in suggestions):
        told.append(content.phrase("plan.drawn"))
    for number, one in enumerate(suggestions):
        opening = "plan.first" if number == 0 else "plan.second"
        told.append(content.phrase(opening, title=content.skills[one.skill].title))
        told += [tell_reason(content, reason) for reason in one.reasons]
        if number > 0 and not one.reasons and suggestions[0].reasons:
            told.append(content.phrase("plan.second_drawn"))
    return (*told, content.phrase("plan.reading"))


def tell_span(content: Content, about: str, low: float, high: float) -> str:
    """Return between what a difference in taps lies, to a tenth of a tap.

    Parameters
    ----------
    about
        Family of its phrases ``.range``: ``effect`` or ``change``.
    low, high
        Its ends in taps; negative is lower.
    """
    low, high = round(low, 1), round(high, 1)
    if low >= 0:
        return content.phrase(f"{about}.range.higher", low=abs(low), high=abs(high))
    if high <= 0:
        return content.phrase(f"{about}.range.lower", low=abs(high), high=abs(low))
    return content.phrase(f"{about}.range.across", low=abs(low), high=abs(high))
