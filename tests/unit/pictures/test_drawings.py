from __future__ import annotations

import re
import time
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import counterpoint
from counterpoint.content import LANGUAGES, load_content
from counterpoint.pictures import Theme
from counterpoint.pictures.canvas import text_width
from unit.pictures.drawings import DRAWINGS, DRAWN, THEMES, WIDE, committed, in_language

SVG = "{http://www.w3.org/2000/svg}"
WAYS = [(name, theme) for name in DRAWINGS for theme in THEMES]


@pytest.mark.parametrize(("name", "theme"), WAYS)
def test_drawing_is_the_committed_one(name: str, theme: Theme) -> None:
    kept = committed(name, theme).read_text(encoding="utf-8")
    assert DRAWINGS[name](theme).svg + "\n" == kept


def test_every_committed_drawing_is_still_drawn() -> None:
    kept = {committed(*way) for way in WAYS}
    assert set(DRAWN.rglob("*.svg")) == kept


@pytest.mark.parametrize(("name", "theme"), WAYS)
def test_names_itself_to_those_who_hear_it(name: str, theme: Theme) -> None:
    """A file says its sentence as well; on a page the caption does, and nobody hears it twice."""
    picture = DRAWINGS[name](theme)
    root = ET.fromstring(picture.svg)  # noqa: S314 - our own text
    assert root.get("role") == "img"
    found = {node.get("id"): node.text for node in root.iter() if node.get("id")}
    assert found[root.get("aria-labelledby")] == picture.title
    if theme == "file":
        assert found[root.get("aria-describedby")] == picture.sentence
    else:
        assert root.find(f"{SVG}desc") is None
        assert picture.sentence not in picture.svg
    assert picture.table.rows


@pytest.mark.parametrize(("name", "theme"), WAYS)
def test_holds_nothing_a_strict_policy_would_refuse(name: str, theme: Theme) -> None:
    svg = DRAWINGS[name](theme).svg
    allowed = {
        "svg", "title", "desc", "g", "defs", "clipPath", "rect", "line", "path", "circle",
        "ellipse", "text",
    }  # fmt: skip
    for node in ET.fromstring(svg).iter():  # noqa: S314 - our own text
        assert node.tag.removeprefix(SVG) in allowed
        for attribute in node.attrib:
            assert attribute != "style"
            assert not attribute.startswith("on")
            assert "href" not in attribute
    addresses = set(re.findall(r"https?://[^\"' ]+", svg))
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert ("var(--" in svg) is (theme == "page")


