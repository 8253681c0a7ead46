"""Then and now: a movement beside the weeks before it, made once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from counterpoint.cohort import movement_proof
from counterpoint.content import load_content
from counterpoint.content.telling import Change, Quantity
from counterpoint.domain.movements import Movement
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.portability import entries
from counterpoint.web.accounts.services import delete_person
from counterpoint.web.dynamics import queries
from counterpoint.web.dynamics.changes import read_changes
from counterpoint.web.dynamics.models import LevelChange
from counterpoint.web.dynamics.services import change, changing
from counterpoint.web.jobs.models import Job
from counterpoint.web.jobs.services import enqueue_due
from counterpoint.web.jobs.worker import run_next
from counterpoint.web.safety.services import forget_route, keep_route
from factories import browser_of, make_person
from web.dynamics.evenings import MONDAY, answer_evenings, evening_of

pytestmark = pytest.mark.django_db

FIRST_WEEKS = 14


@pytest.fixture
def robin() -> User:
    return make_person("robin", zone="UTC", simulated=True)


def on_day(days: int) -> time_machine.travel:
    """Be in the evening so many days after the first one."""
    return time_machine.travel(evening_of(MONDAY + timedelta(days=days)), tick=False)


def live(person: User, *weeks: tuple[int, float, float], skipped: tuple[int, ...] = ()) -> None:
    """Write stretches of days: how many, how near, how much oneself."""
    start = MONDAY
    for seed, (days, near, myself) in enumerate(weeks, start=1):
        last = answer_evenings(
            person, days, first=start, near=near, myself=myself, seed=seed, skipped=skipped
        )
        start = last + timedelta(days=1)


def page(person: User, days: int) -> str:
    with on_day(days):
        answer = browser_of(person).get("/change/")
    assert answer.status_code == 200
    return answer.content.decode()


def say(phrase_id: str, **values: str | int) -> str:
    return load_content().phrase(phrase_id, **values)


def test_nothing_is_compared_while_the_last_day_can_still_be_written(robin: User) -> None:
    live(robin, (FIRST_WEEKS, 4, 4), (14, 8, 4))
    with on_day(28):
        assert change.due_changes() == []
        assert change.compare_movements(robin) == 0
    with on_day(29):
        assert change.due_changes() == [(change.KIND, str(robin.pk))]


def test_the_worker_compares_once_and_then_has_nothing_to_do(robin: User) -> None:
    live(robin, (FIRST_WEEKS, 3, 5), (14, 8, 5))
    with on_day(29):
        enqueue_due()
        assert Job.objects.filter(kind=change.KIND).count() == 1
        while Job.objects.filter(kind=change.KIND).exists():
            assert run_next()
        assert change.due_changes() == []
    row = LevelChange.objects.get()
    assert (row.movement, row.days_then, row.days_now) == ("second", 14, 14)
    assert (row.from_on, row.border_on) == (MONDAY, MONDAY + timedelta(days=14))
    assert row.through_on == MONDAY + timedelta(days=27)
    found = read_changes(row.result)
    assert set(found) == set(Quantity)
    assert found[Quantity.CONNECTION].change is Change.MORE
    assert found[Quantity.CONNECTION].q05 > 0
    assert found[Quantity.SELF].change is not Change.MORE
    with on_day(40):
        assert change.compare_movements(robin) == 0
    assert LevelChange.objects.get().made_at == row.made_at


def test_what_is_found_is_said_with_its_range_and_what_is_not_stays_a_question(
    robin: User,
) -> None:
    live(robin, (FIRST_WEEKS, 3, 5), (14, 8, 5))
    assert say("change.when") in page(robin, 28)
    with on_day(29):
        change.compare_movements(robin)
    told = page(robin, 29)
    assert say("change.connection.more", then=say("change.then.first")) in told
    assert "steps up, on a row from 0 to 10" in told
    assert say("change.reading") in told
    assert say("change.days", then=14, now=14) in told
    assert say("change.when") not in told
    (compared,) = queries.compared_movements(robin)
    for quantity, found in compared.changes.items():
        words = say(f"change.{quantity}.{found.change}", then=say("change.then.first"))
        assert words in told


def test_with_five_days_on_one_side_nothing_is_worked_out(robin: User) -> None:
    live(robin, (FIRST_WEEKS, 3, 5))
    answer_evenings(robin, 5, first=MONDAY + timedelta(days=16), near=9)
    with on_day(29):
        assert change.compare_movements(robin) == 1
        assert change.due_changes() == []
    row = LevelChange.objects.get()
    assert (row.days_then, row.days_now, row.result, row.seed) == (14, 5, {}, None)
    assert say("letter.open.change") in page(robin, 29)


def test_the_third_movement_is_laid_beside_all_the_weeks_before_it(robin: User) -> None:
    live(robin, (28, 5, 3), (42, 5, 8))
    with on_day(71):
        assert change.compare_movements(robin) == 2
    third = LevelChange.objects.get(movement="third")
    assert (third.days_then, third.days_now) == (28, 42)
    assert read_changes(third.result)[Quantity.SELF].change is Change.MORE
    told = page(robin, 71)
    assert say("change.self.more", then=say("change.then.second")) in told
    assert told.index(say("letter.title.third")) < told.index(say("letter.title.second"))


def test_the_same_days_give_the_same_comparison(robin: User) -> None:
    live(robin, (FIRST_WEEKS, 3, 5), (14, 8, 5))
    with on_day(29):
        change.compare_movements(robin)
        first = LevelChange.objects.get()
        first.delete()
        change.compare_movements(robin)
    assert LevelChange.objects.get().result == first.result


def test_help_first_is_the_page_before_the_first_comparison_to_the_byte(robin: User) -> None:
    from web.worlds import CHANCE

    live(robin, (FIRST_WEEKS, 3, 5), (14, 8, 5))

    def body() -> str:
        return CHANCE.sub(rb'\1"', page(robin, 29).encode()).decode()

    before = body()
    with on_day(29):
        change.compare_movements(robin)
    assert body() != before
    keep_route(robin, {"afraid": True})
    assert body() == before
    forget_route(robin)
    assert body() != before


def test_it_is_taken_along_and_erased(robin: User) -> None:
    live(robin, (FIRST_WEEKS, 3, 5), (14, 8, 5))
    with on_day(29):
        change.compare_movements(robin)
        (entry,) = [one for one in entries() if one.label == "dynamics"]
        (row,) = entry.export(robin)["then_and_now"]
        assert row["movement"] == Movement.SECOND
        assert '"connection"' in row["result"]
        delete_person(robin)
    assert LevelChange.objects.count() == 0


def test_an_account_deleted_meanwhile_leaves_nothing_behind(robin: User) -> None:
    live(robin, (FIRST_WEEKS, 3, 5), (14, 8, 5))
    gone = User.objects.get(pk=robin.pk)
    with on_day(29):
        delete_person(robin)
        assert change.compare_movements(gone) == 0
        assert change.run_compare(str(gone.pk)) is False
    assert LevelChange.objects.count() == 0


def test_nobody_sees_the_comparison_of_another(robin: User) -> None:
    live(robin, (FIRST_WEEKS, 3, 5), (14, 8, 5))
    with on_day(29):
        change.compare_movements(robin)
    assert say("change.when") in page(make_person("noor", zone="UTC"), 29)


def test_the_items_compared_are_those_whose_comparison_is_checked() -> None:
    assert tuple(changing.ITEMS.values()) == movement_proof.ITEMS
