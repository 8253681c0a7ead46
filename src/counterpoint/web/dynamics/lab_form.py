"""The dials of the lab as lists of steps in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from counterpoint.domain.dyad import Member
from counterpoint.web.core.language import current_content
from counterpoint.web.dynamics.lab_dials import (
    NAMES,
    SMALLER_DIALS,
    Choice,
    Dial,
    Left,
    Pair,
    Push,
    dial_name,
)

STEPS = (-80, -50, -25, 0, 25, 50, 80)
"""The steps a dial offers, hundredths; a dial of a pair may stand between two of them."""
WORDS = ((0, "none"), (15, "barely"), (35, "a_little"), (65, ""), (100, "much"))
"""Up to which size a dial is told by which word."""


@dataclass(frozen=True)
class Option:
    """One choice of a list."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class DialRow:
    """One dial as a list of steps in words."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Person:
    """One of the two, with the four dials in front and the rest."""

    name: str
    slot: str
    front: tuple[DialRow, ...]
    more: tuple[DialRow, ...]


@dataclass(frozen=True)
class PairLink:
    """One of the invented couples to begin from."""

    pair_id: str
    title: str
    text: str
    is_begun_from: bool


@dataclass(frozen=True)
class Controls:
    """The form of the lab.

    Parameters
    ----------
    pairs
        The invented couples.
    people
        The two and their dials.
    pushes, left
        What happens on the first day, and how much the what-if leaves.
    smaller
        For each of the two: the name, and the dials the what-if may make smaller.
    """

    pairs: tuple[PairLink, ...]
    people: tuple[Person, ...]
    pushes: tuple[Option, ...]
    left: tuple[Option, ...]
    smaller: tuple[tuple[str, tuple[Option, ...]], ...]

    @property
    def begun_from(self) -> PairLink:
        """The pair the dials began from."""
        return next(pair for pair in self.pairs if pair.is_begun_from)


def controls_of(choice: Choice, pairs: Mapping[str, Pair]) -> Controls:
    """Return the form with a setting chosen in it."""
    return Controls(
        pairs=tuple(
            PairLink(name, _say(f"pair.{name}.title"), _say(f"pair.{name}.text"),
                     name == choice.pair_id)
            for name in pairs
        ),
        people=tuple(
            _person(member, own) for member, own in zip(Member, choice.dials, strict=True)
        ),
        pushes=tuple(
            Option(
                push.value,
                _say(f"push.{'hard' if push.is_hard else 'near'}.label", name=NAMES[push.member]),
                push is choice.push,
            )
            for push in Push
        ),
        left=tuple(
            Option(left.value, _say(f"what_if.{left.value}"), left is choice.left) for left in Left
        ),
        smaller=tuple((NAMES[member], _to_take_from(member, choice)) for member in Member),
    )  # fmt: skip


def label_of(member: Member, dial: Dial) -> str:
    """Return how the sentence of a dial begins."""
    return _say(f"dial.{dial.value}", name=NAMES[member], second=NAMES[member.other])


def sentence_of(member: Member, dial: Dial, value: int) -> str:
    """Return the whole sentence of a dial that is turned so far, without its full stop."""
    return f"{label_of(member, dial)} {_step_words(dial, value)}"


def word_of(value: int) -> str:
    """Return the word for how far a dial is turned, such as ``a_little_more``."""
    size = next(word for limit, word in WORDS if abs(value) <= limit)
    return size if size == "none" else f"{size}_{'more' if value > 0 else 'less'}".strip("_")


def _say(phrase_id: str, **values: str) -> str:
    return current_content().phrase(f"lab.{phrase_id}", **values)


def _person(member: Member, own: tuple[int, ...]) -> Person:
    rows = {dial: _row(member, dial, value) for dial, value in zip(Dial, own, strict=True)}
    return Person(
        NAMES[member],
        member.value,
        tuple(row for dial, row in rows.items() if dial.is_in_front),
        tuple(row for dial, row in rows.items() if not dial.is_in_front),
    )


def _row(member: Member, dial: Dial, value: int) -> DialRow:
    """Offer the steps, with the dial's own place instead of the step of the same word."""
    standing = word_of(value)
    steps = [step for step in STEPS if word_of(step) != standing and not (dial.holds and step < 0)]
    options = tuple(
        Option(str(step), _step_words(dial, step), step == value)
        for step in sorted([*steps, value])
    )
    return DialRow(dial_name(member, dial), label_of(member, dial), options)


def _step_words(dial: Dial, value: int) -> str:
    kind = "holds" if dial.holds else dial.effect.value
    return _say(f"step.{kind}.{word_of(value)}")


def _to_take_from(member: Member, choice: Choice) -> tuple[Option, ...]:
    return tuple(
        Option(
            dial_name(member, dial), f"{label_of(member, dial)} …", choice.what == (member, dial)
        )
        for dial in SMALLER_DIALS
    )
