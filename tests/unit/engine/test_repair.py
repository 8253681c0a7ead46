import numpy as np
import pytest

from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Axis
from counterpoint.engine import (
    Frequency,
    Reason,
    adapt_detach,
    direct_answers,
    effect_of_offers,
    frequency_of,
    repair_of,
)
from counterpoint.errors import DataError
from engine_cases import fit_of_numbers, swapped_fit

FRICTION = np.array([[-1.0], [-0.6], [-0.2], [0.0]])


def test_repair_follows_friction_through_two_days() -> None:
    fit = fit_of_numbers(
        transition=0.5 * np.eye(4), input_effect=FRICTION, events=(6,), spread=0.01
    )
    found = repair_of(fit, Member.A)
    assert found.conflicts == 6
    assert found.collapse.mean == pytest.approx(-9.0, abs=0.1)
    assert found.withdrawal.mean == pytest.approx(-15.0, abs=0.1)
    assert (found.collapse.word, found.withdrawal.word) == ("lower", "lower")
    # a quarter is left: self -.15 and connection -.25 are just at the border; b is well above it
    assert found.after_two_days.mean == pytest.approx(-2.25, abs=0.1)
    assert repair_of(fit, Member.B).after_two_days.word == "repaired"
    slow = fit_of_numbers(
        transition=0.9 * np.eye(4), input_effect=FRICTION, events=(6,), spread=0.01
    )
    assert repair_of(slow, Member.A).after_two_days.word == "still_down"


def test_half_days_are_counted_as_half_days() -> None:
    once = fit_of_numbers(
        transition=0.81 * np.eye(4), input_effect=FRICTION, events=(4,), spread=0.0
    )
    twice = fit_of_numbers(
        transition=0.9 * np.eye(4),
        input_effect=FRICTION,
        events=(4,),
        spread=0.0,
        steps_a_day=2,
    )
    assert repair_of(twice, Member.A).after_two_days.mean == pytest.approx(
        repair_of(once, Member.A).after_two_days.mean
    )


def test_fewer_than_four_conflicts_say_nothing() -> None:
    fit = fit_of_numbers(input_effect=FRICTION, events=(3,))
    found = repair_of(fit, Member.A)
    for part in (found.collapse, found.withdrawal, found.after_two_days):
        assert (part.said, part.reason) == (False, Reason.TOO_FEW_CONFLICTS)
    with pytest.raises(DataError, match="no event number 1"):
        repair_of(fit, Member.A, event=1)


def test_repair_swaps_with_the_members() -> None:
    fit = fit_of_numbers(input_effect=FRICTION, events=(6,))
    one, two = repair_of(fit, Member.A), repair_of(swapped_fit(fit), Member.B)
    assert two.collapse.mean == one.collapse.mean
    assert two.withdrawal.q95 == one.withdrawal.q95
    assert two.after_two_days.prob == one.after_two_days.prob


def test_direct_answers_are_counted_as_given() -> None:
    found = direct_answers([10, None, 4], [{"stayed"}, {"gave_in", "pushed"}, {"gave_in"}])
    assert (found.conflicts, found.answered) == (3, 2)
    assert found.found_back == (4.0, 7.0, 10.0)
    assert found.ways == {"gave_in": 2, "pushed": 1, "stayed": 1}
    assert direct_answers([None], [()]).found_back is None
    with pytest.raises(DataError, match="one entry"):
        direct_answers([1.0], [])


def test_adapt_and_detach_is_a_count_of_days_without_roles() -> None:
    a = [{"gave_in"}, {"gave_in", "stayed"}, {"shut_down"}, {"stayed"}, {"gave_in"}]
    b = [{"shut_down"}, {"shut_down"}, {"gave_in"}, {"pushed"}, ()]
    found = adapt_detach(a, b)
    assert (found.conflicts, found.a_adapts, found.b_adapts) == (4, 2, 1)
    assert found.frequency is Frequency.OFTEN
    other = adapt_detach(b, a)
    assert (other.a_adapts, other.b_adapts, other.frequency) == (1, 2, Frequency.OFTEN)


def test_adapt_and_detach_waits_for_four_days_told_by_both() -> None:
    found = adapt_detach([{"gave_in"}] * 3 + [()], [{"shut_down"}] * 4)
    assert (found.frequency, found.said, found.reason) == (None, False, Reason.TOO_FEW_CONFLICTS)
    assert found.a_adapts == 3


@pytest.mark.parametrize(
    ("count", "out_of", "word"),
    [(0, 4, "never"), (1, 4, "now_and_then"), (2, 4, "often"), (3, 7, "now_and_then")],
)
def test_never_now_and_then_often(count: int, out_of: int, word: str) -> None:
    assert frequency_of(count, out_of) == word


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(DataError):
        frequency_of(5, 4)
    with pytest.raises(DataError):
        adapt_detach([()], [])


def test_offers_say_helps_only_when_sure() -> None:
    effect = np.zeros((4, 2))
    effect[1, 1] = 0.5
    fit = fit_of_numbers(
        transition=0.5 * np.eye(4), input_effect=effect, events=(5, 30), spread=0.1
    )
    found = effect_of_offers(fit, Member.A, event=1)
    assert found.offers == 30
    helped = found.outcome(Axis.SELF)
    assert (helped.word, helped.said) == ("helps", True)
    assert helped.mean == pytest.approx(7.5, abs=0.2)
    assert found.outcome(Axis.SELF, next_day=True).mean == pytest.approx(3.75, abs=0.3)
    silent = found.outcome(Axis.CONNECTION)
    assert (silent.word, silent.reason) == ("", Reason.NOT_SURE)


def test_looks_share_the_five_per_cent() -> None:
    effect = np.zeros((4, 1))
    effect[0, 0] = 0.19  # 1.9 sd: P(> 0) = .971
    fit = fit_of_numbers(input_effect=effect, events=(30,), spread=0.1, n=20_000)
    once = effect_of_offers(fit, Member.A, event=0).outcome(Axis.CONNECTION)
    thrice = effect_of_offers(fit, Member.A, event=0, looks=3).outcome(Axis.CONNECTION)
    assert once.word == "helps"
    assert (thrice.word, thrice.reason) == ("", Reason.NOT_SURE)
    assert once.prob == thrice.prob
    with pytest.raises(DataError, match="look"):
        effect_of_offers(fit, Member.A, event=0, looks=0)
