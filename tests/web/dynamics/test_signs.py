"""The signs: patterns in three groups, and three columns a sign that are never added up."""

from __future__ import annotations

import random
import re
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils.html import escape

from counterpoint.content import load_content
from counterpoint.content.telling import Change, tell_said
from counterpoint.domain.signs import Sign
from counterpoint.domain.skills import Skill
from counterpoint.domain.styles import Style
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment import services
from counterpoint.web.assessment.models import ItemAnswer, Reflection
from counterpoint.web.assessment.rules import SITTINGS, Place
from counterpoint.web.diary import services as diary_services
from counterpoint.web.diary.look_services import LookAnswers, seed_past_look
from counterpoint.web.diary.services import PastCheckin, ScreenOne, ScreenTwo
from counterpoint.web.dynamics.models import SoloFit
from counterpoint.web.dynamics.results import Quantity, SoloResult
from counterpoint.web.dynamics.services.signs import Unread, weigh_answers, weigh_change
from counterpoint.web.safety.rules import NOT_WHEN_UNSAFE
from counterpoint.web.safety.services import keep_route
from factories import browser_of, damaged

CHANCE = re.compile(r'(name="csrfmiddlewaretoken" value=)"[^"]*"')
CONTENT = load_content()
ITEMS = CONTENT.questionnaire.items
FIRST = date(2027, 1, 4)
DAYS = 50
OPEN = Quantity(mean=0.0, sd=0.2, q05=-0.3, q50=0.0, q95=0.3, prob=0.5, said=False)
TOGETHER = Quantity(mean=0.6, sd=0.1, q05=0.4, q50=0.6, q95=0.8, prob=0.99, said=True)
FINDINGS = {
    "self_after_nearness": "supports",
    "room_after_nearness": "room_after_near",
    "after_friction": "repaired",
}


def main_of(person: User, where: str) -> str:
    page = browser_of(person).get(where).content.decode()
    return CHANCE.sub(r'\1"', page[page.index("<main") : page.index("</main>")])


def say(phrase_id: str, **values: str | int) -> str:
    return escape(CONTENT.phrase(phrase_id, **values))


def answer(person: User, level: int, *, round_: int = 1, sitting: int | None = None) -> None:
    """Answer as if every sign were so this often."""
    for number in SITTINGS if sitting is None else (sitting,):
        services.draw_order(person, Place(round_, number))
        for item in CONTENT.questionnaire.in_sitting(number):
            value = 4 - level if item.reverse_keyed else level
            services.answer_item(person, item.item_id, value, round_=round_)


def evening(offset: int) -> datetime:
    return datetime.combine(FIRST + timedelta(days=offset), datetime.min.time(), UTC) + timedelta(
        hours=20
    )


def write_days(person: User, count: int) -> None:
    """Write evenings: friction on every fifth, and then held back, and given in every tenth."""
    person.simulated, person.zone = True, "UTC"
    person.save()
    past = []
    for offset in range(count):
        friction = offset % 5 == 0
        past.append(
            PastCheckin(
                about_on=FIRST + timedelta(days=offset),
                recorded_at=evening(offset),
                coin_connection="c3",
                coin_self="s3",
                first=ScreenOne(
                    g=6, c1=4 + offset % 4, s1=6, n="some", e1="a_little" if friction else "no"
                ),
                second=ScreenTwo(
                    connection=7,
                    self_=2 + offset % 2 if friction else 7 + offset % 2,
                    w=(2, 5, 8)[offset % 3],
                    e2=(9 if offset % 10 else 3) if friction else None,
                    e3=(("stayed",) if offset % 10 else ("gave_in",)) if friction else (),
                ),
            )
        )
    diary_services.seed_past_checkins(person, past)


