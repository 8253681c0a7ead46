"""The rules the questions must keep: the questionnaire, the check-in and the Sunday look."""

from __future__ import annotations

from collections.abc import Iterator

from counterpoint.content.schema import Content, Questionnaire
from counterpoint.domain.diary import Friction, Together
from counterpoint.domain.plane import Axis
from counterpoint.domain.signs import Sign
from counterpoint.domain.styles import Style

SITTINGS = (1, 2, 3)
"""The sittings of the questionnaire; each asks one item a sign."""

_DESIGN = {1: ("g", "c1", "s1", "n", "e1"), 2: ("c2", "c3", "s2", "s3", "w", "e2", "e3", "l")}

_SUNDAY = ("h1", "h2", "rest", "talk", "cod3", "ind2", "ind3", "int3", "cod1", "int2", "moment")

_OWN = ("touch", "laughter", "being_heard", "desire", "trust", "satisfaction")


def questions_broken(content: Content) -> Iterator[str]:
    """Yield what is wrong with the questions, one sentence a problem."""
    yield from _questionnaire(content.questionnaire)
    yield from _checkin(content)
    yield from _sunday(content)


def _questionnaire(questionnaire: Questionnaire) -> Iterator[str]:
    for sitting in SITTINGS:
        items = questionnaire.in_sitting(sitting)
        if sorted(item.sign for item in items) != sorted(Sign):
            yield f"questionnaire: sitting {sitting} asks one item for each of the fifteen signs"
        for style in Style:
            keyed = [item.reverse_keyed for item in items if item.sign.style is style]
            if sum(keyed) != 1:
                yield (
                    f"questionnaire: in sitting {sitting} {style.value} has one item "
                    "keyed the other way round"
                )
    for item in questionnaire.items:
        if item.sitting not in SITTINGS:
            yield f"questionnaire.{item.item_id}: there is no sitting {item.sitting}"
        if item.item_id != f"{item.sign.value}_{item.sitting}":
            yield f"questionnaire.{item.item_id}: an id is the sign and the sitting"
    texts = [item.text for item in questionnaire.items]
    for text in sorted({text for text in texts if texts.count(text) > 1}):
        yield f"questionnaire: {text!r} is asked twice"
    values = [option.value for option in questionnaire.response_options]
    if values != list(range(5)):
        yield "questionnaire: five response options are stored as 0 to 4, in order"


def _checkin(content: Content) -> Iterator[str]:
    checkin = content.checkin
    for screen, design in _DESIGN.items():
        if tuple(item.item_id for item in checkin.on_screen(screen)) != design:
            yield f"checkin: screen {screen} asks {' '.join(design)}, in this order"
    for axis in Axis:
        markers = [item for item in checkin.items.values() if item.marker and item.state is axis]
        if len(markers) != 1:
            yield f"checkin: {axis.value} has exactly one marker"
    for group, drawn in checkin.coin_groups().items():
        states = {checkin.items[item_id].state for item_id in drawn}
        if len(drawn) != 2 or len(states) != 1 or None in states:
            yield f"checkin: coin {group} draws one of two items of the same axis"
    stored = {"n": [word.value for word in Together], "e1": [word.value for word in Friction]}
    for item_id, values in stored.items():
        item = checkin.items.get(item_id)
        if item is not None and [option.value for option in item.options] != values:
            yield f"checkin.{item_id}: options are stored as {', '.join(values)}"


def _sunday(content: Content) -> Iterator[str]:
    look = content.sunday
    if tuple(look.items) != _SUNDAY:
        yield f"sunday: asks {' '.join(_SUNDAY)}, in this order"
    if tuple(look.own) != _OWN:
        yield f"sunday: offers {' '.join(_OWN)} as own items"
    if [one.value for one in look.often] != ["not_once", "once_or_twice", "often"]:
        yield "sunday: how often is stored as not_once, once_or_twice, often"
    for item in look.items.values():
        if item.reverse_keyed and item.sign is None:
            yield f"sunday.{item.item_id}: only an item of a sign can be keyed the other way round"
