import numpy as np

from counterpoint.engine import to_points, to_units


def test_the_middle_is_zero_and_fifteen_points_are_one() -> None:
    assert to_units([50.0, 65.0, 0.0]).tolist() == [0.0, 1.0, -50.0 / 15.0]


def test_points_come_back() -> None:
    points = np.linspace(0, 100, 11)
    np.testing.assert_allclose(to_points(to_units(points)), points, atol=1e-12)
