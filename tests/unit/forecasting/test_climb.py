from collections.abc import Sequence

from shiftcast.forecasting.climb import climb


def test_each_coordinate_takes_its_best_choice():
    def likelihood(at: Sequence[float]) -> float:
        return -((at[0] - 3.0) ** 2) - (at[1] + 1.0) ** 2

    assert climb(likelihood, (0.0, 0.0), ((1.0, 2.0, 4.0), (-2.0, -1.0))) == (2.0, -1.0)


def test_a_later_round_looks_again():
    # From (0, 0) the first coordinate cannot improve before the second has moved.
    values = {(0, 0): 0, (1, 0): -1, (0, 1): 1, (1, 1): 2}

    def likelihood(at: Sequence[float]) -> float:
        return values[int(at[0]), int(at[1])]

    choices = ((0.0, 1.0), (0.0, 1.0))
    assert climb(likelihood, (0.0, 0.0), choices, rounds=1) == (0.0, 1.0)
    assert climb(likelihood, (0.0, 0.0), choices, rounds=2) == (1.0, 1.0)


def test_nothing_better_stays():
    assert climb(lambda at: -abs(at[0]), (0.0,), ((1.0, 2.0),)) == (0.0,)
