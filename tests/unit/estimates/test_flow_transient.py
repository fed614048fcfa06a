"""The transient model: Erlang A where nothing changes, and its calibration."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from estimate_logs import simulated_log
from numpy.typing import NDArray
from shiftcast.data.history import ContactRecords
from shiftcast.scheduling.estimates.calibration import (
    calibrate_queue,
    observed_kpis,
    predict_queue,
)
from shiftcast.scheduling.estimates.flow import QueueFlow, by_interval, queue_flow
from shiftcast.scheduling.estimates.handle_time import estimate_handle_times
from shiftcast.scheduling.estimates.log import contact_log
from shiftcast.scheduling.estimates.presence import spells_of
from shiftcast.scheduling.estimates.readiness import WaitingSeen, day_weights, fit_readiness
from shiftcast.scheduling.estimates.transient import Readiness, run_flow
from shiftcast.scheduling.queueing.erlang import erlang_a, erlang_c

STEPS = 480


def steady(rate: float, agents: float, handle_s: float, days: int = 1) -> QueueFlow:
    """Four hours in which nothing changes."""
    shape = (days, STEPS)
    return QueueFlow(
        30.0,
        np.full(shape, rate),
        np.full(shape, float(agents)),
        np.full(shape, agents / handle_s),
        np.tile(np.arange(STEPS) // 60, (days, 1)),
    )


def test_everybody_ready_is_erlang_a() -> None:
    """10 agents, 0.05 contacts/s of 180 s, patience 120 s: settled in the last hour."""
    result = run_flow(steady(0.05, 10, 180.0), 120.0, Readiness(1.0, 1.0), (20.0, 60.0))

    def share(numbers: NDArray[np.float64]) -> float:
        return float(numbers[0, -120:].sum() / result.offered[0, -120:].sum())

    for within, found in zip((20.0, 60.0), result.answered_within, strict=True):
        exact = erlang_a(0.05, 180.0, 10, 120.0, within)
        assert share(found) == pytest.approx(float(exact.answered_within), rel=1e-6)
        assert share(result.waiting) == pytest.approx(float(exact.p_wait), rel=1e-6)
        assert share(result.abandoned) == pytest.approx(float(exact.abandonment), rel=1e-6)
        assert share(result.waited_s) == pytest.approx(float(exact.mean_wait_s), rel=1e-6)


def test_without_patience_it_is_erlang_c() -> None:
    result = run_flow(steady(0.03, 8, 180.0), np.inf, Readiness(1.0, 1.0), (20.0,))
    exact = erlang_c(0.03, 180.0, 8, 20.0)
    assert result.answered_within[0, 0, -1] / result.offered[0, -1] == pytest.approx(
        float(exact.answered_within), rel=1e-4
    )
    assert result.abandoned.sum() == 0.0


def test_a_day_starts_empty_and_carries_its_queue_on() -> None:
    """Without agents in the second hour everybody waits; their queue is felt in the third."""
    flow = steady(0.04, 10, 180.0)
    gone = flow.agents.copy()
    gone[:, 120:240] = 0.0
    broken = QueueFlow(30.0, flow.rate, gone, gone / 180.0, flow.interval)
    usual = run_flow(flow, 600.0, Readiness(1.0, 1.0))
    found = run_flow(broken, 600.0, Readiness(1.0, 1.0))
    assert usual.waiting[0, 0] / usual.offered[0, 0] < 1e-3
    assert found.waiting[0, 130:230] == pytest.approx(found.offered[0, 130:230])
    assert found.waited_s[0, 245:260].sum() > 5 * usual.waited_s[0, 245:260].sum()


def test_fewer_ready_agents_make_more_wait_and_a_slower_return_answers_later() -> None:
    flow = steady(0.04, 10, 180.0)
    kinds = [Readiness(1.0, 1.0), Readiness(0.8, 1.0), Readiness(0.8, 1.0, return_s=60.0)]
    full, fewer, slower = (run_flow(flow, 300.0, kind, (20.0,)) for kind in kinds)
    assert fewer.waiting.sum() > 1.5 * full.waiting.sum()
    assert slower.waiting.sum() == pytest.approx(fewer.waiting.sum())
    assert slower.answered_within.sum() < fewer.answered_within.sum() < full.answered_within.sum()


def test_readiness_that_made_a_past_is_found_again() -> None:
    rates = np.array([0.03, 0.04, 0.05, 0.06])[:, None]
    flow = steady(1.0, 10, 180.0, days=4)
    flow = QueueFlow(30.0, flow.rate * rates, flow.agents, flow.finish, flow.interval)
    made = run_flow(flow, 240.0, Readiness(0.75, 1.1, 30.0), (20.0,))
    seen = WaitingSeen(
        made.offered.sum(axis=1),
        made.waiting.sum(axis=1),
        made.waited_s.sum(axis=1),
        made.answered_within[0].sum(axis=1),
        20.0,
    )
    found = fit_readiness(flow, seen, 240.0, day_weights(4))
    assert found is not None
    assert found.readiness.ready == pytest.approx(0.75, abs=0.01)
    assert found.readiness.pressed == pytest.approx(1.1, abs=0.03)
    assert found.readiness.return_s == pytest.approx(30.0, abs=4.0)


def test_newer_days_count_for_more() -> None:
    weights = day_weights(43)
    assert weights[-1] / weights[-22] == pytest.approx(2.0)


def test_a_past_without_waits_tells_no_readiness() -> None:
    nothing = np.zeros(1)
    seen = WaitingSeen(np.array([100.0]), nothing, nothing, np.array([100.0]), 20.0)
    assert fit_readiness(steady(0.01, 10, 100.0), seen, 240.0, day_weights(1)) is None


def test_a_day_with_a_clock_change_is_shorter_and_loses_no_contact() -> None:
    """Berlin, 28 and 29 March 2026: the second day has 23 hours. A call an hour from 0:30 on, each
    of 10 minutes by one agent, who is at work until the last one ends."""
    start = pd.Timestamp("2026-03-28 00:30", tz="Europe/Berlin")
    entered = [start + pd.Timedelta(hours=hour) for hour in range(47)]
    frame = pd.DataFrame(
        {
            "entered": entered,
            "queue": "phone",
            "wait_s": 0.0,
            "handle_s": 600.0,
            "answered": True,
            "agent": "A",
        }
    )
    log = contact_log(ContactRecords(frame), 30, "Europe/Berlin")
    handling = estimate_handle_times(log)
    assert handling is not None
    flow = queue_flow(log, 0, spells_of(log, bridged_s=3600.0), handling.pace, range(2))
    assert flow.rate.shape == (2, 2880)
    assert (flow.interval[1] >= 0).sum() == 23 * 120
    offered = by_interval(flow, flow.rate * flow.step_s, log.grid.size)
    assert offered.sum() == pytest.approx(47)
    assert offered[:4] == pytest.approx([0, 1, 0, 1])
    # At work from 0:30 on the first day until 10 minutes after 23:30 on the second.
    seconds = by_interval(flow, flow.agents * flow.step_s, log.grid.size)
    assert seconds.sum() == pytest.approx(46 * 3600 + 600)


def test_unlogged_after_call_work_is_learned_and_days_to_come_predicted() -> None:
    """A simulated group with 40 s of after-call work that no log tells: learned from ten days, the
    next five come out within what chance leaves (about 8 % of the waits)."""
    log = simulated_log(
        days=15,
        rate_per_s=0.045,
        handle_s=150.0,
        after_call_s=40.0,
        agents=9,
        patience_s=200.0,
        seed=4,
    )
    found = calibrate_queue(log, 0, until_day=10)
    assert found.readiness is not None
    assert found.patience.mean_s.low < 200.0 < found.patience.mean_s.high
    predicted = predict_queue(log, 0, found, range(10, 15), within_s=(20.0,))
    kept = log.grid.day_of >= 10
    model, came = predicted.over(kept), observed_kpis(log, 0, (20.0,)).over(kept)
    assert model.offered == pytest.approx(came.offered)
    assert model.p_wait == pytest.approx(came.p_wait, rel=0.1)
    assert model.mean_wait_s == pytest.approx(came.mean_wait_s, rel=0.2)
    assert model.service_level[0] == pytest.approx(came.service_level[0], rel=0.1)


def test_days_to_come_teach_nothing() -> None:
    log = simulated_log(
        days=4,
        rate_per_s=0.03,
        handle_s=150.0,
        after_call_s=20.0,
        agents=6,
        patience_s=200.0,
        seed=5,
    )
    whole, cut = calibrate_queue(log, 0, 3), calibrate_queue(log.until(3), 0, 3)
    assert whole.patience.mean_s == cut.patience.mean_s
    assert whole.readiness == cut.readiness