def store_fit(person: User, *, days: int = DAYS, provisional: bool = False) -> None:
    result = SoloResult(
        place=(60.0, 55.0),
        spread=((20.0, 2.0), (2.0, 20.0)),
        draws=((60.0, 55.0), (61.0, 54.0)),
        same_day=TOGETHER,
        same_day_mood_apart=None,
        couplings={"self<-connection": OPEN},
        costs={"closeness_costs_self": OPEN},
        at_the_top=False,
        findings=FINDINGS,
    )
    SoloFit.objects.create(
        owner=person, made_at=evening(DAYS - 1), made_on=FIRST + timedelta(days=DAYS - 1),
        from_on=FIRST, through_on=FIRST + timedelta(days=DAYS - 1), answered_days=days,
        answers_digest="x", engine_version="1", content_version="1", prior_id="p", seed=1,
        sweeps=100, backend="compiled", provisional=provisional, is_usable=True,
        result=result.to_json(),
    )  # fmt: skip


@pytest.fixture
def later(owner: User):
    """Fifty evenings, a fit that may say everything, on the evening after."""
    write_days(owner, DAYS)
    store_fit(owner)
    with time_machine.travel(evening(DAYS), tick=False):
        yield owner


def test_all_fifteen_are_there_as_patterns_and_no_style_is_named(owner: User) -> None:
    page = main_of(owner, "/signs/")
    for sign in Sign:
        assert escape(CONTENT.signs[sign].title) in page
        assert f"/signs/{sign.value}/" in page
    for style in Style:
        assert say(f"sign.group.{style.value}") in page
    words = re.sub(r"<[^>]+>", " ", page).lower()
    for word in ("codependen", "independen", "interdependen", "score", "type", "%"):
        assert word not in words


@pytest.mark.parametrize("sign", Sign)
def test_a_sign_says_what_it_means_and_has_three_columns(owner: User, sign: Sign) -> None:
    page = main_of(owner, f"/signs/{sign.value}/")
    text, told = CONTENT.signs[sign], CONTENT.sign_pages[sign]
    for words in (text.title, text.meaning, told.evening, told.kindly, told.learned, told.days):
        assert escape(words) in page
    strong = sign.style is Style.INTERDEPENDENCE
    assert ("an adaptation, not a flaw" in page) is not strong
    for name in ("said", "days", "moves"):
        assert say(f"sign.column.{name}") in page
    assert say("sign.said.none") in page
    assert say("sign.days.none") in page
    for help_ in told.skills:
        assert escape(help_.why) in page
    assert f"/signs/{sign.value}/learned/" in page
    assert ("/leave-out/" in page) is text.safety_line


def test_what_was_said_is_a_range_in_the_words_of_the_options(owner: User) -> None:
    answer(owner, 3, sitting=1)
    one = weigh_answers({i.item_id: 1 if i.reverse_keyed else 3 for i in ITEMS if i.sitting == 1})
    found = one.ranges[Sign.MINIMISING_NEEDS]
    assert (found.answered, found.items) == (1, 3)
    assert found.low < found.high
    page = main_of(owner, "/signs/minimising_needs/")
    for sentence in tell_said(CONTENT, answered=1, items=3, low=found.low, high=found.high):
        assert escape(sentence) in page
    answer(owner, 3)
    assert say("sign.said.one") not in main_of(owner, "/signs/minimising_needs/")


def test_more_answers_make_the_range_no_wider_and_it_follows_them() -> None:
    def often(level: int, sittings: tuple[int, ...]) -> dict[str, int]:
        return {
            item.item_id: 4 - level if item.reverse_keyed else level
            for item in ITEMS
            if item.sitting in sittings
        }

    one, three = (weigh_answers(often(4, upto)).ranges for upto in ((1,), (1, 2, 3)))
    hardly = weigh_answers(often(0, (1, 2, 3))).ranges
    for sign in Sign:
        assert three[sign].high - three[sign].low <= one[sign].high - one[sign].low
        assert hardly[sign].high < three[sign].low


