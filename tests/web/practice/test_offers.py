"""Finding out about an exercise: told beforehand, offered by chance, and what was seen."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils.html import escape

from checkins import write
from counterpoint.content import load_content
from counterpoint.web.accounts.models import User
from counterpoint.web.diary import offer_queries, offer_services
from counterpoint.web.diary.look_services import LookAnswers, keep_look
from counterpoint.web.diary.models import OfferDay, OfferSeries
from counterpoint.web.dynamics.models import EffectLook
from counterpoint.web.practice import queries, services
from counterpoint.web.practice.endings import Ending
from factories import browser_of, make_person
from quiet import HELD, answer

CONTENT = load_content()
SAY = CONTENT.phrase
MONDAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(datetime(2026, 3, 2, 18, tzinfo=UTC), tick=False) as moved:
        yield moved


@pytest.fixture
def heads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every coin says: an offer."""
    monkeypatch.setattr(offer_services, "coin", lambda *_: True)


def main_of(client: Client, where: str) -> str:
    page = client.get(where).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def begin(client: Client, exercise_id: str = "wave_passes", key: str = "") -> None:
    sent = {"submission_key": key or str(uuid.uuid4())}
    answered = client.post(f"/practice/{exercise_id}/find-out/", sent)
    assert answered["Location"] == "/practice/effect/"


def a_look(owner: User, week: int, *, low: float, high: float, word: str = "") -> None:
    series = offer_queries.current_series(owner)
    assert series is not None
    EffectLook.objects.create(
        owner=owner,
        series_id=series.id,
        week=week,
        made_at=datetime.now(UTC),
        through_on=series.look_ends(week),
        answered_days=21,
        offers=12,
        without=13,
        low=low,
        middle=(low + high) / 2,
        high=high,
        word=word,
        mostly_prior=False,
        engine_version="0",
    )


def test_everything_is_told_beforehand(as_owner: Client) -> None:
    assert 'href="/practice/wave_passes/find-out/"' in main_of(as_owner, "/practice/wave_passes/")
    page = main_of(as_owner, "/practice/wave_passes/find-out/")
    for phrase in ("half", "where", "looks", "no_task", "off", "one"):
        assert escape(SAY(f"offer.{phrase}")) in page
    assert escape(SAY("offer.chance", chance=5)) in page
    assert escape(SAY("effect.named.self.same_evening")) in page
    assert not OfferSeries.objects.exists()


@pytest.mark.parametrize(
    "exercise_id",
    ["nothing_there", *(one for one, text in CONTENT.exercises.items() if text.joint)],
)
def test_only_what_one_does_alone_can_be_found_out(as_owner: Client, exercise_id: str) -> None:
    assert as_owner.get(f"/practice/{exercise_id}/find-out/").status_code == 404
    sent = {"submission_key": str(uuid.uuid4())}
    assert as_owner.post(f"/practice/{exercise_id}/find-out/", sent).status_code == 404
    if exercise_id in CONTENT.exercises:
        assert "find-out" not in main_of(as_owner, f"/practice/{exercise_id}/")
    assert not OfferSeries.objects.exists()


def test_a_double_tap_begins_one_series_and_without_a_key_none_begins(as_owner: Client) -> None:
    assert as_owner.post("/practice/wave_passes/find-out/", {}).status_code == 422
    assert not OfferSeries.objects.exists()
    same = str(uuid.uuid4())
    begin(as_owner, key=same)
    begin(as_owner, key=same)
    assert OfferSeries.objects.count() == 1


def test_going_on_to_another_exercise_is_told_before_it_is_done(as_owner: Client) -> None:
    begin(as_owner)
    title = CONTENT.exercises["wave_passes"].title
    assert escape(SAY("offer.so_far", title=title)) in main_of(
        as_owner, "/practice/let_it_land/find-out/"
    )
    assert "So far you" not in main_of(as_owner, "/practice/wave_passes/find-out/")
    begin(as_owner, "let_it_land")
    page = main_of(as_owner, "/practice/effect/")
    assert page.index(CONTENT.exercises["let_it_land"].title) < page.index(escape(title))
    assert escape(SAY("effect.left")) in page


