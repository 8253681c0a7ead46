from dataclasses import replace

import numpy as np
import pytest

from counterpoint.engine import (
    DyadFit,
    Prior,
    compare_roles,
    prior_with_roles,
    shipped_prior,
    simulate_dyads,
)
from counterpoint.engine.roles import role_differences
from counterpoint.errors import DataError
from engine_cases import fit_of_numbers, swapped_fit


def fits(role: float, couples: int = 60) -> list[DyadFit]:
    """Couples whose level of connection differs by twice the role, a minus b, on average."""
    rng = np.random.default_rng(7)
    return [
        fit_of_numbers(
            seed=number,
            n=60,
            level=rng.normal(0, 0.5, 4) + role * np.array([1, 0, -1, 0]),
            transition=0.3 * np.eye(4) + rng.normal(0, 0.05, (4, 4)),
        )
        for number in range(couples)
    ]


def test_labels_that_mean_nothing_are_not_told_apart() -> None:
    found = compare_roles(fits(0.0), shipped_prior(), rng=np.random.default_rng(1))
    assert found.p_value > 0.01
    assert found.couples == 60


def test_a_difference_of_roles_is_found_where_it_is() -> None:
    found = compare_roles(fits(0.6), shipped_prior(), rng=np.random.default_rng(1))
    assert found.p_value < 0.01
    assert found.difference_p[8] < 0.01
    assert found.difference[8] == pytest.approx(0.6, abs=3 * found.standard_error[8])
    asked = prior_with_roles(shipped_prior(), found)
    assert not asked.is_exchangeable
    assert asked.level_moments()[0][0] > asked.level_moments()[0][2]


def test_relabelling_every_couple_turns_the_difference_and_keeps_the_test() -> None:
    prior = shipped_prior()
    one = compare_roles(fits(0.3), prior, rng=np.random.default_rng(1))
    two = compare_roles(
        [swapped_fit(fit) for fit in fits(0.3)], prior, rng=np.random.default_rng(1)
    )
    np.testing.assert_allclose(two.difference, -one.difference)
    assert two.statistic == pytest.approx(one.statistic)
    assert two.p_value == one.p_value
    mean, _ = role_differences(fits(0.3, 1)[0])
    np.testing.assert_allclose(role_differences(swapped_fit(fits(0.3, 1)[0]))[0], -mean)


def test_roles_need_couples_and_a_prior_without_roles() -> None:
    prior = shipped_prior()
    with pytest.raises(DataError, match="20 couples"):
        compare_roles(fits(0.0, 19), prior, rng=np.random.default_rng(1))
    knows = replace(prior, level_role=np.array([0.2, 0.0]))
    with pytest.raises(DataError, match="does not know"):
        compare_roles(fits(0.0, 20), knows, rng=np.random.default_rng(1))


def test_a_prior_with_roles_simulates_them_and_is_written_down() -> None:
    prior = replace(shipped_prior(), coupling_role=0.1 * np.eye(8)[7], level_role=np.ones(2))
    truths = simulate_dyads(400, 1, rng=np.random.default_rng(1), prior=prior)[1]
    contagion = np.mean([t.transition[1, 3] - t.transition[3, 1] for t in truths])
    assert contagion == pytest.approx(0.2, abs=0.03)
    assert np.mean([t.level[0] - t.level[2] for t in truths]) == pytest.approx(2.0, abs=0.15)
    again = Prior.from_numbers(prior.as_numbers())
    assert again.coupling_role.tolist() == prior.coupling_role.tolist()
    numbers = shipped_prior().as_numbers()
    del numbers["coupling_role"], numbers["level_role"]
    assert Prior.from_numbers(numbers).is_exchangeable
