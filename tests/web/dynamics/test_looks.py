"""Planned looks: the site's way from offers to the card gives the engine's own numbers, once."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
import time_machine

from counterpoint import engine
from counterpoint.content import load_content
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Axis
from counterpoint.engine.diary import TAP_ENDS
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.portability import entries
from counterpoint.web.accounts.services import delete_person
from counterpoint.web.diary import offer_queries
from counterpoint.web.diary import queries as diary_queries
from counterpoint.web.diary.models import Checkin
from counterpoint.web.diary.offer_services import begin_series, switch
from counterpoint.web.dynamics import queries
from counterpoint.web.dynamics.models import EffectLook, SoloFit
from counterpoint.web.dynamics.services import effects, looks, reading, solo
from factories import make_person
from web.dynamics.evenings import MONDAY, answer_evenings, evening_of
from web.dynamics.offered import Evenings, offer_evenings

pytestmark = pytest.mark.django_db


@pytest.fixture
def robin() -> User:
    return make_person("robin", zone="UTC", simulated=True)


def on_day(number: int):
    """Travel to the evening of a day of the series; its first day is 0."""
    return time_machine.travel(evening_of(MONDAY + timedelta(days=number)), tick=False)


def by_hand(written: Evenings, days: int, name: str) -> engine.DyadDiary:
    """Build the diary from what was written, without the site."""
    kept = [day for day in written.taps if (day - MONDAY).days < days]
    first, last = min(kept), max(kept)
    count = (last - first).days + 1
    points = np.full((count, 4, 3), np.nan)
    inputs = np.full((count, 2), np.nan)
    together = np.full(count, np.nan)
    for day in kept:
        at = (day - first).days
        c1, c2, s1, s2 = written.taps[day]
        points[at, 0, :2], points[at, 1, :2] = (10 * c1, 10 * c2), (10 * s1, 10 * s2)
        inputs[at, 0], together[at] = written.friction[day], 1.0
    for day, is_offered in written.coins.items():
        if first <= day <= last:
            inputs[(day - first).days, 1] = is_offered
    return engine.DyadDiary(
        items=engine.to_units(points),
        inputs=inputs,
        together=together,
        dyad_id=name,
        ends=TAP_ENDS,
    )


@pytest.mark.parametrize("exercise_id", ["thank_you_full_stop", "theirs_and_mine"])
def test_a_look_holds_the_numbers_the_engine_gives_on_the_same_diary(
    robin: User, exercise_id: str
) -> None:
    written = offer_evenings(robin, 40, effect_taps=1.5, exercise_id=exercise_id)
    with on_day(40):
        assert looks.make_looks(robin, backend="portable") == 1
    (look,) = queries.looks_of(robin, written.series.id)
    diary = by_hand(written, 28, str(robin.pk))
    prior = engine.shipped_prior(3, 2)
    fit = engine.fit_dyad(diary, prior=prior, backend="portable")
    card = engine.effect_of_offers(fit, Member.A, event=1, looks=3)
    outcome = load_content().exercises[exercise_id].outcome
    found = card.outcome(Axis(outcome.axis), next_day=outcome.time.value == "next_day")
    assert look.interval == (found.q05, found.q50, found.q95)
    assert look.helps is (found.word == "helps")
    assert (look.offers, look.week) == (card.offers, 4)
    assert look.through_on == MONDAY + timedelta(days=27)
    row = EffectLook.objects.get()
    assert (row.seed, row.sweeps, row.prob) == (fit.seed, fit.sweeps, found.prob)


def test_offers_enter_the_solo_fit_and_its_digest(robin: User) -> None:
    written = offer_evenings(robin, 30)
    with on_day(30):
        assert solo.fit_person(robin, backend="portable") is True
        assert solo.fit_person(robin, backend="portable") is False
    days = solo.newest_window(diary_queries.rows_for_engine(robin))
    plain = reading.solo_diary(days, name="x")
    offered = reading.solo_diary(days, name="x", coins=written.coins)
    assert (plain.inputs.shape[1], offered.inputs.shape[1]) == (1, 2)
    assert reading.answers_digest(plain, days) != reading.answers_digest(offered, days)
    stored = SoloFit.objects.get().answers_digest
    named = reading.solo_diary(days, name=str(robin.pk), coins=written.coins)
    assert stored == reading.answers_digest(named, days)


def test_evenings_that_were_not_drawn_are_unknown_and_one_kind_alone_says_nothing(
    robin: User,
) -> None:
    last = answer_evenings(robin, 6)
    days = solo.newest_window(diary_queries.rows_for_engine(robin))
    coins = {MONDAY: True, last: False, last + timedelta(days=9): True}
    inputs = reading.solo_diary(days, name="x", coins=coins).inputs
    assert inputs[:, 0].tolist()[0] == 1.0
    assert inputs[:, 0].tolist()[-1] == 0.0
    assert np.isnan(inputs[1:-1]).all()
    assert reading.events_of(days, coins) == ("offer",)
    for one_kind in ({MONDAY: True}, {MONDAY: False, last: False}, {}):
        assert reading.events_of(days, one_kind) == ()


def test_a_look_is_made_when_its_days_are_closed_and_never_again(robin: User) -> None:
    written = offer_evenings(robin, 75, effect_taps=2.0)
    with on_day(28):
        assert looks.make_looks(robin, backend="portable") == 0
    with on_day(29):
        assert looks.make_looks(robin, backend="portable") == 1
        assert looks.make_looks(robin, backend="portable") == 0
    first = EffectLook.objects.values().get()
    Checkin.objects.filter(owner=robin).update(c1=0)
    with on_day(74):
        assert looks.make_looks(robin, backend="portable") == 2
        assert looks.make_looks(robin, backend="portable") == 0
    assert EffectLook.objects.filter(pk=first["id"]).values().get() == first
    assert [look.week for look in queries.looks_of(robin, written.series.id)] == [4, 7, 10]


def test_nothing_is_worked_out_between_looks(robin: User) -> None:
    written = offer_evenings(robin, 60)
    with on_day(45):
        looks.make_looks(robin, backend="portable")
        solo.fit_person(robin, backend="portable")
    assert [look.week for look in queries.looks_of(robin, written.series.id)] == [4]
    for word in ("offer", "same_evening", "helps"):
        assert word not in str(SoloFit.objects.get().result)


def test_a_look_that_can_tell_nothing_is_made_once_as_well(robin: User) -> None:
    exercise = load_content().exercises["wave_passes"]
    with on_day(0):
        series = begin_series(robin, exercise, key=robin.pk)
    with on_day(29):
        assert looks.make_looks(robin, backend="portable") == 1
        assert looks.make_looks(robin, backend="portable") == 0
    (look,) = queries.looks_of(robin, series.id)
    assert (look.interval, look.helps, look.offers, look.without) == (None, False, 0, 0)


def test_a_parked_diary_is_not_read(robin: User) -> None:
    written = offer_evenings(robin, 40)
    Checkin.objects.filter(owner=robin).update(c1=7, s1=7, c2=7, s2=7)
    with on_day(29):
        looks.make_looks(robin, backend="portable")
    (look,) = queries.looks_of(robin, written.series.id)
    assert look.interval is None
    assert not look.helps


def test_the_worker_is_told_of_due_looks_until_they_are_made(
    robin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer_evenings(robin, 40)
    monkeypatch.setattr(looks, "is_fast", lambda: True)
    with on_day(28):
        assert looks.due_looks() == []
    with on_day(40):
        assert looks.due_looks() == [(looks.KIND, str(robin.pk))]
        looks.make_looks(robin, backend="portable")
        assert looks.due_looks() == []
        monkeypatch.setattr(looks, "is_fast", lambda: False)
    with on_day(60):
        assert looks.due_looks() == []
        assert looks.make_looks(robin) == 0


def test_a_series_that_another_followed_gets_no_further_look(robin: User) -> None:
    offer_evenings(robin, 40)
    with on_day(40):
        begin_series(robin, load_content().exercises["wave_passes"], key=robin.pk)
        assert looks.make_looks(robin, backend="portable") == 0
    assert not EffectLook.objects.exists()


def test_switched_off_the_looks_rest_on_what_was_drawn(robin: User) -> None:
    written = offer_evenings(robin, 20)
    with on_day(20):
        switch(robin, on=False)
    with on_day(29):
        assert looks.make_looks(robin, backend="portable") == 1
    (look,) = queries.looks_of(robin, written.series.id)
    assert look.offers + look.without <= 20
    assert look.interval is not None


def test_an_account_deleted_during_the_look_leaves_nothing(
    robin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer_evenings(robin, 40)
    real = effects.effect_on

    def look_while_the_account_goes(*args, **kwargs):
        found = real(*args, **kwargs)
        delete_person(User.objects.get(pk=robin.pk))
        return found

    monkeypatch.setattr(effects, "effect_on", look_while_the_account_goes)
    with on_day(29):
        assert looks.make_looks(robin, backend="portable") == 0
    assert EffectLook.objects.count() == 0


def test_own_look_is_the_same_whether_or_not_the_partner_is_offered_anything(robin: User) -> None:
    written = offer_evenings(robin, 40)
    with on_day(29):
        looks.make_looks(robin, backend="portable")
    alone = queries.looks_of(robin, written.series.id)
    EffectLook.objects.all().delete()
    sam = make_person("sam", zone="UTC", simulated=True)
    offer_evenings(sam, 40, effect_taps=3.0, seed=5)
    with on_day(29):
        looks.make_looks(sam, backend="portable")
        looks.make_looks(robin, backend="portable")
    assert queries.looks_of(robin, written.series.id) == alone


def test_the_prior_spread_of_an_offer_is_the_priors(robin: User) -> None:
    now, later = effects.prior_spread(("conflict", "offer"))
    assert now == pytest.approx(0.7 * 15.0, rel=0.05)
    assert (later < now).all()
    assert (later > 0).all()


def test_looks_and_offers_are_taken_along_and_erased(robin: User) -> None:
    offer_evenings(robin, 40)
    with on_day(29):
        looks.make_looks(robin, backend="portable")
    of = {entry.label: entry for entry in entries()}
    (look,) = of["dynamics"].export(robin)["looks"]
    assert (look["week"], look["exercise_id"]) == (4, "thank_you_full_stop")
    exported = of["diary"].export(robin)
    assert len(exported["offer_series"]) == 1
    assert {row["chance"] for row in exported["offers"]} == {0.5}
    for label, name in (("dynamics", "looks"), ("diary", "offer_series"), ("diary", "offers")):
        rows = of[label].export(robin)[name]
        assert set(rows[0]) <= set(of[label].codebook)
    for label in ("dynamics", "diary"):
        of[label].erase(robin)
    assert not EffectLook.objects.exists()
    assert offer_queries.all_series(robin) == ()