DATA = Path(counterpoint.__file__).parent / "content" / "data"
TRANSLATED = [one for one in LANGUAGES[1:] if (DATA / one / "pictures.toml").is_file()]
"""Languages with words of their own for pictures; that none lacks any, the content checks see."""
PHONE = 286.0
"""Width of a picture on the narrowest phone, 320 CSS pixels wide: within gutters and borders."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DRAWINGS)
def test_text_stays_readable_on_a_narrow_phone(name: str, language: str) -> None:
    root = ET.fromstring(in_language(name, language).svg)  # noqa: S314 - our own text
    width, height = (float(part) for part in (root.get("viewBox") or "").split()[2:])
    for text in root.iter(f"{SVG}text"):
        size = float(text.get("font-size") or 0)
        assert size * WIDE.get(name, PHONE) / width >= 11  # css pixels at the least width
        assert 0 < float(text.get("y") or -1) <= height - 2
        left, right = reach(text)
        assert left >= -2, text.text
        assert right <= width + 2, text.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DRAWINGS)
def test_no_word_lies_over_another(name: str, language: str) -> None:
    root = ET.fromstring(in_language(name, language).svg)  # noqa: S314 - our own text
    for one, other in combinations(root.iter(f"{SVG}text"), 2):
        if abs(float(one.get("y") or 0) - float(other.get("y") or 0)) < 9:
            (a, b), (c, d) = reach(one), reach(other)
            assert min(b, d) <= max(a, c), (one.text, other.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_rows_end_before_the_cells(language: str) -> None:
    root = ET.fromstring(in_language("coupling-matrix", language).svg)  # noqa: S314 - our own text
    cells = min(float(line.get("x1") or 0) for line in root.iter(f"{SVG}line"))
    rows = [text for text in root.iter(f"{SVG}text") if text.get("x") == "15"]
    assert len(rows) == 8
    assert {text.text: reach(text)[1] for text in rows if reach(text)[1] > cells} == {}


def reach(text: ET.Element) -> tuple[float, float]:
    """Return where a text begins and ends, by the mean width of a letter."""
    wide = text_width(text.text or "", float(text.get("font-size") or 0)) * 0.95
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.get("text-anchor") or "start"]
    left = float(text.get("x") or 0) - share * wide
    return left, left + wide


@pytest.mark.parametrize("name", DRAWINGS)
def test_colours_of_a_page_are_its_variables_and_those_of_a_file_fixed(name: str) -> None:
    draw = DRAWINGS[name]
    for theme, allowed in (
        ("page", re.compile(r"none|var\(--[a-z-]+, #[0-9a-f]{6}\)|url\(#[a-z-]+\)")),
        ("file", re.compile(r"none|#[0-9a-f]{6}|url\(#[a-z-]+\)")),
    ):
        for node in ET.fromstring(draw(theme).svg).iter():  # noqa: S314 - our own text
            for attribute in ("fill", "stroke", "clip-path"):
                value = node.get(attribute)
                assert value is None or allowed.fullmatch(value), (node.tag, attribute, value)


TWO_VOICES = [
    name
    for name, draw in DRAWINGS.items()
    if {"var(--voice-a", "var(--voice-b"} <= set(re.findall(r"var\(--voice-[ab]", draw("page").svg))
]


@pytest.mark.parametrize("name", TWO_VOICES)
def test_two_voices_are_told_apart_without_colour(name: str) -> None:
    """An oval is the first voice and a diamond the second; of their lines only one is whole."""
    root = ET.fromstring(DRAWINGS[name]("page").svg)  # noqa: S314 - our own text
    shapes: dict[str, set[str]] = {"a": set(), "b": set()}
    lines: dict[str, set[bool]] = {"a": set(), "b": set()}
    for node in root.iter():
        fill = re.match(r"var\(--voice-([ab])", node.get("fill") or "")
        stroke = re.match(r"var\(--voice-([ab])", node.get("stroke") or "")
        if fill and not stroke and node.get("fill-opacity") is None:
            is_diamond = re.fullmatch(r"M[\d. ]+l([\d.]+) \1 -\1 \1 -\1 -\1z", node.get("d") or "")
            shapes[fill[1]].add("diamond" if is_diamond else node.tag.removeprefix(SVG))
        if stroke and (node.get("d") or "").count("C") and node.get("fill") == "none":
            lines[stroke[1]].add(node.get("stroke-dasharray") is None)
    assert "ellipse" in shapes["a"]
    assert "ellipse" not in shapes["b"]
    assert "diamond" in shapes["b"]
    assert "diamond" not in shapes["a"]
    assert lines["a"] <= {True}
    assert lines["b"] <= {False}


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("name", DRAWINGS)
def test_says_everything_in_the_language_it_is_asked_for(name: str, language: str) -> None:
    """No caption, heading or drawn word is left in English."""
    english, told = in_language(name, "en"), in_language(name, language)
    assert len(told.table.rows) == len(english.table.rows)
    assert told.title != english.title
    assert told.sentence != english.sentence
    assert not set(told.table.headers) & set(english.table.headers)


@pytest.mark.parametrize("name", DRAWINGS)
def test_ids_follow_the_key_so_that_two_fit_on_one_page(name: str) -> None:
    svg = DRAWINGS[name]("page").svg
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert len(ids) == len(set(ids))
    key = ids[0].rsplit("-", 1)[0]
    assert all(found.startswith(f"{key}-") for found in ids)


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawn_within_five_milliseconds_of_processor_time(name: str) -> None:
    draw = DRAWINGS[name]
    draw("page")
    best = min(_cpu_seconds(draw) for _ in range(9))
    assert best < 0.005


def _cpu_seconds(draw) -> float:
    start = time.process_time()
    draw("page")
    return time.process_time() - start


def test_every_word_of_pictures_is_asked_for_somewhere() -> None:
    """A family such as ``picture.days.high.`` is asked for by a name that is put together."""
    source = Path(counterpoint.__file__).parent
    asked = "\n".join(path.read_text("utf-8") for path in source.rglob("*.py"))
    unused = [
        one
        for one in load_content().phrases
        if one.startswith("picture.") and not _is_asked(one, asked)
    ]
    assert unused == []


def _is_asked(phrase_id: str, source: str) -> bool:
    parts = phrase_id.split(".")
    stems = [".".join(parts[:at]) for at in range(2, len(parts))]
    return f'"{phrase_id}"' in source or any(
        f'f"{stem}.{{' in source for stem in [*stems, "picture"]
    )