def test_any_answers_can_be_weighed() -> None:
    """Whatever is tapped, and however little: the joint score settles, then and now too."""
    chance = random.Random(1)  # noqa: S311 - invented answers, no secret
    for _ in range(150):
        share, options = chance.choice((0.1, 0.5, 1.0)), chance.choice(((0, 4), range(5)))
        first, second = (
            {i.item_id: chance.choice(options) for i in ITEMS if chance.random() < share}
            for _ in range(2)
        )
        for found in weigh_answers(first).ranges.values():
            assert 0 <= found.low <= found.high <= 4
        assert set(weigh_change(first, second).values()) <= set(Change)


def test_ten_weeks_later_then_and_now_stand_side_by_side(owner: User) -> None:
    answer(owner, 1)
    answer(owner, 4, round_=2)
    page = main_of(owner, "/signs/hard_to_rely/")
    then = CONTENT.phrase("sign.retake.then")
    assert say("sign.retake.more", then=then) in page
    assert "In your first answers" in page
    for level in (1, 4):
        answers = {i.item_id: 4 - level if i.reverse_keyed else level for i in ITEMS}
        found = weigh_answers(answers).ranges[Sign.HARD_TO_RELY]
        for sentence in tell_said(CONTENT, answered=3, items=3, low=found.low, high=found.high):
            assert escape(sentence) in page


def test_a_change_is_said_only_of_what_was_answered_twice() -> None:
    first = {item.item_id: 2 for item in ITEMS}
    second = {item.item_id: 2 for item in ITEMS if item.sign is not Sign.STAYING_QUIET}
    found = weigh_change(first, second)
    assert set(found) == set(Sign) - {Sign.STAYING_QUIET}
    assert set(found.values()) <= {Change.SAME, Change.CANNOT_TELL}


def test_days_are_counts_and_ranges_of_own_answers(later: User) -> None:
    quiet = main_of(later, "/signs/staying_quiet/")
    assert say("sign.days.friction_beside", low=2, high=3, other_low=7, other_high=8) in quiet
    assert say("sign.days.friction", n=5, days=10) in main_of(later, "/signs/harmony_over_honesty/")
    repair = main_of(later, "/signs/repairing_conflict/")
    assert say("sign.days.friction", n=5, days=10) in repair
    assert say("calm.way_back", n=5, days=10) in repair
    assert say("safety_line") in repair
    air = main_of(later, "/signs/suffocated_by_closeness/")
    assert say("sign.days.room", days=50, closeness=16, room=17, as_is=17) in air


def test_how_days_move_is_said_where_it_may_be(later: User) -> None:
    steady = main_of(later, "/signs/steadied_by_closeness/")
    assert say("same_day.together") in steady
    assert say("sign.moves.supports") in steady
    assert say("sign.moves.friction_back") in main_of(later, "/signs/repairing_conflict/")
    air = main_of(later, "/signs/suffocated_by_closeness/")
    assert say("sign.moves.room") in air
    assert say("sign.moves.of_both_rest") in air
    assert say("sign.moves.of_both") in main_of(later, "/signs/honouring_separateness/")
    assert say("sign.moves.none") in main_of(later, "/signs/hard_to_rely/")


def test_before_its_gate_it_says_how_many_days_are_needed(owner: User) -> None:
    write_days(owner, 5)
    with time_machine.travel(evening(6), tick=False):
        assert say("sign.moves.wait", needed=16) in main_of(owner, "/signs/harmony_over_honesty/")
        assert say("sign.moves.wait", needed=37) in main_of(
            owner, "/signs/suffocated_by_closeness/"
        )


