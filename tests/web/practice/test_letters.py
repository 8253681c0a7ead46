"""The letters that close the movements: written when opened, kept as they were told."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import translation

from checkins import write_more
from counterpoint.content import load_content
from counterpoint.domain.movements import Movement
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.portability import entries
from counterpoint.web.accounts.services import change_language, delete_person
from counterpoint.web.assessment.kinds import MarkKind
from counterpoint.web.assessment.services import place_mark
from counterpoint.web.diary.look_services import LookAnswers, seed_past_look
from counterpoint.web.diary.models import Checkin
from counterpoint.web.diary.offer_queries import current_series
from counterpoint.web.diary.offer_services import seed_past_series
from counterpoint.web.dynamics.models import EffectLook, SoloFit
from counterpoint.web.dynamics.services.change import compare_movements
from counterpoint.web.practice import queries
from counterpoint.web.practice.endings import Ending
from counterpoint.web.practice.letter_form import read_letter
from counterpoint.web.practice.models import Letter
from counterpoint.web.practice.services import end_run, open_letter, start_run
from counterpoint.web.safety.services import forget_route, keep_route
from factories import browser_of, make_person
from web.dynamics.evenings import MONDAY, answer_evenings, evening_of
from web.safety.test_individual import RESULT
from web.worlds import CHANCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def robin() -> User:
    return make_person("robin", zone="UTC", simulated=True)


def on_day(days: int) -> time_machine.travel:
    """Be in the evening so many days after the first one."""
    return time_machine.travel(evening_of(MONDAY + timedelta(days=days)), tick=False)


def say(phrase_id: str, **values: str | int) -> str:
    return load_content().phrase(phrase_id, **values)


def read(person: User, days: int, movement: str) -> str:
    """Open a letter through its pages on a day, and return the page."""
    with on_day(days):
        browser = browser_of(person)
        browser.post(f"/letters/{movement}/open/")
        answer = browser.get(f"/letters/{movement}/")
    assert answer.status_code == 200
    return answer.content.decode().replace("&#x27;", "'")


def line_on(person: User, days: int, words: str) -> None:
    with on_day(days):
        write_more(person, MONDAY + timedelta(days=days), line=words)


def wish_on(person: User, days: int, connection: int, own: int, *, minutes: int = 0) -> None:
    moment = evening_of(MONDAY + timedelta(days=days)) + timedelta(minutes=minutes)
    with time_machine.travel(moment, tick=False):
        place_mark(
            person, MarkKind.WISH, connection_points=connection, self_points=own, key=uuid.uuid4()
        )


def fit_on(person: User, day: date, days: int) -> None:
    """Keep a fit that may say everything, made on a day."""
    SoloFit.objects.create(
        owner=person, made_at=evening_of(day), made_on=day, from_on=MONDAY, through_on=day,
        answered_days=days, answers_digest="x", engine_version="1", content_version="1",
        prior_id="p", seed=1, sweeps=100, backend="compiled", provisional=False, is_usable=True,
        result=RESULT.to_json(),
    )  # fmt: skip


def test_a_letter_comes_when_its_last_day_is_closed_and_waits_on_today(robin: User) -> None:
    answer_evenings(robin, 14)
    with on_day(14):
        browser = browser_of(robin)
        assert "/letters/first/" not in browser.get("/today/").content.decode()
        assert browser.get("/letters/first/").status_code == 404
        assert browser.post("/letters/first/open/").status_code == 404
    with on_day(15):
        browser = browser_of(robin)
        assert say("letters.today") in browser.get("/today/").content.decode()
        waiting = browser.get("/letters/first/").content.decode()
        assert say("letters.how") in waiting
        assert Letter.objects.count() == 0  # looking at it opens nothing
        assert browser.post("/letters/first/open/").status_code == 302
        assert say("letters.today") not in browser.get("/today/").content.decode()


def test_days_without_an_answer_move_no_date(robin: User) -> None:
    answer_evenings(robin, 1)
    with on_day(15):
        states = queries.letter_states(robin)
        assert [one.is_there for one in states] == [True, False, False]
    told = read(robin, 15, "first")
    assert say("letter.days", days=1) in told
    assert say("letter.go_on", weeks=2) in told


def test_it_holds_own_words_and_counts_of_its_weeks_and_of_no_later_ones(robin: User) -> None:
    answer_evenings(robin, 40, near=9, myself=9)
    line_on(robin, 3, "We cooked & laughed.")
    line_on(robin, 20, "A later evening.")
    with on_day(5):
        run = start_run(robin, load_content().exercises["wave_passes"], key=uuid.uuid4())
        end_run(run, Ending.FINISHED)
    told = read(robin, 39, "first")
    assert say("letter.opening.first") in told
    assert say("letter.days", days=14) in told
    assert say("letter.worked", n=14) in told
    assert "We cooked &amp; laughed." in told
    assert "A later evening." not in told
    title = load_content().exercises["wave_passes"].title
    assert say("letter.practised", n=1, titles=f"“{title}”") in told
    assert say("letter.stop.early") in told
    assert say("letter.stop") not in told
    second = read(robin, 39, "second")
    assert "A later evening." in second
    assert "We cooked" not in second  # its own weeks before earlier ones
    assert say("letter.worked", n=28) in second


def test_without_lines_or_practice_it_says_so_plainly(robin: User) -> None:
    answer_evenings(robin, 14, near=9, myself=9)
    told = read(robin, 15, "first")
    assert say("letter.worked.no_lines", n=14) in told
    assert say("letter.practised_none") in told
    assert say("letter.wish.none") in told
    assert "<svg xmlns" not in told.split("<article", 1)[1]


def look_back(person: User, week: int, tap: int | None, words: str) -> None:
    """Keep what was said of the first half on a Sunday, counted from one."""
    taps = {} if tap is None else {"h1": tap}
    sunday = MONDAY + timedelta(days=7 * week - 1)
    answers = LookAnswers(taps, {}, {"h1_line": words})
    seed_past_look(person, sunday, answers, evening_of(sunday))


def test_taps_that_are_all_the_same_are_named_once(robin: User) -> None:
    answer_evenings(robin, 14)
    for week in range(1, 7):
        look_back(robin, week, 7, "")
    at = say("letter.half_at", low=7)
    assert say("letter.half_then_now", then=at, now=at) in read(robin, 74, "third")


def test_first_and_last_words_on_a_half_and_its_taps_then_and_now(robin: User) -> None:
    answer_evenings(robin, 14)
    for week, tap in enumerate((1, 2, 3, 6, 7, 8), start=1):
        look_back(robin, week, tap, "I kept quiet." if week == 1 else f"In week {week}.")
    third = read(robin, 74, "third")
    assert say("letter.h1") in third
    assert say("letter.h2") not in third  # nothing was said to it
    assert "I kept quiet." in third
    assert "In week 6." in third
    assert "In week 4." not in third
    assert (
        say(
            "letter.half_then_now",
            then=say("letter.half_between", low=1, high=3),
            now=say("letter.half_between", low=6, high=8),
        )
        in third
    )
    first = read(robin, 74, "first")
    assert "In week 2." in first
    assert "In week 6." not in first
    assert say("letter.half_few", n=2) in first


def test_what_was_found_out_by_then_is_told_and_what_came_later_is_not(robin: User) -> None:
    answer_evenings(robin, 70)
    exercise = load_content().exercises["thank_you_full_stop"]
    coins = {MONDAY + timedelta(days=at): at % 2 == 0 for at in range(60)}
    seed_past_series(robin, exercise, MONDAY, coins)
    series = current_series(robin)
    assert series is not None
    for week, low, high in ((4, -3.0, 9.0), (7, 1.0, 8.0)):
        EffectLook.objects.create(
            owner=robin, series_id=series.id, week=week, made_at=evening_of(MONDAY),
            through_on=series.look_ends(week), answered_days=28, offers=14, without=13,
            low=low, middle=(low + high) / 2, high=high, engine_version="0",
        )  # fmt: skip
    told = read(robin, 74, "second")
    assert say("letter.found_out", title=exercise.title) in told
    assert say("effect.no_evidence") in told
    assert say("effect.range.across", low=0.3, high=0.9) in told
    assert say("effect.offers", offers=14, without=13) in told
    assert "next look" not in told
    assert say("effect.range.higher", low=0.1, high=0.8) in read(robin, 74, "third")
    assert say("letter.found_out", title=exercise.title) not in read(robin, 74, "first")


def test_wish_then_and_now_both_stand_on_the_plane(robin: User) -> None:
    answer_evenings(robin, 14)
    wish_on(robin, 0, 20, 90)
    wish_on(robin, 0, 30, 80, minutes=4)  # moved in the same evening: it was being found
    wish_on(robin, 10, 70, 80)
    wish_on(robin, 40, 90, 90)  # after the movement
    told = read(robin, 50, "first")
    assert say("letter.wish.moved") in told
    kept = queries.opened_letter(robin, Letter.objects.get())
    assert kept is not None
    assert kept.wish == ((30.0, 80.0), (70.0, 80.0))
    assert say("letter.wish.then") in told
    assert say("letter.wish.now") in told


def test_a_wish_that_stayed_is_one_mark(robin: User) -> None:
    answer_evenings(robin, 14)
    wish_on(robin, 0, 30, 80)
    told = read(robin, 15, "first")
    assert say("letter.wish.same") in told
    assert say("letter.wish.then") not in told


def test_what_may_be_said_is_told_and_what_may_not_stays_open(robin: User) -> None:
    answer_evenings(robin, 28, near=3, myself=5)
    answer_evenings(robin, 42, first=MONDAY + timedelta(days=28), near=8, myself=5, seed=2)
    with on_day(71):
        compare_movements(robin)
    fit_on(robin, MONDAY + timedelta(days=70), 70)
    told = read(robin, 71, "third")
    assert say("change.connection.more", then=say("change.then.second")) in told
    assert say("letter.moves") in told
    assert say("same_day.together") in told
    assert say("coupling.closeness_costs_self") in told
    for answered in ("change", "same_day", "couplings"):
        assert say(f"letter.open.{answered}") not in told
    assert say("letter.open.why") in told
    assert say("letter.stop") in told
    assert say("letter.go_on", weeks=6) not in told


def test_a_picture_made_long_after_a_movement_does_not_speak_in_its_letter(robin: User) -> None:
    answer_evenings(robin, 60)
    fit_on(robin, MONDAY + timedelta(days=14), 14)
    fit_on(robin, MONDAY + timedelta(days=59), 60)
    told = read(robin, 60, "first")
    assert say("letter.open.couplings") in told
    assert say("coupling.closeness_costs_self") not in told


def test_a_letter_waits_for_then_and_now_but_not_for_ever(robin: User) -> None:
    answer_evenings(robin, 28)
    with on_day(29):
        assert Movement.SECOND not in queries.letters_there(robin)
        compare_movements(robin)
        assert Movement.SECOND in queries.letters_there(robin)
    late = make_person("late", zone="UTC", simulated=True)
    answer_evenings(late, 28)
    with on_day(30):
        assert Movement.SECOND not in queries.letters_there(late)
    with on_day(31):
        assert Movement.SECOND in queries.letters_there(late)
    assert say("letter.open.change") in read(late, 31, "second")


def test_a_letter_waits_for_a_look_that_is_under_way(robin: User) -> None:
    answer_evenings(robin, 28)
    coins = {MONDAY + timedelta(days=at): at % 2 == 0 for at in range(28)}
    seed_past_series(robin, load_content().exercises["thank_you_full_stop"], MONDAY, coins)
    with on_day(29):
        compare_movements(robin)
        assert list(queries.letters_there(robin)) == [Movement.FIRST]
        series = current_series(robin)
        assert series is not None
        EffectLook.objects.create(
            owner=robin, series_id=series.id, week=4, made_at=evening_of(MONDAY),
            through_on=series.look_ends(4), answered_days=28, offers=14, without=14,
            engine_version="0",
        )  # fmt: skip
        assert list(queries.letters_there(robin)) == [Movement.FIRST, Movement.SECOND]


def test_it_stays_as_it_was_told(robin: User) -> None:
    answer_evenings(robin, 14, near=9, myself=9)
    line_on(robin, 3, "We cooked.")
    before = read(robin, 15, "first")
    with on_day(15):
        written = Letter.objects.get()
    Checkin.objects.filter(owner=robin).update(line_sealed=None, c1=1)
    after = read(robin, 30, "first")
    assert "We cooked." in after
    assert CHANCE.sub(rb'\1"', after.encode()) == CHANCE.sub(rb'\1"', before.encode())
    assert Letter.objects.get().opened_at == written.opened_at


def test_it_keeps_its_language_when_its_reader_takes_another(robin: User) -> None:
    answer_evenings(robin, 14, near=9, myself=9)
    with translation.override("en"):
        before = read(robin, 15, "first")
        change_language(robin, "de")
        after = read(robin, 30, "first")
    (kept,) = re.findall(r'(?s)<p class="letter__opening">.*letter__offer', before)
    assert kept in after
    assert re.findall("<h1>.*</h1>", before) == re.findall("<h1>.*</h1>", after)
    assert '<html lang="de"' in after
    assert '<article class="letter" lang="en">' in after


def test_help_first_reads_like_days_that_could_not_tell_to_the_byte(robin: User) -> None:
    def body() -> bytes:
        return CHANCE.sub(rb'\1"', read(robin, 74, "third").encode())  # nobody waits then

    answer_evenings(robin, 28, near=3, myself=5)
    answer_evenings(robin, 42, first=MONDAY + timedelta(days=28), near=8, myself=5, seed=2)
    bare = body()
    Letter.objects.all().delete()
    with on_day(71):
        compare_movements(robin)
    fit_on(robin, MONDAY + timedelta(days=70), 70)
    full = body()
    assert full != bare
    keep_route(robin, {"afraid": True})
    assert body() == bare
    forget_route(robin)
    assert body() == full


def test_opening_twice_keeps_one(robin: User) -> None:
    answer_evenings(robin, 14)
    with on_day(15):
        first = open_letter(robin, Movement.FIRST)
        assert open_letter(robin, Movement.FIRST) == first
    assert Letter.objects.count() == 1


def test_it_lies_sealed_goes_along_and_is_erased(robin: User) -> None:
    answer_evenings(robin, 14, near=9, myself=9)
    line_on(robin, 3, "We cooked.")
    read(robin, 15, "first")
    row = Letter.objects.get()
    assert b"cooked" not in bytes(row.text_sealed)
    (entry,) = [one for one in entries() if one.label == "practice"]
    (taken,) = entry.export(robin)["letters"]
    assert taken["movement"] == "first"
    assert "“We cooked.”" in taken["letter"]
    assert say("letter.close") in taken["letter"]
    delete_person(robin)
    assert Letter.objects.count() == 0


def test_a_damaged_letter_says_that_it_cannot_be_read(robin: User) -> None:
    answer_evenings(robin, 14)
    read(robin, 15, "first")
    Letter.objects.update(text_sealed=b"damaged")
    with on_day(16):
        page = browser_of(robin).get("/letters/first/").content.decode()
    assert say("safety.cannot_be_read") in page


@pytest.mark.parametrize("stored", ["", "[]", '{"form": 99}'])
def test_a_form_this_program_does_not_know_is_not_read(stored: str) -> None:
    assert read_letter(stored) is None


def test_nobody_reads_the_letter_of_another(robin: User) -> None:
    answer_evenings(robin, 14)
    read(robin, 15, "first")
    other = make_person("other", zone="UTC")
    with on_day(15):
        browser = browser_of(other)
        assert browser.get("/letters/first/").status_code == 404
        assert browser.post("/letters/first/open/").status_code == 404
    assert Letter.objects.count() == 1


def test_the_list_says_what_is_ahead_without_a_count(robin: User) -> None:
    with on_day(0):
        page = browser_of(robin).get("/letters/").content.decode()
    assert page.count(say("letters.ahead")) == 3
    answer_evenings(robin, 14)
    read(robin, 15, "first")
    with on_day(15):
        page = browser_of(robin).get("/letters/").content.decode()
    assert page.count(say("letters.ahead")) == 2
    assert "opened on 17 March" in page
