"""The Sunday look, items of one's own, and questionnaires of others that are only named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from counterpoint.content.tables import ContentTable, refuse_repeats
from counterpoint.domain.signs import Sign
from counterpoint.errors import ContentError

LOOK_KINDS = ("scale", "often", "line")


@dataclass(frozen=True, slots=True)
class HowOften:
    """One answer of an item that asks how often in a week; `value` is what is stored."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class LookItem:
    """One question of the Sunday look; every one may stay empty.

    Parameters
    ----------
    kind
        ``scale`` (eleven taps 0 to 10), ``often`` (`SundayLook.often`) or ``line`` (own words,
        sealed).
    low, high
        Words at the ends of a scale; else empty.
    line
        Words above a line of one's own beside the answer, sealed; empty where there is none.
    sign
        The sign it belongs to, if it belongs to one.
    reverse_keyed
        Whether more of it is less of the sign.
    """

    item_id: str
    version: int
    source: str
    kind: str
    prompt: str
    low: str
    high: str
    line: str
    sign: Sign | None
    reverse_keyed: bool


@dataclass(frozen=True, slots=True)
class OwnItem:
    """An item a person may add, by day or by week; it never enters the engine."""

    item_id: str
    version: int
    source: str
    title: str
    day: str
    week: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class OtherInstrument:
    """A questionnaire of others: named and cited, with its terms, and without any item."""

    instrument_id: str
    version: int
    source: str
    title: str
    about: str
    terms: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SundayLook:
    """What is asked once a week."""

    id: str
    version: int
    source: str
    items: Mapping[str, LookItem]
    often: tuple[HowOften, ...]
    own: Mapping[str, OwnItem]
    others: Mapping[str, OtherInstrument]


def read_sunday(table: ContentTable) -> SundayLook:
    """Return the Sunday look of a file.

    Raises
    ------
    ContentError
        When the file breaks the schema.
    """
    items = [_item(entry) for entry in table.tables("items")]
    own = [_own(entry) for entry in table.tables("own")]
    others = [_other(entry) for entry in table.tables("others")]
    refuse_repeats(table.where, [*(one.item_id for one in items), *(one.item_id for one in own)])
    often = []
    for entry in table.tables("often"):
        often.append(HowOften(value=entry.text("value"), label=entry.text("label")))
        entry.close()
    look = SundayLook(
        id=table.text("id"),
        version=table.version(),
        source=table.text("source"),
        items=MappingProxyType({one.item_id: one for one in items}),
        often=tuple(often),
        own=MappingProxyType({one.item_id: one for one in own}),
        others=MappingProxyType({one.instrument_id: one for one in others}),
    )
    table.close()
    return look


def _item(entry: ContentTable) -> LookItem:
    kind = entry.text("kind")
    if kind not in LOOK_KINDS:
        raise ContentError(f"{entry.where}: kind {kind!r} is none of {', '.join(LOOK_KINDS)}")
    item = LookItem(
        item_id=entry.text("item_id"),
        version=entry.version(),
        source=entry.text("source"),
        kind=kind,
        prompt=entry.text("prompt"),
        low=entry.text("low") if kind == "scale" else "",
        high=entry.text("high") if kind == "scale" else "",
        line=entry.text_or_empty("line"),
        sign=entry.word_or_none("sign", Sign),
        reverse_keyed=entry.flag("reverse_keyed", default=False),
    )
    entry.close()
    return item


def _own(entry: ContentTable) -> OwnItem:
    item = OwnItem(
        item_id=entry.text("item_id"),
        version=entry.version(),
        source=entry.text("source"),
        title=entry.text("title"),
        day=entry.text("day"),
        week=entry.text("week"),
        low=entry.text("low"),
        high=entry.text("high"),
    )
    entry.close()
    return item


def _other(entry: ContentTable) -> OtherInstrument:
    other = OtherInstrument(
        instrument_id=entry.text("instrument_id"),
        version=entry.version(),
        source=entry.text("source"),
        title=entry.text("title"),
        about=entry.text("about"),
        terms=entry.text("terms"),
        sources=entry.texts("sources"),
    )
    entry.close()
    return other