@pytest.mark.parametrize("sign", Sign)
def test_on_the_quiet_route_gates_look_closed_and_speaking_is_not_suggested(
    later: User, sign: Sign
) -> None:
    keep_route(later, {"afraid": True})
    held = main_of(later, f"/signs/{sign.value}/")
    for phrase in ("same_day.together", "sign.moves.supports", "sign.moves.room",
                   "sign.moves.friction_back", "coupling.closeness_costs_self"):  # fmt: skip
        assert say(phrase) not in held
    for skill in Skill:
        assert (escape(CONTENT.skills[skill].title) in held) is (skill not in NOT_WHEN_UNSAFE)
    SoloFit.objects.all().delete()
    assert main_of(later, f"/signs/{sign.value}/") == held


def test_a_first_short_fit_says_nothing_of_how_days_move(later: User) -> None:
    SoloFit.objects.update(provisional=True)
    page = main_of(later, "/signs/steadied_by_closeness/")
    assert say("sign.moves.cannot_tell") in page
    assert say("same_day.together") not in page


def test_a_sign_that_was_left_out_is_not_shown_until_it_is_brought_back(owner: User) -> None:
    client = browser_of(owner)
    client.post("/questions/staying_quiet/leave-out/")
    assert client.get("/signs/staying_quiet/")["Location"] == "/signs/"
    assert client.get("/signs/staying_quiet/learned/")["Location"] == "/signs/"
    page = main_of(owner, "/signs/")
    assert "/signs/staying_quiet/" not in page
    assert "/questions/staying_quiet/take-in/" in page
    client.post("/questions/staying_quiet/take-in/")
    assert client.get("/signs/staying_quiet/").status_code == 200


def test_answers_of_others_change_nothing(owner: User, partner: User) -> None:
    before = main_of(owner, "/signs/hard_to_rely/")
    answer(partner, 4)
    write_days(partner, 10)
    assert main_of(owner, "/signs/hard_to_rely/") == before


def test_one_tap_all_along_is_told_kindly_and_takes_nothing_away(as_owner: Client) -> None:
    as_owner.get("/questions/")
    for item in CONTENT.questionnaire.in_sitting(1):
        as_owner.post(f"/questions/{item.item_id}/", {"value": "3"})
    assert say("questionnaire.same_tap") in as_owner.get("/questions/done/").content.decode()
    assert ItemAnswer.objects.filter(value=3).count() == 15


def test_answers_that_hang_together_are_told_nothing(owner: User) -> None:
    answer(owner, 3)
    page = main_of(owner, "/questions/done/")
    assert say("questionnaire.same_tap") not in page
    assert say("questionnaire.mixed") not in page


def test_answers_that_pull_in_different_ways_are_told_kindly(owner: User) -> None:
    for number in SITTINGS:
        services.draw_order(owner, Place(1, number))
        for item in CONTENT.questionnaire.in_sitting(number):
            services.answer_item(owner, item.item_id, 4 if number % 2 == item.reverse_keyed else 0)
    answers = dict(ItemAnswer.objects.values_list("item_id", "value"))
    assert weigh_answers(answers).unread is Unread.ANYWHERE
    assert say("questionnaire.mixed") in main_of(owner, "/questions/done/")


WORDS = "At the kitchen table, with the radio on."


@pytest.mark.parametrize(
    ("where", "reflection_id"),
    [
        ("/signs/staying_quiet/learned/", "learned"),
        ("/signs/choosing/", "choosing"),
        ("/signs/calm/", "calm"),
    ],
)
def test_own_words_are_kept_sealed_and_can_be_taken_away(
    owner: User, partner: User, where: str, reflection_id: str
) -> None:
    reflection = CONTENT.reflections[reflection_id]
    page = main_of(owner, where)
    for words in (reflection.title, reflection.lead, reflection.stop_rule, *reflection.prompts):
        assert escape(words) in page
    client = browser_of(owner)
    for _ in range(2):
        assert client.post(where, {"words": WORDS})["Location"] == where
    row = Reflection.objects.get(owner=owner)
    assert WORDS.encode() not in bytes(row.words_sealed)
    assert WORDS in main_of(owner, where)
    assert WORDS not in main_of(partner, where)
    client.post(where, {"words": "  "})
    assert not Reflection.objects.exists()


