"""The rules of the words: kept by what is shipped, and caught when they are broken."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import pytest

from counterpoint.content import Content, Section, Step, Way, check_content, load_content
from counterpoint.content.checks import GRADE_LIMIT, grades_of
from counterpoint.content.needs import WordGroup
from counterpoint.content.spoken import texts_in
from counterpoint.domain.plane import Axis
from counterpoint.domain.signs import Sign
from counterpoint.domain.skills import Skill
from counterpoint.domain.styles import Style

CONTENT = load_content()


def changed(rows: Mapping[Any, Any], key: object, **values: object) -> Mapping[Any, Any]:
    return MappingProxyType({**rows, key: dataclasses.replace(rows[key], **values)})


def with_page(lead: str) -> Content:
    return dataclasses.replace(CONTENT, pages=changed(CONTENT.pages, "landing", lead=lead))


def with_item(item_id: str, **values: object) -> Content:
    items = changed(CONTENT.checkin.items, item_id, **values)
    return dataclasses.replace(CONTENT, checkin=dataclasses.replace(CONTENT.checkin, items=items))


def with_exercise(**values: object) -> Content:
    return dataclasses.replace(
        CONTENT, exercises=changed(CONTENT.exercises, "let_it_land", **values)
    )


def without_exercise(*exercise_ids: str) -> Content:
    return dataclasses.replace(CONTENT, exercises=without(CONTENT.exercises, *exercise_ids))


def with_joint(**values: object) -> Content:
    return dataclasses.replace(
        CONTENT, exercises=changed(CONTENT.exercises, "tea_for_one", **values)
    )


def with_source(**values: object) -> Content:
    return dataclasses.replace(CONTENT, sources=changed(CONTENT.sources, "neff_2003", **values))


def with_questions(**values: object) -> Content:
    return dataclasses.replace(
        CONTENT, questionnaire=dataclasses.replace(CONTENT.questionnaire, **values)
    )


def with_question(number: int, **values: object) -> Content:
    items = list(CONTENT.questionnaire.items)
    items[number] = dataclasses.replace(items[number], **values)
    return with_questions(items=tuple(items))


def with_sunday(**values: object) -> Content:
    return dataclasses.replace(CONTENT, sunday=dataclasses.replace(CONTENT.sunday, **values))


def with_sign_page(sign: Sign, **values: object) -> Content:
    return dataclasses.replace(CONTENT, sign_pages=changed(CONTENT.sign_pages, sign, **values))


def with_reflection(reflection_id: str, **values: object) -> Content:
    told = changed(CONTENT.reflections, reflection_id, **values)
    return dataclasses.replace(CONTENT, reflections=told)


def with_phrases(phrases: Mapping[Any, Any]) -> Content:
    return dataclasses.replace(CONTENT, phrases=phrases)


def with_needs(**values: object) -> Content:
    return dataclasses.replace(CONTENT, needs=dataclasses.replace(CONTENT.needs, **values))


def with_need_word(word_id: str, **values: object) -> Content:
    return with_needs(words=changed(CONTENT.needs.words, word_id, **values))


def with_plan(plan: Mapping[Any, Any]) -> Content:
    return dataclasses.replace(CONTENT, plan=plan)


def without(rows: Mapping[Any, Any], *keys: object) -> Mapping[Any, Any]:
    return MappingProxyType({key: row for key, row in rows.items() if key not in keys})


def without_last_item() -> Content:
    return with_questions(items=CONTENT.questionnaire.items[:-1])


def test_what_is_shipped_keeps_every_rule() -> None:
    assert check_content() == []


def test_text_ids_name_one_text_each() -> None:
    ids = [spoken.text_id for spoken in texts_in(CONTENT)]
    assert len(ids) > 300
    assert len(set(ids)) == len(ids)


def test_every_group_reads_at_twelve_to_fourteen() -> None:
    grades = grades_of(CONTENT)
    assert set(grades) >= {"signs", "phrases", "pages.privacy", "exercises.wave_passes"}
    assert max(grades.values()) <= GRADE_LIMIT


@pytest.mark.parametrize(
    "sentence",
    [
        "This is healthy.",
        "A TOXIC evening.",
        "You should talk.",
        "You must not.",
        "You failed.",
        "Your score went up.",
        "A diagnosis of you.",
        "That was 80 per cent.",
        "That was 80%.",
        "You always do it.",
        "You never do it.",
        "Who is to blame?",
        "The victim here.",
        "Such a narcissist.",
        "You are codependent.",
        "Tell him so.",
        "Your wife knows.",
        "God knows.",
        "Leave your partner.",
        "You missed a day.",
        "Well done.",
        "It causes harm.",
    ],
)
def test_a_banned_word_is_caught(sentence: str) -> None:
    problems = check_content(content=with_page(sentence))
    assert [problem.split(":")[0] for problem in problems] == ["pages.landing.lead"]


def test_a_banned_word_inside_another_is_let_pass() -> None:
    assert check_content(content=with_page("The shepherd weighed a mustard seed.")) == []


def test_an_exception_that_is_no_longer_needed_is_told() -> None:
    styles = changed(CONTENT.styles, Style.CODEPENDENCE, caution="It names a pattern.")
    problems = check_content(content=dataclasses.replace(CONTENT, styles=styles))
    assert problems == [
        "lexicon: the exception for 'diagnosis' in styles.codependence.caution is not needed"
    ]


def test_hard_reading_is_told() -> None:
    heavy = "Notwithstanding considerable interpersonal disagreement, reconciliation materialised. "
    problems = check_content(content=with_page(heavy * 20))
    assert [re.sub(r"[\d.]+ is", "N is", problem) for problem in problems] == [
        "pages.landing: reading grade N is above 8",
        "pages.landing.lead: reading grade N is above 10",
    ]


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (
            lambda: dataclasses.replace(
                CONTENT, signs=changed(CONTENT.signs, Sign.STAYING_QUIET, safety_line=False)
            ),
            "signs.staying_quiet: safety_line stands on the three signs of SAFETY rule 11",
        ),
        (
            lambda: dataclasses.replace(
                CONTENT, signs=changed(CONTENT.signs, Sign.HARD_TO_RELY, meaning="It is hard.")
            ),
            "signs.hard_to_rely: say 'an adaptation, not a flaw' of a stuck style, "
            "and 'a strength' of interdependence",
        ),
        (
            lambda: with_sign_page(Sign.STAYING_QUIET, days_from=()),
            "sign_pages.staying_quiet: what the days show has something that carries it",
        ),
        (
            lambda: with_sign_page(Sign.STAYING_QUIET, moves="A caption."),
            "sign_pages.staying_quiet: how the days move needs both its words and what carries it",
        ),
        (
            lambda: with_sign_page(
                Sign.STAYING_QUIET, skills=CONTENT.sign_pages[Sign.STAYING_QUIET].skills[:1] * 2
            ),
            "sign_pages.staying_quiet: offers two skills, each with a reason",
        ),
        (
            lambda: with_sign_page(
                Sign.STAYING_QUIET, kindly=CONTENT.sign_pages[Sign.HARD_TO_RELY].kindly
            ),
            "sign_pages: each sign is told kindly in words of its own",
        ),
        (
            lambda: dataclasses.replace(CONTENT, reflections=without(CONTENT.reflections, "calm")),
            "reflections: are learned, choosing, calm, in this order",
        ),
        (
            lambda: with_reflection("learned", stop_rule="Go on."),
            "reflections.learned: the stop rule says that one can stop",
        ),
        (
            lambda: with_reflection("calm", parts=()),
            "reflections.calm: parts stand beside calm, and beside nothing else",
        ),
        (
            lambda: with_phrases(without(CONTENT.phrases, "hunch.pull_away.middle")),
            "phrases: hunch.pull_away.middle is missing",
        ),
        (
            lambda: with_phrases(without(CONTENT.phrases, "plan.because.friction.pushed")),
            "plan.friction.pushed: has no words",
        ),
        (
            lambda: with_plan(without(CONTENT.plan, "friction.pushed")),
            "plan.friction.pushed: speaks for no skill",
        ),
        (
            lambda: with_plan(changed(CONTENT.plan, "friction.pushed", skills=())),
            "plan.friction.pushed: speaks for one skill or two",
        ),
        (
            lambda: with_plan(
                changed(CONTENT.plan, "cost.contagion", skills=(Skill.RECEIVE_LOVE,))
            ),
            "plan.cost.contagion: speaks for the skill that answers it",
        ),
        (
            lambda: with_needs(parts=without(CONTENT.needs.parts, "need")),
            "needs: the parts are observation, feeling, need, request, in this order",
        ),
        (
            lambda: with_needs(
                words=without(
                    CONTENT.needs.words, "no_room_for_no", "too_much_at_stake", "an_order"
                )
            ),
            "needs: nothing is marked that is a press",
        ),
        (
            lambda: with_need_word("it_is_nothing", hint="Do not."),
            "needs.it_is_nothing: the hint holds what the writer wrote",
        ),
        (
            lambda: with_need_word("it_is_nothing", parts=("ending",)),
            "needs.it_is_nothing: there is no part 'ending'",
        ),
        (
            lambda: with_need_word("it_is_nothing", marks=("It is a lot.",)),
            "needs.it_is_nothing: does not mark 'It is a lot.'",
        ),
        (
            lambda: with_need_word("it_is_nothing", spares=("Never mind.",)),
            "needs.it_is_nothing: marks 'Never mind.'",
        ),
        (
            lambda: with_needs(feelings=CONTENT.needs.feelings[:1] * 2),
            "needs: 'glad' is there twice among the feelings",
        ),
        (
            lambda: with_needs(feelings=(WordGroup("sad", ("rejected",)),)),
            "needs: 'rejected' is offered as feeling and marked",
        ),
        (
            lambda: dataclasses.replace(CONTENT, learn=("stars",)),
            "pages: stars is missing",
        ),
        (
            lambda: dataclasses.replace(
                CONTENT,
                pages=changed(
                    CONTENT.pages,
                    "cycles",
                    sections=(Section("A heading", ("A text.",), sources=("nobody_1900",)),),
                ),
            ),
            "pages.cycles: cites 'nobody_1900', which is not among the sources",
        ),
        (
            without_last_item,
            "questionnaire: sitting 3 asks one item for each of the fifteen signs",
        ),
        (
            lambda: with_questions(response_options=CONTENT.questionnaire.response_options[1:]),
            "questionnaire: five response options are stored as 0 to 4, in order",
        ),
        (
            lambda: with_questions(
                items=(
                    dataclasses.replace(CONTENT.questionnaire.items[0], reverse_keyed=False),
                    *CONTENT.questionnaire.items[1:],
                )
            ),
            "questionnaire: in sitting 1 codependence has one item keyed the other way round",
        ),
        (
            lambda: with_question(0, sitting=4),
            "questionnaire.losing_own_feelings_1: there is no sitting 4",
        ),
        (
            lambda: with_question(0, item_id="first"),
            "questionnaire.first: an id is the sign and the sitting",
        ),
        (
            lambda: with_question(0, text=CONTENT.questionnaire.items[1].text),
            f"questionnaire: {CONTENT.questionnaire.items[1].text!r} is asked twice",
        ),
        (
            lambda: with_sunday(items=without(CONTENT.sunday.items, "h2")),
            "sunday: asks h1 h2 rest talk cod3 ind2 ind3 int3 cod1 int2 moment, in this order",
        ),
        (
            lambda: with_sunday(own=without(CONTENT.sunday.own, "trust")),
            "sunday: offers touch laughter being_heard desire trust satisfaction as own items",
        ),
        (
            lambda: with_sunday(often=CONTENT.sunday.often[::-1]),
            "sunday: how often is stored as not_once, once_or_twice, often",
        ),
        (
            lambda: with_sunday(items=changed(CONTENT.sunday.items, "h1", reverse_keyed=True)),
            "sunday.h1: only an item of a sign can be keyed the other way round",
        ),
        (
            lambda: with_sunday(others=changed(CONTENT.sunday.others, "csi", sources=("x_1",))),
            "sunday.csi: cites 'x_1', which is not among the sources",
        ),
        (
            lambda: with_item("g", screen=2),
            "checkin: screen 1 asks g c1 s1 n e1, in this order",
        ),
        (lambda: with_item("c1", marker=False), "checkin: connection has exactly one marker"),
        (
            lambda: with_item("c3", state=Axis.SELF),
            "checkin: coin connection draws one of two items of the same axis",
        ),
        (
            lambda: with_item("n", options=CONTENT.checkin.items["n"].options[::-1]),
            "checkin.n: options are stored as hardly_any, some, a_lot",
        ),
        (
            lambda: with_item("e1", link_page=""),
            "checkin.e1: a link needs both its words and its page",
        ),
        (
            lambda: with_item("e1", link_page="nowhere"),
            "checkin.e1: there is no page 'nowhere'",
        ),
        (
            lambda: with_exercise(joint=True, discloses=True),
            "exercises.let_it_land: an exercise for two may not ask for a disclosure",
        ),
        (
            lambda: with_exercise(steps=(Step("Breathe.", 89),)),
            "exercises.let_it_land: lasts 89 s, not 90 to 420",
        ),
        (
            lambda: with_exercise(steps=(Step("Breathe.", 90), Step("Rest.", 0))),
            "exercises.let_it_land: every step is given some time",
        ),
        (
            lambda: with_exercise(stop_rule="Go on."),
            "exercises.let_it_land: the stop rule says that one can stop",
        ),
        (
            lambda: with_exercise(steps=(Step("Write.", 90, timed=True, write="I"),)),
            "exercises.let_it_land: no clock runs beside a step of writing",
        ),
        (
            lambda: with_exercise(joint=True),
            "exercises.let_it_land: an exercise for two, and no other, "
            "says how one half is done alone",
        ),
        (
            lambda: with_exercise(alone="Alone."),
            "exercises.let_it_land: an exercise for two, and no other, "
            "says how one half is done alone",
        ),
        (
            lambda: with_joint(steps=(Step("Write.", 90, timed=False, write="I"),)),
            "exercises.tea_for_one: an exercise for two asks for nothing in writing",
        ),
        (
            lambda: with_joint(not_when="Not now."),
            "exercises.tea_for_one: an exercise for two says that a no needs no reason",
        ),
        (
            lambda: with_joint(steps=(Step("Tell a secret.", 90),)),
            "exercises.tea_for_one: step 1 of an exercise for two speaks of 'secret'",
        ),
        (
            lambda: with_exercise(after=("nowhere",)),
            "exercises.let_it_land: comes after 'nowhere', which is not there",
        ),
        (
            lambda: with_exercise(after=("tea_for_one",)),
            "exercises.let_it_land: comes after itself",
        ),
        (
            lambda: with_exercise(sources=("nobody_1900",)),
            "exercises.let_it_land: cites 'nobody_1900', which is not among the sources",
        ),
        (
            lambda: dataclasses.replace(
                without_exercise("a_friend_beside"), pages=without(CONTENT.pages, "four_skills")
            ),
            "sources.neff_2003: nothing rests on it",
        ),
        (lambda: with_source(year=2004), "sources.neff_2003: is named by its year"),
        (lambda: with_source(doi="10.1/x"), "sources.neff_2003: '10.1/x' is no DOI"),
        (
            lambda: with_exercise(skill=Skill.STAY_PRESENT),
            "skills.receive_love: has no exercise of 90 seconds",
        ),
        (
            lambda: without_exercise("warm_cup", "a_house_with_a_door"),
            "skills.receive_love: has 4 exercises, not 5 or more",
        ),
        (
            lambda: dataclasses.replace(
                CONTENT,
                exercises=MappingProxyType(
                    {
                        one: dataclasses.replace(told, way=Way.BREATH)
                        for one, told in CONTENT.exercises.items()
                    }
                ),
            ),
            "skills.receive_love: is practised in fewer than 4 ways",
        ),
        (lambda: without_exercise("tea_for_one"), "skills.receive_love: has no exercise for two"),
        (
            lambda: dataclasses.replace(
                CONTENT,
                pages=MappingProxyType(
                    {one: page for one, page in CONTENT.pages.items() if one != "privacy"}
                ),
            ),
            "pages: privacy is missing",
        ),
        (
            lambda: dataclasses.replace(
                CONTENT,
                phrases=MappingProxyType(
                    {one: phrase for one, phrase in CONTENT.phrases.items() if one != "safety_line"}
                ),
            ),
            "phrases: safety_line is missing",
        ),
    ],
)
def test_a_broken_rule_is_told(broken: Callable[[], Content], problem: str) -> None:
    assert problem in check_content(content=broken())


def test_the_two_stuck_styles_are_told_at_equal_length() -> None:
    """Neither closeness nor distance is told with more weight than the other."""
    for part in ("meaning", "protects", "costs"):
        lengths = [
            len(getattr(CONTENT.styles[style], part).split())
            for style in (Style.CODEPENDENCE, Style.INDEPENDENCE)
        ]
        assert max(lengths) <= 1.5 * min(lengths), part


def test_the_safety_line_also_stands_where_styles_are_explained() -> None:
    for page_id in ("styles", "help_fear", "better_question"):
        told = [text for part in CONTENT.page(page_id).sections for text in part.paragraphs]
        assert CONTENT.phrase("safety_line") in told


def test_pages_say_who_has_not_reviewed_this() -> None:
    told = [text for part in CONTENT.page("limits").sections for text in part.paragraphs]
    assert CONTENT.phrase("safety.not_reviewed") in told
