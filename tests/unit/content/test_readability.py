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


@pytest.mark.parametrize(
    ("word", "language", "syllables"),
    [
        ("Gegenüber", "de", 4),
        ("nah", "de", 1),
        ("häufig", "de", 2),
        ("Beziehung", "de", 3),
        ("ruhiger", "de", 3),
        ("cercanía", "es", 4),
        ("tú", "es", 1),
        ("pareja", "es", 3),
        ("bien", "es", 1),
        ("siguiente", "es", 3),
        ("día", "es", 2),
        ("muy", "es", 1),
    ],
)
def test_syllables_of_other_languages(word: str, language: str, syllables: int) -> None:
    assert syllables_in(word, language) == syllables


def test_hard_sentences_have_a_higher_grade_in_every_language() -> None:
    easy = {"de": "Du bist müde. Das ist gut so.", "es": "Hoy no pasa nada. Eso está bien."}
    hard = {
        "de": "Wechselseitige Beziehungsgestaltung unterliegt vielfältigen "
        "Anpassungsleistungen beteiligter Persönlichkeiten.",
        "es": "Las dificultades interpersonales experimentadas cotidianamente condicionan "
        "significativamente determinadas posibilidades comunicativas.",
    }
    for language in ("de", "es"):
        assert grade_of(easy[language], language) < 5 < grade_of(hard[language], language)


def test_the_viennese_formula_is_the_published_one() -> None:
    # 4 words in 1 sentence; "Beziehung" has three syllables and more than six letters
    text = "Wir sehen die Beziehung."
    expected = 0.1935 * 25 + 0.1672 * 4 + 0.1297 * 25 - 0.0327 * 50 - 0.875
    assert grade_of(text, "de") == pytest.approx(expected, abs=1e-12)


def test_crawfords_formula_is_the_published_one() -> None:
    text = "Hoy no pasa nada."  # 4 words, 6 syllables
    assert grade_of(text, "es") == pytest.approx(-0.205 * 25 + 0.049 * 150 - 3.407, abs=1e-12)