def test_each_sign_has_words_of_its_own(owner: User) -> None:
    client = browser_of(owner)
    client.post("/signs/staying_quiet/learned/", {"words": WORDS})
    client.post("/signs/hard_to_rely/learned/", {"words": "On the stairs."})
    assert WORDS in main_of(owner, "/signs/staying_quiet/learned/")
    assert WORDS not in main_of(owner, "/signs/hard_to_rely/learned/")


@pytest.mark.parametrize("words", ["x" * 4001, "a bell\x07 rings"])
def test_words_that_are_refused_stay_in_the_box(owner: User, words: str) -> None:
    answer = browser_of(owner).post("/signs/choosing/", {"words": words})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Reflection.objects.exists()


def test_words_that_cannot_be_read_are_kept_unless_written_over(owner: User) -> None:
    client = browser_of(owner)
    client.post("/signs/choosing/", {"words": WORDS})
    row = Reflection.objects.get()
    Reflection.objects.update(words_sealed=damaged(row.words_sealed))
    assert "cannot be read" in main_of(owner, "/signs/choosing/")
    client.post("/signs/choosing/", {"words": ""})
    assert Reflection.objects.exists()
    client.post("/signs/choosing/", {"words": "New words."})
    assert "New words." in main_of(owner, "/signs/choosing/")


def test_calm_shows_its_parts_and_no_verdict(later: User) -> None:
    page = main_of(later, "/signs/calm/")
    for part in CONTENT.reflections["calm"].parts:
        assert escape(part.title) in page
    assert say("calm.friction", n=10, days=50) in page
    assert say("calm.way_back", n=5, days=10) in page
    assert say("calm.reading") in page


def test_weeks_are_counts_and_ranges_of_own_looks(owner: User, partner: User) -> None:
    words = ("not_once", "once_or_twice", "once_or_twice", "often", "often", "often")
    for person in (owner, partner):
        person.simulated = True
        person.save()
    for week, said in enumerate(words):
        seed_past_look(
            owner,
            date(2027, 1, 10) + timedelta(weeks=week),
            LookAnswers(
                taps={"talk": 2 + week % 2, "cod1": 5},
                words={"cod3": said},
                lines={"moment": "A song."} if week < 2 else {},
            ),
            evening(7 * week + 6),
        )
    seed_past_look(
        partner, date(2027, 1, 10), LookAnswers(taps={}, words={"ind3": "often"}, lines={}),
        evening(6),
    )  # fmt: skip
    carrying = main_of(owner, "/signs/carrying_partners_feelings/")
    assert say("sign.days.weeks", weeks=6, not_once=1, once_or_twice=2, often=3) in carrying
    knew = main_of(owner, "/signs/losing_own_feelings/")
    usual = {"low": 5, "low_word": "hardly", "high_word": "fully", "weeks": 6}
    assert say("sign.weeks.usual_same", **usual) in knew
    calm = main_of(owner, "/signs/calm/")
    assert say(
        "sign.weeks.usual", low=2, high=3, low_word="not at all", high_word="a lot", weeks=6
    ) in calm  # fmt: skip
    assert say("calm.moments", n=2) in calm
    assert say("sign.days.none") in main_of(owner, "/signs/minimising_needs/")


def test_a_page_costs_as_many_queries_with_many_days_as_with_few(
    owner: User, django_assert_max_num_queries
) -> None:
    write_days(owner, 60)
    answer(owner, 2)
    client = browser_of(owner)
    with django_assert_max_num_queries(22):
        assert client.get("/signs/staying_quiet/").status_code == 200


def test_keys_are_not_needed_to_send_the_same_words_twice(owner: User) -> None:
    client = browser_of(owner)
    client.post("/signs/calm/", {"words": WORDS, "submission_key": str(uuid.uuid4())})
    client.post("/signs/calm/", {"words": WORDS})
    assert Reflection.objects.count() == 1
