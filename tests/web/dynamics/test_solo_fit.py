from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from counterpoint import engine
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Place
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.portability import entries
from counterpoint.web.accounts.services import delete_person
from counterpoint.web.diary.services import ScreenOne, record_screen_one
from counterpoint.web.dynamics import queries, rules
from counterpoint.web.dynamics.models import FitLook, SoloFit
from counterpoint.web.dynamics.services import reading, solo
from counterpoint.web.jobs.models import Job
from counterpoint.web.jobs.services import enqueue_due
from counterpoint.web.jobs.worker import run_next
from factories import make_person
from web.dynamics.evenings import MONDAY, answer_evenings, evening_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def robin() -> User:
    return make_person("robin", zone="UTC", simulated=True)


@pytest.fixture
def cold(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No compiled kernel is kept: the sampler that needs no compiler runs."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))


def test_nothing_is_inferred_before_six_days(robin: User) -> None:
    answer_evenings(robin, 5)
    assert solo.fit_person(robin, backend="portable") is False
    assert SoloFit.objects.count() == 0
    assert FitLook.objects.count() == 1


def test_a_day_with_half_the_markers_is_not_an_answered_day(robin: User) -> None:
    last = answer_evenings(robin, 5)
    with time_machine.travel(evening_of(last + timedelta(days=1)), tick=False):
        record_screen_one(robin, last + timedelta(days=1), 1, ScreenOne(c1=5), key=robin.pk)
        assert solo.fit_person(robin, backend="portable") is False


def test_fit_says_what_it_rests_on(robin: User) -> None:
    last = answer_evenings(robin, 30, near=7, myself=4, skipped=(3, 4))
    with time_machine.travel(evening_of(last), tick=False):
        assert solo.fit_person(robin, backend="portable") is True
    row = SoloFit.objects.get()
    assert (row.answered_days, row.from_on, row.through_on) == (28, MONDAY, last)
    assert (row.backend, row.provisional, row.sweeps) == ("portable", False, row.sweeps)
    assert row.made_on == last
    assert row.is_usable
    found = queries.shown_fit(robin, last)
    assert found is not None
    assert found.result is not None
    near, myself = found.result.place
    assert 60 < near < 80
    assert 30 < myself < 50
    assert len(found.result.draws) > 200
    assert set(found.result.couplings) == {
        "connection<-connection",
        "connection<-self",
        "self<-connection",
        "self<-self",
    }
    assert set(found.result.costs) == {"closeness_costs_self", "self_costs_closeness"}
    assert found.result.same_day_mood_apart is not None


def test_no_number_of_the_partner_is_stored(robin: User) -> None:
    answer_evenings(robin, 25)
    solo.fit_person(robin, backend="portable")
    stored = str(SoloFit.objects.get().result)
    for word in ("_b", "pull_away", "contagion", "partner"):
        assert word not in stored


def test_days_that_go_together_are_found_to(robin: User) -> None:
    answer_evenings(robin, 60, go_together=0.95)
    sam = make_person("sam", zone="UTC", simulated=True)
    answer_evenings(sam, 60, go_together=-0.95)
    for person in (robin, sam):
        solo.fit_person(person, backend="portable")
    together = SoloFit.objects.get(owner=robin).result["same_day"]
    turns = SoloFit.objects.get(owner=sam).result["same_day"]
    assert together["said"]
    assert together["mean"] > 0.3
    assert turns["said"]
    assert turns["mean"] < -0.3


def test_same_answers_are_not_fitted_twice(robin: User) -> None:
    answer_evenings(robin, 8)
    assert solo.fit_person(robin, backend="portable") is True
    assert solo.fit_person(robin, backend="portable") is False
    assert SoloFit.objects.count() == 1


def test_same_answers_give_the_same_numbers(robin: User) -> None:
    answer_evenings(robin, 22)
    solo.fit_person(robin, backend="portable")
    first = SoloFit.objects.get()
    seed, result = first.seed, first.result
    first.delete()
    solo.fit_person(robin, backend="portable")
    again = SoloFit.objects.get()
    assert (again.seed, again.result) == (seed, result)


def test_own_fit_is_the_same_whether_or_not_the_partner_answers(robin: User) -> None:
    answer_evenings(robin, 12)
    solo.fit_person(robin, backend="portable")
    alone = SoloFit.objects.get(owner=robin).result
    SoloFit.objects.all().delete()
    sam = make_person("sam", zone="UTC", simulated=True)
    answer_evenings(sam, 40, seed=9)
    solo.fit_person(sam, backend="portable")
    solo.fit_person(robin, backend="portable")
    assert SoloFit.objects.get(owner=robin).result == alone


@pytest.mark.usefixtures("cold")
def test_without_compiled_kernels_the_first_picture_is_provisional(robin: User) -> None:
    answer_evenings(robin, 9)
    assert solo.fit_person(robin) is True
    rough = SoloFit.objects.get()
    assert (rough.provisional, rough.backend) == (True, "portable")
    assert rough.sweeps == 300
    assert solo.fit_person(robin) is False
    assert solo.due_fits() == []
    assert solo.fit_person(robin, backend="portable") is True
    assert [head.provisional for head in queries.fit_heads(robin)][-1] is False


def test_the_wish_is_told_as_the_engine_tells_it(robin: User) -> None:
    answer_evenings(robin, 15, near=7.5, myself=4)
    days = solo.newest_window(solo.diary_queries.rows_for_engine(robin))
    fit = engine.fit_dyad(reading.solo_diary(days, name=str(robin.pk)), backend="portable")
    points = engine.to_points(fit.place[:, :2])
    for wish in (Place(50, 50), Place(75, 40), Place(90, 90), Place(70, 60)):
        told = engine.against_wish(fit, Member.A, wish)
        for axis, (level, finding) in enumerate(
            zip((wish.connection, wish.self), told, strict=True)
        ):
            against = rules.against_wish([float(p) for p in points[:, axis]], level)
            assert against.above_prob == pytest.approx(finding.above_prob, abs=1e-9)
            assert against.within_prob == pytest.approx(finding.near_prob, abs=1e-9)
            names = {"above": "above", "below": "below", "near": "about", "": "open"}
            assert rules.tell(against, 15) == names[finding.finding]


def test_mood_control_moves_no_mean_level(robin: User) -> None:
    answer_evenings(robin, 20)
    days = solo.newest_window(solo.diary_queries.rows_for_engine(robin))
    plain = reading.solo_diary(days, name="x").items
    apart = reading.solo_diary(days, name="x", mood_apart=True).items
    assert (plain != apart)[:, :2, 0].any()
    assert plain[:, 0, 0].mean() == pytest.approx(apart[:, 0, 0].mean())


def test_only_the_newest_window_is_read(robin: User) -> None:
    answer_evenings(robin, 200)
    days = solo.newest_window(solo.diary_queries.rows_for_engine(robin))
    assert len(days) == solo.WINDOW_DAYS
    diary = reading.solo_diary(days, name="x")
    assert diary.days == solo.WINDOW_DAYS
    assert diary.answered_days == (120, 0)


def test_gaps_keep_their_days(robin: User) -> None:
    answer_evenings(robin, 10, skipped=(2, 3, 7))
    days = solo.newest_window(solo.diary_queries.rows_for_engine(robin))
    assert reading.solo_diary(days, name="x").items.shape == (10, 4, 3)


def test_friction_enters_only_where_there_was_some(robin: User) -> None:
    last = answer_evenings(robin, 7)
    days = solo.newest_window(solo.diary_queries.rows_for_engine(robin))
    assert reading.solo_diary(days, name="x").inputs.shape[1] == 0
    next_day = last + timedelta(days=1)
    with time_machine.travel(evening_of(next_day), tick=False):
        record_screen_one(robin, next_day, 1, ScreenOne(c1=5, s1=5, e1="a_lot"), key=robin.pk)
    days = solo.newest_window(solo.diary_queries.rows_for_engine(robin))
    assert reading.solo_diary(days, name="x").inputs[:, 0].tolist() == [0.0] * 7 + [1.0]


def test_the_worker_fits_who_has_changed_and_then_rests(robin: User) -> None:
    last = answer_evenings(robin, 8)
    with time_machine.travel(evening_of(last) + timedelta(minutes=1), tick=False):
        assert solo.due_fits() == [(solo.KIND, str(robin.pk))]
        assert enqueue_due() == 1
        assert run_next() is True
        assert SoloFit.objects.filter(owner=robin).exists()
        assert Job.objects.count() == 0
        known_provisional = SoloFit.objects.get().provisional
        assert known_provisional or solo.due_fits() == []
    next_day = last + timedelta(days=1)
    with time_machine.travel(evening_of(next_day), tick=False):
        record_screen_one(robin, next_day, 1, ScreenOne(c1=8, s1=3), key=robin.pk)
        assert solo.due_fits() == [(solo.KIND, str(robin.pk))]


def test_a_short_diary_is_looked_at_once_not_forever(robin: User) -> None:
    last = answer_evenings(robin, 3)
    with time_machine.travel(evening_of(last) + timedelta(minutes=1), tick=False):
        assert solo.due_fits() == [(solo.KIND, str(robin.pk))]
        solo.fit_person(robin)
        assert solo.due_fits() == []


def test_parked_answers_are_not_read(robin: User) -> None:
    chance = [ScreenOne(g=5, c1=7, s1=7, n="some", e1="no")] * 25
    for offset, screen in enumerate(chance):
        day = MONDAY + timedelta(days=offset)
        with time_machine.travel(evening_of(day), tick=False):
            record_screen_one(robin, day, 1, screen, key=make_key(offset))
    solo.fit_person(robin, backend="portable")
    assert SoloFit.objects.get().is_usable is False
    found = queries.shown_fit(robin, MONDAY + timedelta(days=60))
    assert found is not None
    assert found.result is None


def test_an_account_deleted_during_the_fit_leaves_nothing(
    robin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_evenings(robin, 8)
    real = engine.fit_dyad

    def fit_while_the_account_goes(*args, **kwargs):
        fit = real(*args, **kwargs)
        delete_person(User.objects.get(pk=robin.pk))
        return fit

    monkeypatch.setattr(reading, "fit_dyad", fit_while_the_account_goes)
    assert solo.fit_person(robin, backend="portable") is False
    assert SoloFit.objects.count() == FitLook.objects.count() == User.objects.count() == 0


def test_a_job_for_somebody_who_left_does_nothing() -> None:
    assert solo.run_solo_fit("00000000-0000-4000-8000-000000000000") is False


def test_export_holds_every_fit_and_erase_leaves_none(robin: User) -> None:
    answer_evenings(robin, 7)
    solo.fit_person(robin, backend="portable")
    (entry,) = [entry for entry in entries() if entry.label == "dynamics"]
    (row,) = entry.export(robin)["fits"]
    assert row["answered_days"] == 7
    assert 0 <= row["place_connection"] <= 100
    assert set(row) <= set(entry.codebook)
    entry.erase(robin)
    assert SoloFit.objects.count() == FitLook.objects.count() == 0


def test_a_form_of_result_from_another_time_is_not_shown(robin: User) -> None:
    last = answer_evenings(robin, 7)
    solo.fit_person(robin, backend="portable")
    SoloFit.objects.update(result={"form": 99})
    found = queries.shown_fit(robin, last + timedelta(days=3650))
    assert found is None or found.result is None


def make_key(number: int):
    import uuid

    return uuid.UUID(int=number)
