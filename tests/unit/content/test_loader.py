"""Reading the content files, and refusing files that break the schema."""

from __future__ import annotations

import dataclasses
from datetime import date
from importlib.resources import files

import pytest

from counterpoint.content import Moved, OutcomeTime, Way, load_content, loader, read_help
from counterpoint.content.exercises import read_exercises
from counterpoint.content.sign_pages import read_reflections
from counterpoint.content.sunday import read_sunday
from counterpoint.content.tables import ContentTable, parse_table
from counterpoint.domain.couplings import Cost
from counterpoint.domain.loops import Loop
from counterpoint.domain.plane import Axis
from counterpoint.domain.signs import Sign
from counterpoint.domain.skills import Skill
from counterpoint.domain.styles import Style
from counterpoint.errors import ContentError

ENTRY = """
[[entries]]
entry_id = "somewhere"
country = "DE"
kind = "crisis"
language = "de"
name = "A place"
contact = "a door"
source_url = "https://example.org"
last_verified = 2026-01-31
"""


def test_everything_of_the_domain_has_its_text() -> None:
    content = load_content()
    assert list(content.styles) == list(Style)
    assert list(content.signs) == list(Sign)
    assert list(content.skills) == list(Skill)
    assert list(content.costs) == list(Cost)
    assert list(content.loops) == list(Loop)
    assert all(sign is text.sign for sign, text in content.signs.items())
    assert (content.language, content.version) == ("en", "1.1")


def test_content_is_read_once_and_cannot_be_changed() -> None:
    content = load_content("en")
    assert content is load_content("en")
    with pytest.raises(dataclasses.FrozenInstanceError):
        content.version = "2"
    with pytest.raises(TypeError):
        content.pages["landing"] = content.pages["limits"]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ContentError, match="there is no content in 'xx'; there is en"):
        load_content("xx")


def test_every_text_has_a_version_and_a_source() -> None:
    content = load_content()
    texts = [
        *content.styles.values(),
        *content.signs.values(),
        *content.skills.values(),
        *content.costs.values(),
        *content.loops.values(),
        *content.questionnaire.items,
        *content.checkin.items.values(),
        *content.sign_pages.values(),
        *content.reflections.values(),
        *content.sunday.items.values(),
        *content.sunday.own.values(),
        *content.sunday.others.values(),
        *content.exercises.values(),
        *content.pages.values(),
        *content.plan.values(),
        *content.phrases.values(),
    ]
    assert len(texts) > 150
    assert [text for text in texts if text.version < 1 or not text.source] == []


def test_the_questionnaire_asks_one_item_a_sign_in_each_of_three_sittings() -> None:
    questionnaire = load_content().questionnaire
    assert len(questionnaire.items) == 45
    for sitting in (1, 2, 3):
        items = questionnaire.in_sitting(sitting)
        assert [item.sign for item in items] == list(Sign)
        assert [item.item_id for item in items] == [f"{sign.value}_{sitting}" for sign in Sign]
    assert questionnaire.in_sitting(4) == ()
    assert [item.item_id for item in questionnaire.items if item.reverse_keyed] == [
        "losing_own_feelings_1",
        "hard_to_rely_1",
        "honouring_separateness_1",
        "unsettled_by_partners_upset_2",
        "avoiding_vulnerability_2",
        "repairing_conflict_2",
        "harmony_over_honesty_3",
        "self_sufficiency_first_3",
        "voicing_needs_3",
    ]
    assert questionnaire.item("staying_quiet_1").sign is Sign.STAYING_QUIET
    assert questionnaire.recall_period == "the last four weeks"
    with pytest.raises(ContentError, match="has no item 'nothing'"):
        questionnaire.item("nothing")


def test_the_words_of_the_first_evening_stay_as_they_are() -> None:
    first = load_content().questionnaire.in_sitting(1)
    assert [(item.version, item.text) for item in first[:5]] == [
        (1, "While we talked, I could tell what I myself felt or wanted."),
        (1, "I said it was fine when it was not, to keep things smooth."),
        (1, "When my partner felt low, it seemed to be my task to lift the mood."),
        (1, "When my partner was upset or far away, I lost my own calm."),
        (1, "I kept words back because I feared a quarrel or being left."),
    ]


