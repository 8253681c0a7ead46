"""The Flesch-Kincaid grade."""

from __future__ import annotations

import pytest

from counterpoint.content.readability import grade_of, syllables_in


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("day", 1),
        ("made", 1),
        ("asked", 1),
        ("wanted", 2),
        ("likes", 1),
        ("people", 2),
        ("yourself", 2),
        ("partner", 2),
        ("together", 3),
        ("interdependence", 5),
        ("I", 1),
        ("hmm", 1),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables_in(word) == count


def test_the_formula_by_hand() -> None:
    # 6 words, 1 sentence, 6 syllables
    assert grade_of("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    # 4 words, 2 sentences, 8 syllables; a quotation mark may follow the full stop
    assert grade_of('"Partner together." Wanted it?') == pytest.approx(
        0.39 * 2 + 11.8 * 8 / 4 - 15.59
    )


def test_longer_words_and_sentences_read_harder() -> None:
    easy = "We sat. We spoke. It was good."
    hard = "Notwithstanding considerable disagreement, reconciliation eventually materialised."
    assert grade_of(easy) < 3
    assert grade_of(hard) > 12


def test_nothing_to_read_is_grade_zero() -> None:
    assert grade_of("") == 0
    assert grade_of(" 12 ... !") == 0
