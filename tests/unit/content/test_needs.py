"""The need builder: parts put together, parts found, words marked at the right place."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpoint.content import load_content
from counterpoint.content.needs import KINDS, read_needs
from counterpoint.content.tables import ContentTable
from counterpoint.errors import ContentError

BUILDER = load_content().needs


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (
            {
                "observation": "you came home late.",
                "feeling": "alone",
                "need": "a bit of closeness",
                "request": "sit with me?",
            },
            "When you came home late, I felt alone because I need a bit of closeness. "
            "Would you sit with me?",
        ),
        ({"need": "quiet"}, "I need quiet."),
        ({"feeling": "sad", "request": "hold me"}, "I felt sad. Would you hold me?"),
        ({"observation": "it rained", "need": "quiet"}, "When it rained, I need quiet."),
        ({"observation": "it rained", "request": "stay"}, "When it rained ... Would you stay?"),
        ({"request": " "}, ""),
        ({}, ""),
    ],
)
def test_the_parts_that_are_there_are_put_together(parts: dict[str, str], sentence: str) -> None:
    assert BUILDER.sentence(**parts) == sentence


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        (
            "When you came home I felt alone. I need warmth. Would you hold me?",
            ("observation", "feeling", "need", "request"),
        ),
        ("I feel like you do not care.", ()),
        ("I was sad yesterday.", ("observation", "feeling")),
        ("Would you call? I miss you.", ("need", "request")),
        ("You never call.", ()),
    ],
)
def test_the_parts_of_a_message_are_found(message: str, parts: tuple[str, ...]) -> None:
    assert BUILDER.parts_in(message) == parts


def test_marks_stand_at_the_words_and_say_them() -> None:
    draft = "You never listen, it’s nothing, you should know."
    marks = BUILDER.marks_in(draft)
    assert [(draft[mark.start : mark.end], mark.kind) for mark in marks] == [
        ("You never", "blame"),
        ("it’s nothing", "erase"),
        ("you should", "press"),
    ]
    assert all(draft[mark.start : mark.end] in mark.hint for mark in marks)


def test_a_word_of_one_part_is_left_alone_in_another() -> None:
    assert BUILDER.marks_in("ignored", "feeling") != ()
    assert BUILDER.marks_in("ignored", "observation") == ()
    assert BUILDER.marks_in("right now", "request") != ()
    assert BUILDER.marks_in("Right now I am calm.") == ()


@pytest.mark.parametrize(
    "message",
    [
        "Would you walk with me on Saturday?",
        "I was glad when you called at noon.",
        "I need an hour for myself after work. I will be back at eight.",
        "Thank you for the soup.",
        "I would like to see my friends on Friday. Is that all right with you?",
    ],
)
def test_a_plain_wish_is_left_alone(message: str) -> None:
    assert BUILDER.marks_in(message) == ()


def test_every_kind_has_several_words() -> None:
    kinds = [word.kind for word in BUILDER.words.values()]
    assert all(kinds.count(kind) >= 2 for kind in KINDS)


@given(st.text(max_size=300))
def test_any_text_is_read_and_marks_lie_inside_without_overlap(draft: str) -> None:
    reached = 0
    for mark in BUILDER.marks_in(draft):
        assert reached <= mark.start < mark.end <= len(draft)
        reached = mark.end
    BUILDER.parts_in(draft)


@pytest.mark.parametrize("piece", ["you won't ", "you are so such just ", "would you ", "I am so "])
def test_a_long_text_is_read_in_little_time(piece: str) -> None:
    draft = piece * (20_000 // len(piece))
    began = time.process_time()
    BUILDER.marks_in(draft)
    BUILDER.parts_in(draft)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "nagging"}, "kind 'nagging' is none of blame, press, erase, guess"),
        ({"pattern": "(you"}, "pattern is no pattern"),
        ({"marks": []}, "marks must be a list of texts"),
        ({"hnit": "x"}, "unknown hnit"),
    ],
)
def test_a_word_that_breaks_the_schema_is_refused(changes: dict[str, object], message: str) -> None:
    word: dict[str, object] = {
        "word_id": "x",
        "kind": "blame",
        "pattern": "you",
        "hint": "{word}",
        "marks": ["you"],
        "spares": ["me"],
    }
    rows: dict[str, object] = {"words": [{**word, **changes}]}
    with pytest.raises(ContentError, match=message):
        read_needs(ContentTable("needs.toml", rows))
