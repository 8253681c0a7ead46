"""Pictures as pages hold them: named once, told once, each with its table, in every language.

Pages are those that the links of a life lead to. On each of them every id is there once and every
reference leads somewhere, whatever pictures have come together on it.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from counterpoint.content import LANGUAGES
from counterpoint.domain.couplings import Cost
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.dynamics.services import joint, maps
from factories import browser_of
from lives import one_of_each
from pairs import OCTOBER, SUNDAY, join, share_both
from web.dynamics.both_evenings import write_both
from web.practice.test_offers import a_look, begin
from web.test_words_on_pages import reach
from web.worlds import all_paths

REFERENCES = (
    "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "for",
    "headers", "list", "form",
)  # fmt: skip
"""Attributes that hold ids."""
NOT_CLOSED = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
PAINT = re.compile(r"url\(#([^)]*)\)")


@dataclass
class Figure:
    """What one figure of a page holds."""

    drawings: list[str] = field(default_factory=list)
    caption: str = ""
    words: str = ""
    rows: int = 0


class Reader(HTMLParser):
    """Reads ids, references, figures and drawings of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.asked: set[str] = set()
        self.figures: list[Figure] = []
        self.loose: list[str] = []
        self.seen: list[str] = []
        self.sounds: list[dict[str, str]] = []
        self.wrong: list[str] = []
        self._open: list[tuple[str, str]] = []

    def _within(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids[given["id"]] += 1
        for name, value in given.items():
            if name in REFERENCES:
                self.asked.update(value.split())
            elif name in {"href", "xlink:href"} and value.startswith("#"):
                self.asked.add(value[1:])
            self.asked.update(PAINT.findall(value))
        if tag == "figure":
            self.figures.append(Figure())
        elif tag == "svg":
            self._look_at_a_drawing(given)
        elif tag == "tr" and self._within("figure"):
            self.figures[-1].rows += 1
        elif tag in {"audio", "video"}:
            self.sounds.append(given)
            self.wrong += wrong_with_a_sound(given)
        elif tag == "desc":
            self.wrong.append("a drawing says its sentence beside the caption that says it")
        if tag not in NOT_CLOSED:
            self._open.append((tag, given.get("role", "")))

    def _look_at_a_drawing(self, given: dict[str, str]) -> None:
        if given.get("aria-hidden") == "true":
            return
        if given.get("role") != "img" or not given.get("aria-labelledby"):
            self.wrong.append(f"a drawing that is neither hidden nor named: {given}")
            return
        self.seen.append(given["aria-labelledby"])
        if self._within("figure"):
            self.figures[-1].drawings.append(given["aria-labelledby"])
        else:
            self.loose.append(given["aria-labelledby"])

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._within("figure"):
            self.figures[-1].words += data
        if self._within("figcaption"):
            self.figures[-1].caption += data


def wrong_with_a_sound(given: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with a player: nothing sounds, and nothing is fetched, unasked."""
    for name in ("controls", "aria-label", "aria-describedby"):
        if name not in given:
            yield f"a player without {name}"
    if given.get("preload") != "none":
        yield "a player that fetches before it is asked to"
    yield from (f"a player with {name}" for name in ("autoplay", "loop") if name in given)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


def wrong_on(page: str) -> Iterator[str]:
    """Yield what is wrong with ids, references and pictures of a page."""
    found = read(page)
    yield from found.wrong
    yield from (f"id {name} is there {n} times" for name, n in found.ids.items() if n > 1)
    yield from (f"nothing has the id {name}" for name in found.asked - set(found.ids) - {"top"})
    yield from (f"{name} has no caption" for name in found.loose if name != "board-title")
    for one in found.figures:
        if not one.drawings:
            yield "a figure without a picture"
        if len(one.caption.split()) < 3:
            yield f"{one.drawings} with no sentence"
        elif one.words.count(one.caption.strip()) > 1:
            yield f"the sentence of {one.drawings} is read twice"
        if one.rows < 2:
            yield f"{one.drawings} without a table"


def look_at(person: User, paths: Iterable[str], language: str) -> dict[str, str]:
    """Return the pages of a person in a language, by address."""
    User.objects.filter(pk=person.pk).update(language=language)
    browser = browser_of(User.objects.get(pk=person.pk))
    answers = {path: browser.get(path) for path in paths}
    return {path: one.content.decode() for path, one in answers.items() if one.status_code == 200}


def seen_on(pages: Mapping[str, str]) -> set[str]:
    """Return the names of the pictures on some pages; those of own questions bear random ids."""
    names = {name.removesuffix("-title") for page in pages.values() for name in read(page).seen}
    return {re.sub(r"^own-[0-9a-f]{32}$", "own", name) for name in names}


def wrong_in(pages: Mapping[str, str]) -> dict[str, list[str]]:
    wrong = {path: list(wrong_on(page)) for path, page in pages.items()}
    return {path: lines for path, lines in wrong.items() if lines}


def test_pictures_of_a_life(db: None, settings: Settings, tmp_path: Path) -> None:
    person = one_of_each(settings, tmp_path)
    every = all_paths(clock.today(person.zone) - timedelta(days=1), uuid.UUID(int=7))
    reached = reach(browser_of(person), ("/today/", WHAT_IF, *every))
    pages = {path: page for path, page in reached.items() if page}
    assert wrong_in(pages) == {}
    assert seen_on(pages) == OF_A_LIFE
    assert {one["src"] for page in pages.values() for one in read(page).sounds} == {
        "/plane/score/sound/",
        "/example/sound/",
    }
    for language in LANGUAGES[1:]:
        told = look_at(person, pages, language)
        assert (language, wrong_in(told)) == (language, {})
        assert (language, seen_on(told)) == (language, OF_A_LIFE)


WHAT_IF = "/lab/?pair=adapt_and_detach&what=a7&left=none"
OF_A_LIFE = {
    "board", "corners", "couple-couplings", "couple-days", "couple-plane", "couple-same-day",
    "dance", "days", "evenings", "marks", "mine", "music", "music-sheet", "now", "own", "plane",
    "sample", "shared-days", "then", "trails", "wish",
}  # fmt: skip
OF_MAPS = {"mine", "both-mine", "both-theirs"}
OF_BANDS = {"dance", "dance-fields"}
OF_AN_OPEN_DIARY = {
    "both-couplings", "both-days", "both-places", "both-same-day", "dance", "music", "music-sheet",
}  # fmt: skip


@pytest.mark.parametrize(
    ("shared", "drawn"),
    [
        ((Kind.PATTERNS, Kind.PLACE), OF_BANDS),
        ((Kind.PATTERNS, Kind.PLACE, Kind.DAYS), OF_AN_OPEN_DIARY),
    ],
)
def test_pictures_of_two(
    owner: User, partner: User, shared: tuple[Kind, ...], drawn: set[str]
) -> None:
    with time_machine.travel(OCTOBER, tick=False):
        couple = join(owner, partner)
        share_both(owner, partner, *shared)
        for person in (owner, partner):
            maps.save_map(person, couple.pk, dict.fromkeys(Cost, 2))
            maps.lay_open(person, couple.pk)
        begin(browser_of(owner))
        a_look(owner, 4, low=2.0, high=9.0, word="helps")
    paths = ("/two/", "/two/picture/", "/two/picture/sheet/", "/two/maps/", "/practice/effect/")
    with time_machine.travel(SUNDAY, tick=False):
        write_both(owner, partner, 70, last=date(2026, 10, 29))
        joint.run_joint_release(str(couple.pk))
        for language in LANGUAGES:
            pages = look_at(owner, paths, language)
            assert (language, wrong_in(pages)) == (language, {})
            assert (language, seen_on(pages)) == (language, {*drawn, *OF_MAPS, "effect-0"})


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        ('<p id="a"></p><p id="a"></p>', "id a is there 2 times"),
        ('<input aria-describedby="a b"><p id="a">', "nothing has the id b"),
        ('<svg aria-hidden="true"><use href="#c"/></svg>', "nothing has the id c"),
        ('<svg aria-hidden="true"><g clip-path="url(#d)"/></svg>', "nothing has the id d"),
        ("<svg></svg>", "a drawing that is neither hidden nor named: {}"),
        ('<svg role="img" aria-labelledby="t"><title id="t">x</title></svg>', "t has no caption"),
        ("<figure><figcaption>One two three.</figcaption></figure>", "a figure without a picture"),
        ('<audio src="x" autoplay></audio>', "a player with autoplay"),
        ('<audio src="x" preload="auto"></audio>', "a player without controls"),
        ('<audio src="x" preload="auto"></audio>', "a player that fetches before it is asked to"),
    ],
)
def test_what_is_wrong_is_found(page: str, wrong: str) -> None:
    assert wrong in list(wrong_on(page))


def test_a_figure_without_a_sentence_or_a_table_or_with_two_is_found() -> None:
    drawing = '<svg role="img" aria-labelledby="t"><title id="t">{}</title></svg>'
    told = "<figcaption>One two three.</figcaption>"
    table = "<table><tr><td>1</td></tr><tr><td>2</td></tr></table>"
    found = [
        list(wrong_on(f"<figure>{drawing.format(title)}{caption}{rows}</figure>"))
        for title, caption, rows in (
            ("x", told, table), ("x", "", table), ("x", told, ""), ("One two three.", told, table),
        )
    ]  # fmt: skip
    assert found == [
        [],
        ["['t'] with no sentence"],
        ["['t'] without a table"],
        ["the sentence of ['t'] is read twice"],
    ]
