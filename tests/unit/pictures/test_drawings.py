from __future__ import annotations

import re
import time
from xml.etree import ElementTree as ET

import pytest

from unit.pictures.drawings import DRAWINGS, DRAWN, WIDE

SVG = "{http://www.w3.org/2000/svg}"
WAYS = [(name, theme) for name in DRAWINGS for theme in ("page", "file")]


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawing_is_the_committed_one(name: str) -> None:
    committed = (DRAWN / f"{name}.svg").read_text(encoding="utf-8")
    assert DRAWINGS[name]("file").svg + "\n" == committed


def test_every_committed_drawing_is_still_drawn() -> None:
    assert sorted(path.stem for path in DRAWN.glob("*.svg")) == sorted(DRAWINGS)


@pytest.mark.parametrize(("name", "theme"), WAYS)
def test_names_itself_to_those_who_hear_it(name: str, theme: str) -> None:
    picture = DRAWINGS[name](theme)
    root = ET.fromstring(picture.svg)  # noqa: S314 - our own text
    assert root.get("role") == "img"
    title, sentence = (root.get("aria-labelledby") or "").split()
    found = {node.get("id"): node.text for node in root.iter() if node.get("id")}
    assert found[title] == picture.title
    assert found[sentence] == picture.sentence
    assert picture.table.rows


@pytest.mark.parametrize(("name", "theme"), WAYS)
def test_holds_nothing_a_strict_policy_would_refuse(name: str, theme: str) -> None:
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


@pytest.mark.parametrize("name", DRAWINGS)
def test_text_stays_readable_on_a_narrow_phone(name: str) -> None:
    root = ET.fromstring(DRAWINGS[name]("page").svg)  # noqa: S314 - our own text
    width, height = (float(part) for part in (root.get("viewBox") or "").split()[2:])
    for text in root.iter(f"{SVG}text"):
        size = float(text.get("font-size") or 0)
        assert size * WIDE.get(name, 296) / width >= 9.9  # css pixels at the least width
        assert 0 <= float(text.get("x") or -1) <= width
        assert 0 < float(text.get("y") or -1) <= height - 2


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