def test_the_sunday_look_is_the_design() -> None:
    look = load_content().sunday
    assert " ".join(look.items) == "h1 h2 rest talk cod3 ind2 ind3 int3 cod1 int2 moment"
    assert [one.item_id for one in look.items.values() if one.line] == ["h1", "h2"]
    assert [one.item_id for one in look.items.values() if one.kind == "often"] == [
        "cod3",
        "ind2",
        "ind3",
        "int3",
    ]
    assert {one.item_id: one.sign for one in look.items.values() if one.reverse_keyed} == {
        "ind2": Sign.AVOIDING_VULNERABILITY,
        "cod1": Sign.LOSING_OWN_FEELINGS,
    }
    assert list(look.own) == ["touch", "laughter", "being_heard", "desire", "trust", "satisfaction"]
    assert look.others["csi"].sources == ("funk_2007",)


def test_each_column_of_a_sign_names_what_carries_it() -> None:
    pages = load_content().sign_pages
    assert list(pages) == list(Sign)
    shown = load_content().checkin.items.keys() | load_content().sunday.items.keys()
    for page in pages.values():
        assert {one.value.split("_")[0] for one in page.days_from} <= shown
        for item in load_content().sunday.items.values():
            if item.sign is page.sign:
                assert item.item_id in {one.value for one in page.days_from}
    assert pages[Sign.UNSETTLED_BY_PARTNERS_UPSET].moves_from[0].needs_both
    assert not Moved.SAME_DAY_OWN.needs_both
    assert pages[Sign.STAYING_QUIET].moves == ""


def test_a_column_carried_by_something_unknown_is_refused() -> None:
    row = {"version": 1, "source": "test", "title": "t", "text": "t", "from": ["moods"]}
    rows: dict[str, object] = {"calm": {"parts": [row]}}
    with pytest.raises(ContentError, match="from 'moods' is no Shown"):
        read_reflections(ContentTable("reflections.toml", rows))


LOOK_ITEM: dict[str, object] = {
    "item_id": "x",
    "version": 1,
    "source": "test",
    "kind": "line",
    "prompt": "What?",
}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "slider"}, "kind 'slider' is none of scale, often, line"),
        ({"kind": "scale"}, "low is missing"),
        ({"sign": "mood"}, "sign 'mood' is no Sign"),
        ({"low": "far"}, "unknown low"),
    ],
)
def test_a_look_item_that_breaks_the_schema_is_refused(
    changes: dict[str, object], message: str
) -> None:
    rows: dict[str, object] = {"items": [{**LOOK_ITEM, **changes}]}
    with pytest.raises(ContentError, match=message):
        read_sunday(ContentTable("sunday.toml", rows))


def test_the_checkin_is_the_design_word_for_word() -> None:
    items = load_content().checkin.items
    told = {
        item.item_id: (item.prompt, item.low, item.middle, item.high)
        for item in items.values()
        if item.kind == "scale"
    }
    assert told == {
        "g": ("Leaving the two of you aside, how was your day?", "rough", "", "smooth"),
        "c1": ("How near did you feel to your partner today?", "far", "", "near"),
        "s1": (
            "How much could you be yourself with your partner today "
            "(in person, by phone or in your thoughts)?",
            "hardly",
            "",
            "fully",
        ),
        "c2": ("How warm was it between you?", "cool", "", "warm"),
        "c3": ("How easy would it have been to turn to your partner?", "hard", "", "easy"),
        "s2": ("How steady did you feel inside?", "shaken", "", "steady"),
        "s3": ("How freely could you say what mattered to you?", "held back", "", "freely"),
        "w": ("Right now I would like", "more room", "as it is", "more closeness"),
        "e2": ("Have you found your way back to each other?", "not yet", "", "fully"),
    }
    assert items["n"].prompt == "Time together today"
    assert items["e1"].prompt == "Any friction or hurt between you?"
    assert (items["e1"].link, items["e1"].link_page) == ("It frightened me", "help_fear")
    assert [option.label for option in items["e3"].options] == [
        "stayed with myself",
        "pushed",
        "gave in to keep the peace",
        "shut down or stayed away (a break and coming back is staying)",
    ]
    assert items["s3"].not_applicable == "nothing came up"
    assert items["w"].extra_tick == "some of both"
    assert items["l"].prompt == "One line, if you like"


def test_the_checkin_knows_its_screens_coins_and_markers() -> None:
    checkin = load_content().checkin
    assert [item.item_id for item in checkin.on_screen(1)] == ["g", "c1", "s1", "n", "e1"]
    second = [item.item_id for item in checkin.on_screen(2)]
    assert second == ["c2", "c3", "s2", "s3", "w", "e2", "e3", "l"]
    assert checkin.coin_groups() == {"connection": ("c2", "c3"), "self": ("s2", "s3")}
    assert [item.item_id for item in checkin.items.values() if item.marker] == ["c1", "s1"]
    assert {
        item.item_id: item.state.value for item in checkin.items.values() if item.state is not None
    } == {
        "c1": "connection",
        "c2": "connection",
        "c3": "connection",
        "s1": "self",
        "s2": "self",
        "s3": "self",
    }
    assert [item.item_id for item in checkin.items.values() if item.only_after_friction] == [
        "e2",
        "e3",
    ]


