import numpy as np
import pytest
from shiftcast.scheduling.pooling.needs import LoneNeeds, SafetyScale, lone_needs

from tests.unit.pooling.made_crews import demand

ALL = np.array([[True, False], [False, True], [True, True]])


def needs() -> LoneNeeds:
    return LoneNeeds(
        load=np.array([[16.0], [9.0]]),
        safety=np.array([[4.0], [3.0]]),
        capped=np.array([[18.0], [10.0]]),
    )


def test_safety_pools_by_the_root_of_squares() -> None:
    # 16 + 9 erlangs, √(4² + 3²) = 5 on top; alone they take 20 + 12.
    assert needs().together(ALL)[:, 0].tolist() == pytest.approx([20.0, 12.0, 30.0])


def test_occupancy_gains_nothing_by_pooling() -> None:
    tired = LoneNeeds(needs().load, needs().safety, np.array([[24.0], [11.0]]))

    assert tired.together(ALL)[2, 0] == pytest.approx(35.0)


def test_a_queue_whose_customers_give_up_may_lack_agents() -> None:
    # −4 and 3: the squares, with their signs, are −16 + 9.
    short = LoneNeeds(needs().load, np.array([[-4.0], [3.0]]), np.zeros((2, 1)))

    assert short.together(ALL)[2, 0] == pytest.approx(25.0 - np.sqrt(7.0))


def test_safety_is_added_in_roots_of_the_load() -> None:
    scale = SafetyScale(more=np.array([0.5, 0.0]), alone=0.25)

    # a: 16 + (4 + 0.5 · 4) + 0.25 · 4; both: 25 + √(6² + 3²), nothing of their own.
    found = needs().together(ALL, scale)[:, 0]
    assert found.tolist() == pytest.approx([23.0, 12.75, 25.0 + np.sqrt(45.0)])


def test_lone_needs_are_those_of_the_queue() -> None:
    # 100 calls of 300 s in half an hour are 16.7 erlangs.
    found = lone_needs([demand("a", 100.0, intervals=6, max_occupancy=0.8)], 30)

    assert found.load[0, -1] == pytest.approx(100 * 300 / 1800, rel=1e-3)
    assert found.capped[0, -1] == pytest.approx(100 * 300 / 1800 / 0.8, rel=1e-3)
    assert found.agents[0, -1] == pytest.approx(found.capped[0, -1])
    assert found.safety[0, -1] > 0


def test_nobody_is_needed_where_nobody_calls() -> None:
    assert lone_needs([demand("a", 0.0)], 30).agents.tolist() == [[0.0] * 6]