@pytest.mark.usefixtures("heads")
def test_an_offer_stands_on_today_with_its_chance_and_can_be_let_lie(as_owner: Client) -> None:
    begin(as_owner)
    page = main_of(as_owner, "/today/")
    title = CONTENT.exercises["wave_passes"].title
    assert escape(SAY("offer.lead", title=title)) in page
    assert escape(SAY("offer.chance", chance=5)) in page
    assert escape(SAY("offer.no_task")) in page
    assert 'href="/practice/effect/"' in page
    assert as_owner.post("/practice/tonight/let-lie/")["Location"] == "/today/"
    assert 'id="offer"' not in main_of(as_owner, "/today/")
    row = OfferDay.objects.get()
    assert row.is_offered
    assert row.let_lie_at is not None


def test_on_an_evening_without_an_offer_today_is_as_without_a_series(
    as_owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = main_of(as_owner, "/today/")
    monkeypatch.setattr(offer_services, "coin", lambda *_: False)
    begin(as_owner)
    assert main_of(as_owner, "/today/") == before
    assert OfferDay.objects.get().is_offered is False


@pytest.mark.usefixtures("heads")
def test_an_offer_that_was_taken_up_is_shown_no_more(owner: User, as_owner: Client) -> None:
    begin(as_owner)
    assert 'id="offer"' in main_of(as_owner, "/today/")
    run = services.start_run(owner, CONTENT.exercises["wave_passes"], key=uuid.uuid4())
    assert 'id="offer"' in main_of(as_owner, "/today/")
    services.end_run(run, Ending.FINISHED)
    assert 'id="offer"' not in main_of(as_owner, "/today/")
    assert "You took it up on 1 of 1 evening." in main_of(as_owner, "/practice/effect/")


@pytest.mark.usefixtures("heads")
def test_a_day_that_is_written_gets_no_offer_any_more(owner: User, as_owner: Client) -> None:
    begin(as_owner)
    write(owner, MONDAY, c1=5)
    assert 'id="offer"' not in main_of(as_owner, "/today/")
    assert not OfferDay.objects.exists()


@pytest.mark.usefixtures("heads")
def test_the_drawing_can_be_switched_off_and_on(as_owner: Client) -> None:
    begin(as_owner)
    assert as_owner.post("/practice/effect/", {"drawing": "off"})["Location"] == "/practice/effect/"
    assert 'id="offer"' not in main_of(as_owner, "/today/")
    assert escape(SAY("offer.is_off")) in main_of(as_owner, "/practice/effect/")
    assert not OfferDay.objects.exists()
    as_owner.post("/practice/effect/", {"drawing": "on"})
    assert 'id="offer"' in main_of(as_owner, "/today/")
    assert as_owner.post("/practice/effect/", {"drawing": "perhaps"}).status_code == 422


def test_before_the_first_look_there_is_no_number_but_the_evenings(
    owner: User, as_owner: Client, monkeypatch: pytest.MonkeyPatch, clock: time_machine.Coordinates
) -> None:
    assert escape(SAY("offer.none")) in main_of(as_owner, "/practice/effect/")
    begin(as_owner)
    for offered in (True, False, True):
        monkeypatch.setattr(offer_services, "coin", lambda *_, said=offered: said)
        offer_services.draw_tonight(owner)
        clock.shift(timedelta(days=1))
    (card,) = queries.effect_cards(owner)
    assert card.sentences == (
        SAY("effect.named.self.same_evening"),
        SAY("effect.no_evidence"),
        SAY("effect.no_evidence.means"),
        SAY("effect.offers", offers=2, without=1),
        SAY("effect.done", done=0, offers=2),
        SAY("effect.wait", week=4),
    )
    assert card.picture is None
    assert "likely" not in main_of(browser_of(owner), "/practice/effect/")


def test_a_card_tells_the_newest_look_with_its_range_and_table(
    owner: User, as_owner: Client
) -> None:
    begin(as_owner)
    a_look(owner, 4, low=2.0, high=9.0, word="helps")
    page = main_of(as_owner, "/practice/effect/")
    assert escape(SAY("effect.helps.self.same_evening")) in page
    assert "No evidence yet." not in page
    assert SAY("effect.range.higher", low=0.2, high=0.9) in page
    assert SAY("effect.offers", offers=12, without=13) in page
    assert "+0.20 to +0.90" in page
    assert SAY("effect.wait", week=7) in page
    a_look(owner, 7, low=-1.0, high=6.0)
    page = main_of(as_owner, "/practice/effect/")
    assert "It helps" not in page
    assert SAY("effect.no_evidence") in page
    assert SAY("effect.range.across", low=0.1, high=0.6) in page
    a_look(owner, 10, low=-6.0, high=-1.0, word="hinders")
    page = main_of(as_owner, "/practice/effect/")
    assert SAY("effect.no_evidence") in page
    assert SAY("effect.range.lower", low=0.1, high=0.6) in page
    assert SAY("effect.last_look") in page


@pytest.mark.django_db
def test_what_was_done_is_counted_on_evenings_with_an_offer_of_the_look_only(
    clock: time_machine.Coordinates,
) -> None:
    robin = make_person("robin", zone="UTC", simulated=True)
    days = [MONDAY + timedelta(days=offset) for offset in range(40)]
    exercise = CONTENT.exercises["wave_passes"]
    offer_services.seed_past_series(
        robin, exercise, MONDAY, {day: at % 2 == 0 for at, day in enumerate(days)}
    )
    moments = [datetime.combine(day, datetime.min.time(), UTC) for day in days]
    services.seed_past_runs(robin, exercise, [one + timedelta(hours=20) for one in moments])
    clock.shift(timedelta(days=40))
    a_look(robin, 4, low=-1.0, high=1.0)
    (card,) = queries.effect_cards(robin)
    assert SAY("effect.done", done=12, offers=12) in card.sentences
    assert 'id="card-1"' in main_of(browser_of(robin), "/practice/effect/")


@pytest.mark.usefixtures("heads")
@pytest.mark.parametrize(
    ("exercise_id", "offered"), [("three_breaths", False), ("one_plain_wish", False),
                                 ("wave_passes", True), ("let_it_land", True)],
)  # fmt: skip
def test_where_it_is_not_safe_speaking_and_staying_are_not_offered(
    owner: User, as_owner: Client, exercise_id: str, *, offered: bool
) -> None:
    begin(as_owner, exercise_id)
    a_look(owner, 4, low=-1.0, high=6.0)
    before = main_of(as_owner, "/practice/effect/")
    answer(owner, HELD)
    assert ('id="offer"' in main_of(as_owner, "/today/")) is offered
    assert OfferDay.objects.exists() is offered
    after = main_of(as_owner, "/practice/effect/")
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert token.sub("", after) == token.sub("", before)


def test_the_two_halves_of_the_sundays_stand_beside_a_card_and_nothing_is_claimed(
    owner: User, as_owner: Client, partner: User
) -> None:
    keep_look(owner, MONDAY - timedelta(days=1), LookAnswers({"h1": 6}, {}, {}), key=uuid.uuid4())
    keep_look(partner, MONDAY - timedelta(days=1), LookAnswers({"h2": 9}, {}, {}), key=uuid.uuid4())
    assert "Your Sundays" not in main_of(as_owner, "/practice/effect/")
    begin(as_owner)
    page = main_of(as_owner, "/practice/effect/")
    assert escape(SAY("effect.halves")) in page
    for name in ("h1", "h2"):
        assert escape(CONTENT.sunday.items[name].prompt) in page
    assert re.search(r'<th scope="row">1 March</th><td>6</td><td><span[^>]*>left open<', page)
    assert queries.sundays(owner).weeks == ((MONDAY - timedelta(days=1), (6, None)),)


@pytest.mark.usefixtures("heads")
def test_nothing_of_it_is_seen_by_anybody_else(
    owner: User, as_owner: Client, as_partner: Client
) -> None:
    before = {where: main_of(as_partner, where) for where in ("/today/", "/practice/effect/")}
    begin(as_owner)
    main_of(as_owner, "/today/")
    a_look(owner, 4, low=2.0, high=9.0, word="helps")
    assert {where: main_of(as_partner, where) for where in before} == before


@pytest.mark.usefixtures("heads")
def test_a_retired_exercise_is_offered_no_more_and_its_card_stays(
    owner: User, as_owner: Client
) -> None:
    begin(as_owner)
    OfferSeries.objects.update(exercise_id="no_longer_here")
    assert 'id="offer"' not in main_of(as_owner, "/today/")
    card = main_of(as_owner, "/practice/effect/")
    assert SAY("effect.no_evidence") in card
    assert SAY("effect.retired") in card
    assert "no_longer_here" not in card
    assert as_owner.get("/practice/let_it_land/find-out/").status_code == 200


def test_the_way_to_the_switch_is_on_practice_and_account(as_owner: Client) -> None:
    for where in ("/practice/", "/account/"):
        assert 'href="/practice/effect/"' in main_of(as_owner, where)