def test_each_skill_begins_with_a_practice_of_ninety_seconds_done_alone() -> None:
    content = load_content()
    for skill in Skill:
        first, *others = content.exercises_of(skill)
        assert (first.seconds, first.minutes) == (90, 1.5)
        assert (first.joint, first.discloses, first.after) == (False, False, ())
        assert content.length_of(first) == "a minute and a half, on your own"
        assert content.exercises[first.exercise_id] is first
        assert [one.seconds for one in others] == sorted(one.seconds for one in others)


def test_every_exercise_names_one_outcome_beforehand() -> None:
    exercises = load_content().exercises.values()
    named = {(one.outcome.axis, one.outcome.time) for one in exercises}
    assert named == {(axis, time) for axis in Axis for time in OutcomeTime}
    assert {one.way for one in exercises} == set(Way)


def test_a_citation_is_one_line() -> None:
    source = load_content().sources["butler_2013"]
    assert source.citation == (
        "Butler, E. A., & Randall, A. K. (2013). Emotional coregulation in close relationships. "
        "Emotion Review, 5(2), 202-210. https://doi.org/10.1177/1754073912451630"
    )
    book = load_content().sources["bryant_2007"]
    assert book.citation.endswith("positive experience. Lawrence Erlbaum.")


def test_the_length_of_an_exercise_is_told_in_words() -> None:
    content = load_content()
    told = {one: content.length_of(content.exercises[one]) for one in ("tea_for_one", "feet_first")}
    assert told == {
        "tea_for_one": "about 6 minutes, for two; each half can be done alone",
        "feet_first": "about 2 minutes, on your own",
    }


def test_fixed_sentences_are_the_design_word_for_word() -> None:
    content = load_content()
    assert content.phrase("safety_line") == (
        "Quiet because speaking is not safe? Then this is not a sign about you. "
        "It is care for yourself."
    )
    assert content.phrase("neutral_state") == (
        "A joint picture may appear here at the turn of a month. "
        "We never say why it has or has not."
    )
    assert [sign for sign, text in content.signs.items() if text.safety_line] == [
        Sign.LOSING_OWN_FEELINGS,
        Sign.HARMONY_OVER_HONESTY,
        Sign.STAYING_QUIET,
    ]


def test_pages_are_found_by_id() -> None:
    content = load_content()
    assert list(content.pages) == [
        "better_question",
        "cannot",
        "cycles",
        "four_skills",
        "help_fear",
        "landing",
        "limits",
        "own_part",
        "parted",
        "privacy",
        "promises",
        "recalibration",
        "science",
        "simulated",
        "styles",
    ]
    assert content.page("privacy").title == "Who can read what"
    with pytest.raises(ContentError, match="there is no page 'nowhere'"):
        content.page("nowhere")


def test_pages_to_learn_from_stand_in_order_and_name_their_works() -> None:
    content = load_content()
    pages = content.learn_pages()
    assert [page.page_id for page in pages] == [
        "styles",
        "cycles",
        "four_skills",
        "recalibration",
        "better_question",
        "science",
    ]
    science = content.page("science")
    assert len(science.sources) == len(set(science.sources)) >= 15
    assert {"morgan_1991", "dear_2005", "collins_1993"} <= set(science.sections[0].sources)
    assert science.sections[-1].sources == ()


def test_no_help_entry_is_shipped_as_verified() -> None:
    entries = load_content().help
    assert entries != ()
    assert [entry for entry in entries if entry.last_verified or entry.contact] == []
    assert [entry for entry in entries if entry.is_shown(date(2026, 11, 24))] == []


def test_a_help_entry_shows_for_a_year_after_it_was_verified() -> None:
    (entry,) = read_help(ENTRY, source="help.toml")
    assert not entry.is_shown(date(2026, 1, 30))
    assert entry.is_shown(date(2026, 1, 31))
    assert entry.is_shown(date(2027, 1, 31))
    assert not entry.is_shown(date(2027, 2, 1))
    assert not dataclasses.replace(entry, contact="").is_shown(date(2026, 1, 31))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('contact = "a door"\n', ""), "a verified entry needs a contact"),
        (("last_verified = 2026-01-31", 'last_verified = "today"'), "must be a date"),
        (('kind = "crisis"\n', ""), "kind is missing"),
        (('name = "A place"', 'name = " "'), "name is empty"),
        (('name = "A place"', "name = 7"), "name must be of type str"),
        (('name = "A place"', 'name = "A place"\nnaem = "x"'), "unknown naem"),
        (("[[entries]]", "[[entries]"), "help.toml"),
    ],
)
def test_a_help_file_that_breaks_the_schema_is_refused(
    change: tuple[str, str], message: str
) -> None:
    with pytest.raises(ContentError, match=message):
        read_help(ENTRY.replace(*change), source="help.toml")


