"""Work with deadlines as a fluid (scheduling/queueing/deadline.py)."""

import numpy as np
from shiftcast.scheduling.queueing.deadline import work_off


def flow(arrivals: list[float], latest: list[int], capacity: list[float], backlog: float = 0.0):
    return work_off(np.array(arrivals), np.array(latest), np.array(capacity), backlog)


def test_enough_capacity_leaves_nothing() -> None:
    result = flow([2, 3, 1], [0, 1, 2], [5, 5, 5])
    assert result.done.tolist() == [2, 3, 1]
    assert result.backlog.tolist() == [0, 0, 0]
    assert result.oldest_age.tolist() == [0, 0, 0]
    assert result.in_time.tolist() == [2, 3, 1]


def test_first_in_first_out_by_hand() -> None:
    # 4 arrive, 1 is done; 2 more arrive, 2 done (of the first); then 2 and 2.
    result = flow([4, 2, 0, 0], [1, 2, 3, 3], [1, 2, 2, 2])
    assert result.done.tolist() == [1, 2, 2, 1]
    assert result.backlog.tolist() == [3, 3, 1, 0]
    # Of the first 4, 3 are done by the end of interval 1; of the next 2, 1 by that of interval 2.
    assert result.in_time.tolist() == [3, 1, 0, 0]
    # The oldest has waited one, two intervals; then the second arrivals' oldest two.
    assert result.oldest_age.tolist() == [1, 2, 2, 0]


def test_backlog_goes_first() -> None:
    result = flow([1, 1], [0, 1], [2, 2], backlog=2)
    assert result.done.tolist() == [2, 2]
    assert result.in_time.tolist() == [0, 1]
    assert result.backlog.tolist() == [1, 0]
    # The backlog itself is gone after interval 0; what waits then came in interval 0.
    assert result.oldest_age.tolist() == [1, 0]


def test_idle_capacity_is_not_saved_up() -> None:
    result = flow([0, 4], [1, 1], [10, 1])
    assert result.done.tolist() == [0, 1]


def test_only_work_whose_fate_is_decided_is_known() -> None:
    # Due after the end: known as far as it is done.
    result = flow([1, 2], [5, 5], [1, 0.5])
    assert result.known.tolist() == [1, 0.5]
    assert result.in_time.tolist() == [1, 0.5]


def test_without_capacity_the_oldest_grows_old() -> None:
    result = flow([1, 0, 0], [2, 2, 2], [0, 0, 0])
    assert result.oldest_age.tolist() == [1, 2, 3]
    assert result.in_time.tolist() == [0, 0, 0]
