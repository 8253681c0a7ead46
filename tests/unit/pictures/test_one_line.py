"""One row of answers on a single staff."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from counterpoint.pictures import one_line

ENDS = ("none", "a lot")


def heights(svg: str) -> list[float]:
    """Return how far down each note lies, in order of time."""
    return [float(y) for y in re.findall(r'<ellipse[^>]*cy="([\d.]+)"', svg)]


def test_each_answer_is_a_note_and_a_gap_is_a_rest_and_no_note() -> None:
    picture = one_line(
        [("1 May", 0), ("2 May", None), ("3 May", 10)], title="Laughter", ends=ENDS, key="own"
    )
    lowest, highest = heights(picture.svg)
    assert lowest - highest == 80
    assert picture.table.rows == (("1 May", "0"), ("2 May", "no answer"), ("3 May", "10"))
    assert picture.sentence.startswith("2 answers from 0, none, to 10, a lot")
    assert "1 May to 3 May" in picture.svg


def test_without_answers_it_is_an_empty_staff_with_its_sentence() -> None:
    picture = one_line([], title="Laughter", ends=ENDS, key="own")
    assert heights(picture.svg) == []
    assert picture.sentence.startswith("0 answers")


def test_words_of_a_person_cannot_break_the_picture() -> None:
    picture = one_line([("<&>", 3)], title='"<script>"', ends=("<b>", "&"), key="own")
    ET.fromstring(picture.svg)  # noqa: S314 - our own drawing
    assert "<script>" not in picture.svg