def test_a_repeated_entry_is_refused() -> None:
    with pytest.raises(ContentError, match="somewhere is there twice"):
        read_help(ENTRY + ENTRY, source="help.toml")


def exercise_with(**changes: str) -> dict[str, ContentTable]:
    file = files("counterpoint.content") / "data/en/skills/let_it_land/exercise.toml"
    told = file.read_text("utf-8")
    for old, new in changes.items():
        told = told.replace(f"{old} = false", f"{old} = {new}")
    return {"let_it_land": parse_table(told, "exercise.toml")}


def test_an_exercise_for_two_that_asks_for_a_disclosure_is_refused() -> None:
    with pytest.raises(ContentError, match="may not ask for a disclosure"):
        read_exercises(exercise_with(joint="true", discloses="true"))


def test_an_exercise_for_two_without_a_disclosure_is_read() -> None:
    (exercise,) = read_exercises(exercise_with(joint="true")).values()
    assert (exercise.exercise_id, exercise.joint) == ("let_it_land", True)


def test_a_word_of_the_domain_may_be_neither_missing_nor_unknown() -> None:
    style = {
        "version": 1,
        "source": "s",
        "title": "t",
        "meaning": "m",
        "protects": "p",
        "costs": "c",
        "caution": "c",
    }
    table = ContentTable("styles.toml", {"codependence": style})
    with pytest.raises(ContentError, match="independence, interdependence has no text"):
        loader._by_word(table, Style, loader._style)
    table = ContentTable("styles.toml", {"fusion": style})
    with pytest.raises(ContentError, match="'fusion' is no Style"):
        loader._by_word(table, Style, loader._style)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ({"version": 0}, "version counts from 1"),
        ({"version": True}, "version must be of type int"),
        ({"version": 1.0}, "version must be of type int"),
        ({}, "version is missing"),
    ],
)
def test_a_version_is_a_whole_number_from_one(rows: dict[str, object], message: str) -> None:
    with pytest.raises(ContentError, match=message):
        ContentTable("x.toml", rows).version()


def test_a_table_refuses_what_is_not_a_table_or_a_text() -> None:
    with pytest.raises(ContentError, match="must be a list of tables"):
        ContentTable("x.toml", {"items": ["a"]}).tables("items")
    with pytest.raises(ContentError, match="must be a list of texts"):
        ContentTable("x.toml", {"items": ["a", " "]}).texts("items")
    with pytest.raises(ContentError, match="odd must be a table"):
        ContentTable("x.toml", {"odd": 1}).named_tables()
    with pytest.raises(ContentError, match="sign 'x' is no Sign"):
        ContentTable("x.toml", {"sign": "x"}).word("sign", Sign)


SCALE: dict[str, object] = {
    "item_id": "x",
    "version": 1,
    "source": "test",
    "screen": 1,
    "kind": "scale",
    "prompt": "How?",
    "low": "low",
    "high": "high",
}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "slider"}, "kind 'slider' is none of scale, choice, many, line"),
        ({"kind": "choice"}, "a choice item and its options do not go together"),
        ({"options": [{"value": "a", "label": "A"}]}, "a scale item and its options"),
        ({"low": ""}, "low is empty"),
        ({"marker": 1}, "marker must be of type bool"),
        ({"state": "mood"}, "state 'mood' is no Axis"),
    ],
)
def test_a_checkin_item_that_breaks_the_schema_is_refused(
    changes: dict[str, object], message: str
) -> None:
    with pytest.raises(ContentError, match=message):
        loader._checkin_item(ContentTable("checkin.toml", {**SCALE, **changes}))


def test_a_phrase_id_may_be_used_once_in_all_files() -> None:
    def table() -> ContentTable:
        row = {"version": 1, "source": "test", "text": "A sentence."}
        return ContentTable("phrases.toml", {"a.b": row})

    assert list(loader._phrases([table()], ".")) == ["a.b"]
    with pytest.raises(ContentError, match=r"a\.b is there twice"):
        loader._phrases([table(), table()], ".")
