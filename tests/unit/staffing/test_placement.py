"""Deadline work in the valleys of the rest."""

import numpy as np
import pytest
from shiftcast.data.grid import TimeGrid
from shiftcast.scheduling.staffing.deadlines import carried_over, handed_over
from shiftcast.scheduling.staffing.placement import place_deadline_work
from shiftcast.scheduling.staffing.requirement import (
    AgentRequirement,
    DeadlineWork,
    StaffingRequirement,
)
from staffing_cases import MONDAY

GRID = TimeGrid(MONDAY, 1, 60)
ALL_DAY = np.ones(24, dtype=bool)


def phone(rostered: np.ndarray) -> AgentRequirement:
    return AgentRequirement("phone", rostered, rostered)


def mail(
    work: np.ndarray, hours: int, open_: np.ndarray = ALL_DAY, name: str = "mail"
) -> DeadlineWork:
    return DeadlineWork(name, work, np.arange(24) + hours - 1, open_)


def place(*queues: AgentRequirement | DeadlineWork) -> dict[str, np.ndarray]:
    return place_deadline_work(StaffingRequirement(GRID, queues))


def test_even_work_and_nothing_else_stays_even() -> None:
    placed = place(mail(np.ones(24), 8))["mail"]
    # Steps of the price are a fiftieth of the range, so is the evenness.
    np.testing.assert_allclose(placed, 1.0, atol=0.1)
    assert placed.sum() == pytest.approx(24)


def test_valleys_fill_and_the_peak_stays() -> None:
    live = np.full(24, 2.0)
    live[8:12] = 10.0
    placed = place(phone(live), mail(np.ones(24), 12))["mail"]
    assert placed[8:12] == pytest.approx(np.zeros(4))
    assert (live + placed).max() == pytest.approx(10.0)
    # 24 of work over the 20 hours beside the peak: 1.2 each, as far as arrivals allow.
    assert placed.sum() == pytest.approx(24)
    assert placed.max() < 2.5


def test_a_short_deadline_forces_work_into_the_peak() -> None:
    live = np.full(24, 2.0)
    live[8:12] = 10.0
    placed = place(phone(live), mail(np.ones(24), 2))["mail"]
    # What comes at 8, 9 and 10 can wait one hour only, so it is done at the peak.
    assert placed[8:12].sum() >= 3 - 1e-9


def test_every_deadline_and_every_arrival_is_kept() -> None:
    rng = np.random.default_rng(5)
    open_ = (np.arange(24) >= 6) & (np.arange(24) < 22)
    work = mail(rng.uniform(0, 2, 24), 9, open_)
    live = rng.uniform(3, 9, 24)
    placed = place(phone(live), work)["mail"]
    assert (placed[~open_] == 0).all()
    carried = carried_over(work)
    done = np.cumsum(placed)
    arrived = carried.sum() + np.cumsum(work.work)
    assert (done <= arrived + 1e-6).all()
    for hour in range(24):
        due = carried[: hour + 1].sum() + work.work[work.latest <= hour].sum()
        reachable = arrived[np.flatnonzero(open_ & (np.arange(24) <= hour))[-1]] if hour >= 6 else 0
        assert done[hour] >= min(due, reachable) - 1e-6
    left = arrived[-1] - done[-1]
    assert left == pytest.approx(handed_over(work).sum(), abs=1e-6)
    assert placed.sum() == pytest.approx(work.work.sum())  # as much as arrives


def test_two_queues_share_the_valleys() -> None:
    live = 6.0 + 4.0 * np.sin(np.arange(24) / 24 * 4 * np.pi)
    placed = place(
        phone(live), mail(np.full(24, 0.8), 10), mail(np.full(24, 0.5), 20, name="tickets")
    )
    total = live + placed["mail"] + placed["tickets"]
    assert placed["mail"].sum() == pytest.approx(0.8 * 24)
    assert placed["tickets"].sum() == pytest.approx(0.5 * 24)
    assert total.max() == pytest.approx(live.max(), abs=0.2)


def test_a_queue_that_never_opens_gets_nothing_done() -> None:
    placed = place(mail(np.ones(24), 8, ~ALL_DAY))
    assert placed["mail"].tolist() == [0.0] * 24
    both = place(mail(np.ones(24), 8, ~ALL_DAY), mail(np.ones(24), 8, name="tickets"))
    assert both["mail"].sum() == 0
    assert both["tickets"].sum() == pytest.approx(24)


def test_without_deadline_work_there_is_nothing_to_place() -> None:
    assert place(phone(np.ones(24))) == {}
