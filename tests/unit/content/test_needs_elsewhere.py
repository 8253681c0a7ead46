"""The need builder in other languages: wishes put together, parts found, words marked."""

from __future__ import annotations

import time

import pytest

from counterpoint.content import LANGUAGES, load_content
from counterpoint.content.needs import KINDS

BUILDERS = {language: load_content(language).needs for language in LANGUAGES}
OTHERS = LANGUAGES[1:]


@pytest.mark.parametrize(
    ("language", "parts", "sentence"),
    [
        (
            "es",
            {
                "observation": "llegaste tarde a casa.",
                "feeling": "soledad",
                "need": "algo de cercanía",
                "request": "sentarte conmigo?",
            },
            "Cuando llegaste tarde a casa, sentí soledad porque necesito algo de cercanía. "
            "¿Querrías sentarte conmigo?",
        ),
        ("es", {"need": "silencio"}, "Necesito silencio."),
        (
            "es",
            {"feeling": "tristeza", "request": "abrazarme"},
            "Sentí tristeza. ¿Querrías abrazarme?",
        ),
        (
            "es",
            {"observation": "llovió", "need": "silencio"},
            "Cuando llovió, necesito silencio.",
        ),
        (
            "de",
            {"observation": "du spät heimkamst", "feeling": "allein", "request": "bleiben"},
            "Als du spät heimkamst, da fühlte ich mich allein. Würdest du bleiben?",
        ),
    ],
)
def test_the_parts_are_put_together(language: str, parts: dict[str, str], sentence: str) -> None:
    assert BUILDERS[language].sentence(**parts) == sentence


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        (
            "Cuando llegaste a casa sentí soledad. Necesito calor. ¿Querrías abrazarme?",
            ("observation", "feeling", "need", "request"),
        ),
        ("Siento que no te importa.", ()),  # a thought, not a feeling
        ("Sentí como si fuera invisible.", ()),
        ("Lo siento mucho.", ()),
        ("Ayer tenía miedo.", ("observation", "feeling")),
        ("Estaba muy cansada.", ("feeling",)),
        ("Me quedé sola en la fiesta.", ("feeling",)),
        ("¿Me llamarías? Te echo de menos y me importa.", ("need",)),
        ("¿Podrías llamarme? Necesitaba oírte.", ("need", "request")),
        ("No llamas nunca.", ()),
    ],
)
def test_the_parts_of_a_spanish_message_are_found(message: str, parts: tuple[str, ...]) -> None:
    assert BUILDERS["es"].parts_in(message) == parts


@pytest.mark.parametrize(
    ("message", "part_id", "marked"),
    [
        # now and in the past, with the no before the verb and after it
        ("Nunca me escuchas.", "", ("nunca me escuchas", "blame")),
        ("No me escuchas nunca.", "", ("no me escuchas nunca", "blame")),
        ("Nunca me escuchaste.", "", ("nunca me escuchaste", "blame")),
        ("Siempre llegás tarde.", "", ("siempre llegás", "blame")),
        ("Me haces sentir tan poca cosa.", "", ("me haces sentir", "blame")),
        ("Me pusiste de mal humor.", "", ("me pusiste de mal humor", "blame")),
        ("Eres una egoísta.", "", ("eres una egoísta", "blame")),
        ("Fue culpa tuya.", "", ("fue culpa tuya", "blame")),
        ("Fue culpa mía.", "", ("fue culpa mía", "erase")),
        ("Ya no me quieres.", "", ("ya no me quieres", "blame")),
        ("¿Por qué no me llamaste?", "", ("por qué no me llamaste", "blame")),
        ("Tienes que venir.", "", ("tienes que", "press")),
        ("No es nada, de verdad.", "", ("no es nada", "erase")),
        ("No debería necesitarlo.", "", ("no debería necesitarlo", "erase")),
        ("Me da igual.", "", ("me da igual", "erase")),
        ("Te da igual.", "", ("te da igual", "blame")),
        # what somebody did, or a thought, where a feeling is asked for
        ("ignorada", "feeling", ("ignorada", "guess")),
        ("traición", "feeling", ("traición", "guess")),
        ("que me olvidaste", "feeling", ("que me", "guess")),
        ("como si no existiera", "feeling", ("como si", "guess")),
        ("venir ahora mismo", "request", ("ahora mismo", "press")),
        ("te fuiste sin motivo", "observation", ("sin motivo", "blame")),
    ],
)
def test_spanish_words_that_stand_in_the_way_are_marked(
    message: str, part_id: str, marked: tuple[str, str]
) -> None:
    marks = BUILDERS["es"].marks_in(message, part_id)
    told = [(message[one.start : one.end].lower(), one.kind) for one in marks]
    assert told == [marked]
    assert all(message[one.start : one.end] in one.hint for one in marks)


@pytest.mark.parametrize(
    ("message", "part_id"),
    [
        ("¿Querrías pasear conmigo el sábado?", ""),
        ("Me alegré cuando llamaste al mediodía.", ""),
        ("Necesito una hora para mí después del trabajo. Vuelvo a las ocho.", ""),
        ("Gracias por la sopa.", ""),
        ("Me gustaría ver a mis amistades el viernes. ¿Te parece bien?", ""),
        ("Siempre me alegra volver a casa.", ""),
        ("Nunca he estado en el mar.", ""),
        ("No tengo hambre.", ""),
        ("No sé por qué les gusta tanto.", ""),
        ("¿Tienes que trabajar mañana?", ""),
        ("Ven cuando quieras.", ""),
        ("ganas de cantar", "feeling"),
        ("miedo y un poco de tristeza", "feeling"),
        ("limpiar la cocina conmigo una vez por semana", "request"),
        ("dejaste las llaves encima de la mesa", "observation"),
        ("ignorada", "observation"),
    ],
)
def test_a_plain_spanish_wish_is_left_alone(message: str, part_id: str) -> None:
    assert BUILDERS["es"].marks_in(message, part_id) == ()


@pytest.mark.parametrize("language", OTHERS)
def test_the_same_words_are_looked_for_in_every_language(language: str) -> None:
    source, told = BUILDERS["en"], BUILDERS[language]
    assert [(one.word_id, one.kind, one.parts) for one in told.words.values()] == [
        (one.word_id, one.kind, one.parts) for one in source.words.values()
    ]
    assert {one.kind for one in told.words.values()} == set(KINDS)
    for name in ("feelings", "needs"):
        assert [len(one.words) for one in getattr(told, name)] == [
            len(one.words) for one in getattr(source, name)
        ]


@pytest.mark.parametrize("language", OTHERS)
def test_every_feeling_and_need_offered_makes_a_whole_sentence(language: str) -> None:
    builder = BUILDERS[language]
    for part_id, groups in (("feeling", builder.feelings), ("need", builder.needs)):
        for word in (word for group in groups for word in group.words):
            sentence = builder.sentence(**{part_id: word})
            assert sentence.endswith(f"{word}.")
            assert builder.marks_in(sentence) == (), sentence


@pytest.mark.parametrize(
    ("language", "piece"),
    [
        ("es", "no me "),
        ("es", "nunca me lo "),
        ("es", "eres tan una muy "),
        ("es", "no lo harás "),
        ("es", "por qué no me "),
        ("es", "¿querrías "),
        ("es", "soy tan un "),
        ("de", "du bist so "),
        ("de", "du machst "),
    ],
)
def test_a_long_text_is_read_in_little_time(language: str, piece: str) -> None:
    draft = piece * (20_000 // len(piece))
    began = time.process_time()
    BUILDERS[language].marks_in(draft)
    BUILDERS[language].parts_in(draft)
    assert time.process_time() - began < 2
