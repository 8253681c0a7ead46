"""The words no text may hold, in other languages: caught in their forms, and no more than them."""

from __future__ import annotations

import pytest

from counterpoint.content import LANGUAGES, banned_words_in
from counterpoint.content.lexicon import read_lexicon


@pytest.mark.parametrize(
    ("language", "sentence", "caught"),
    [
        ("es", "Es una relación sana.", ["sana"]),
        ("es", "Un vínculo TÓXICO.", ["TÓXICO"]),
        ("es", "Deberías hablar.", ["Deberías"]),
        ("es", "Tienes que escuchar.", ["Tienes que"]),
        ("es", "Esta semana fallaste.", ["fallaste"]),
        ("es", "¿Quién tiene la culpa?", ["culpa"]),
        ("es", "Tu puntuación subió.", ["puntuación"]),
        ("es", "Un diagnóstico sobre ti.", ["diagnóstico"]),
        ("es", "El ochenta por ciento.", ["por ciento"]),
        ("es", "El 80 %.", ["%"]),
        ("es", "Siempre haces eso y nunca escuchas.", ["Siempre", "nunca"]),
        ("es", "Es narcisista.", ["narcisista"]),
        ("es", "Son almas gemelas.", ["almas gemelas"]),
        ("es", "Díselo a tu marido.", ["marido"]),
        ("es", "¿Estás sola?", ["Estás sola"]),
        ("es", "¿Te sientes muy cansado?", ["Te sientes muy cansado"]),
        ("es", "Cuida de ti mismo.", ["ti mismo"]),
        ("es", "Hola a tod@s.", ["tod@s"]),
        ("es", "Gracias a Dios.", ["Dios"]),
        ("es", "Deja a tu pareja.", ["Deja a tu pareja"]),
        ("es", "¡Felicidades! ¡Sigue así!", ["Felicidades", "Sigue así"]),
        ("es", "Eso influye en el día siguiente.", ["influye"]),
        ("de", "Du solltest reden.", ["solltest"]),
        ("de", "Sag es deiner Ehefrau.", ["Ehefrau"]),
    ],
)
def test_a_banned_word_is_caught_in_its_forms(
    language: str, sentence: str, caught: list[str]
) -> None:
    assert banned_words_in(sentence, language) == caught


@pytest.mark.parametrize(
    "sentence",
    [
        "Casi nunca, de vez en cuando, a menudo.",  # answers to how often
        "Normalmente es así.",
        "Cada persona se queda a solas un rato.",
        "Una línea que no se conoce.",
        "Tu pareja y tú pueden verlo cuando quieran.",
        "La causalidad no se puede ver aquí.",
        "Dos notas en la misma línea.",
        "Nadie tiene que ver con esto.",
        "Un punto equivale a dos días.",
        "¿Cómo te habría resultado acudir a tu pareja?",
    ],
)
def test_plain_spanish_is_let_pass(sentence: str) -> None:
    assert banned_words_in(sentence, "es") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_bans_for_every_reason_of_english(language: str) -> None:
    reasons = {reason for _, reason in read_lexicon("en").banned}
    assert reasons <= {reason for _, reason in read_lexicon(language).banned}
