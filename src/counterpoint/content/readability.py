"""How hard a text is to read: the Flesch-Kincaid grade."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?]+(?=[\"'”]?(?:\s|$))")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?:[^laeiouy]es|[^dt]ed|[^l]e)$")


def syllables_in(word: str) -> int:
    """Return the number of syllables of an English word, estimated from its vowel groups.

    Parameters
    ----------
    word
        One word.

    Returns
    -------
    int
        At least 1. A silent ending (``made``, ``asked``, ``likes``) is not counted.
    """
    lowered = re.sub(r"[^a-z]", "", word.lower())
    groups = len(_VOWELS.findall(lowered))
    if groups > 1 and _SILENT_END.search(lowered):
        groups -= 1
    return max(groups, 1)


def grade_of(text: str) -> float:
    """Return the Flesch-Kincaid grade of an English text.

    ``0.39 words / sentences + 11.8 syllables / words - 15.59``; grade plus five or six is about
    the age at which the text is read with ease.

    Parameters
    ----------
    text
        Plain text; sentences end with a full stop, question mark or exclamation mark.

    Returns
    -------
    float
        0 for a text without words, otherwise unbounded; short texts vary widely.

    Notes
    -----
    Syllables are estimated, so the grade is a hint and not a measure of understanding.

    References
    ----------
    Kincaid, Fishburne, Rogers & Chissom (1975), Derivation of new readability formulas.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(len(_SENTENCE_END.findall(text)), 1)
    syllables = sum(syllables_in(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
