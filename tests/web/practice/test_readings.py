"""What simple rules say to a draft: beside it, in order, and never instead of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from counterpoint.content import load_content
from counterpoint.web.practice.readings import FIELDS, MAKES_SMALL, is_blank, read_draft

BUILDER = load_content().needs
SOME_WORDS = st.one_of(
    st.text("abc dé’'\"<>&.?!,\n😀", max_size=60),
    st.sampled_from(
        [mark for word in BUILDER.words.values() for mark in (*word.marks, *word.spares)]
    ),
)


@given(st.dictionaries(st.sampled_from(FIELDS), SOME_WORDS))
def test_what_was_written_stands_unchanged_beside_the_remarks(words: dict[str, str]) -> None:
    reading = read_draft(BUILDER, words)
    fields = [field for field in FIELDS if BUILDER.marks_in(words.get(field, ""), _part(field))]
    shown = ["".join(piece.text for piece in passage.pieces) for passage in reading.passages]
    assert shown == [words[field] for field in fields]
    numbers = [
        piece.number for passage in reading.passages for piece in passage.pieces if piece.number
    ]
    assert numbers == [one.number for one in reading.remarks] == list(range(1, len(numbers) + 1))


@given(st.dictionaries(st.sampled_from(FIELDS), SOME_WORDS))
def test_every_remark_quotes_the_words_it_is_about(words: dict[str, str]) -> None:
    reading = read_draft(BUILDER, words)
    quoted = {piece.number: piece.text for passage in reading.passages for piece in passage.pieces}
    for remark in reading.remarks:
        assert quoted[remark.number] in remark.hint


@given(st.dictionaries(st.sampled_from(FIELDS), SOME_WORDS))
def test_words_that_make_small_can_be_left_alone_and_nothing_else_changes(
    words: dict[str, str],
) -> None:
    whole = read_draft(BUILDER, words)
    plain = read_draft(BUILDER, words, without=(MAKES_SMALL,))
    assert [one.hint for one in plain.remarks] == [
        one.hint for one in whole.remarks if not one.is_small
    ]
    assert (plain.sentence, plain.seen, plain.unseen) == (
        whole.sentence, whole.seen, whole.unseen,
    )  # fmt: skip


def test_a_wish_and_words_in_one_piece_are_both_read() -> None:
    reading = read_draft(
        BUILDER,
        {
            "observation": "you were late as usual",
            "request": "call me at six",
            "message": "You never listen. I need quiet.",
        },
    )
    assert reading.sentence == "When you were late as usual ... Would you call me at six?"
    assert [passage.title for passage in reading.passages] == ["What happened", ""]
    assert [one.number for one in reading.remarks] == [1, 2]
    assert reading.seen == ("What I need",)
    assert "What I need" not in reading.unseen
    assert len(reading.unseen) == 3


def test_nothing_written_is_nothing_said() -> None:
    for words in ({}, {"observation": "  ", "message": "\n"}):
        reading = read_draft(BUILDER, words)
        assert reading.is_empty
        assert is_blank(words)
        assert (reading.sentence, reading.passages, reading.seen, reading.unseen) == (
            "", (), (), (),
        )  # fmt: skip


def _part(field: str) -> str:
    return field if field in BUILDER.parts else ""
