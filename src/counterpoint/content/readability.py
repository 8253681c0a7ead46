"""How hard a text is to read, as a school grade, by the formula made for its language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?]+(?=[\"'”“»]?(?:\s|$))")
_VOWELS = {
    "en": re.compile(r"[aeiouy]+"),
    # what is spoken as one: au, ei, eu, ie, äu and doubled vowels
    "de": re.compile(r"a[ui]|äu|e[iu]|ie|aa|ee|oo|[aeiouäöüy]"),
    # a weak vowel beside another is spoken with it, unless it carries an accent
    "es": re.compile(r"[iuü]?[aeoáéó](?:[iuy](?![aeoáéó]))?|[íú]|[iuü]{1,2}y?|y(?![aeiouáéíóú])"),
}
_SILENT_END = re.compile(r"(?:[^laeiouy]es|[^dt]ed|[^l]e)$")


@dataclass(frozen=True, slots=True)
class _Counts:
    """What the formulas count in a text that has words."""

    words: int
    sentences: int
    syllables: int
    long_words: int
    words_of_three: int
    words_of_one: int


def syllables_in(word: str, language: str = "en") -> int:
    """Return the number of syllables of a word, estimated from its vowel groups.

    Parameters
    ----------
    word
        One word.
    language
        Its language: ``en``, ``de`` or ``es``.

    Returns
    -------
    int
        At least 1. A silent ending of an English word (``made``, ``asked``) is not counted.
    """
    lowered = word.lower()
    if language == "en":
        lowered = re.sub(r"[^a-z]", "", lowered)
    if language == "es":
        lowered = re.sub(r"(?<=[gq])u(?=[eéií])", "", lowered)  # not spoken: guerra, quien
    groups = len(_VOWELS[language].findall(lowered))
    if language == "en" and groups > 1 and _SILENT_END.search(lowered):
        groups -= 1
    return max(groups, 1)


def grade_of(text: str, language: str = "en") -> float:
    """Return the grade at which a text is read with ease.

    English ``0.39 words / sentences + 11.8 syllables / words - 15.59`` (Flesch-Kincaid); German
    the first Viennese formula ``0.1935 three + 0.1672 words / sentences + 0.1297 long
    - 0.0327 one - 0.875``, with the shares in percent of words of three and more syllables, of
    more than six letters and of one syllable; Spanish ``-0.205 sentences + 0.049 syllables
    - 3.407``, both for 100 words (Crawford).

    Parameters
    ----------
    text
        Plain text; sentences end with a full stop, question mark or exclamation mark.
    language
        ``en``, ``de`` or ``es``.

    Returns
    -------
    float
        0 for a text without words, otherwise unbounded; short texts vary widely.

    Notes
    -----
    Syllables are estimated, so the grade is a hint and not a measure of understanding. Crawford's
    grade was made for the first six years of school and rises slowly above them.

    References
    ----------
    Kincaid, Fishburne, Rogers & Chissom (1975), Derivation of new readability formulas.
    Bamberger & Vanecek (1984), Lesen - Verstehen - Lernen - Schreiben.
    Crawford (1984), A Spanish language Fry-type readability procedure.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    syllables = [syllables_in(word, language) for word in words]
    counted = _Counts(
        words=len(words),
        sentences=max(len(_SENTENCE_END.findall(text)), 1),
        syllables=sum(syllables),
        long_words=sum(len(word) > 6 for word in words),
        words_of_three=sum(number >= 3 for number in syllables),
        words_of_one=sum(number == 1 for number in syllables),
    )
    return _FORMULAS[language](counted)


def _flesch_kincaid(told: _Counts) -> float:
    return 0.39 * told.words / told.sentences + 11.8 * told.syllables / told.words - 15.59


def _viennese(told: _Counts) -> float:
    share = 100 / told.words
    return (
        0.1935 * told.words_of_three * share
        + 0.1672 * told.words / told.sentences
        + 0.1297 * told.long_words * share
        - 0.0327 * told.words_of_one * share
        - 0.875
    )


def _crawford(told: _Counts) -> float:
    share = 100 / told.words
    return -0.205 * told.sentences * share + 0.049 * told.syllables * share - 3.407


_FORMULAS: Mapping[str, Callable[[_Counts], float]] = MappingProxyType(
    {"en": _flesch_kincaid, "de": _viennese, "es": _crawford}
)
