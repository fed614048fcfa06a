"""Settings suggested by a log, and chats at once."""

from __future__ import annotations

import numpy as np
import pytest
from estimate_logs import Row, log_of, simulated_log
from shiftcast.scheduling.estimates.calibration import calibrate_queue
from shiftcast.scheduling.estimates.concurrency import estimate_concurrency
from shiftcast.scheduling.estimates.presence import spells_of
from shiftcast.scheduling.estimates.suggestion import (
    PastIntervals,
    QueueSettings,
    formula_kpis,
    off_phone_share,
    past_intervals,
)
from shiftcast.scheduling.queueing.erlang import erlang_a, erlang_c


def past_of(agents: float) -> PastIntervals:
    """One interval of half an hour, 90 contacts of 180 s: 9 erlangs."""
    one = np.ones(1)
    return PastIntervals(np.zeros(1, dtype=np.int64), 90 * one, agents * one, 180 * one, 1800.0)


def test_formula_takes_shrinkage_off_the_agents_seen() -> None:
    """12.5 agents less 20 % are 10."""
    found = formula_kpis(past_of(12.5), QueueSettings(120.0, None, 0.2), 20.0)
    exact = erlang_a(0.05, 180.0, 10, 120.0, 20.0)
    assert found.waited[0] == pytest.approx(90 * float(exact.p_wait))
    assert found.answered_within[0, 0] == pytest.approx(90 * float(exact.answered_within))
    assert found.wait_s[0] == pytest.approx(90 * float(exact.mean_wait_s))


def test_formula_lies_between_whole_agents_and_knows_erlang_c() -> None:
    found = formula_kpis(past_of(11.25), QueueSettings(None, 170.0, 0.0), 20.0)
    fewer, more = (float(erlang_c(0.05, 170.0, n, 20.0).p_wait) for n in (11, 12))
    assert found.waited[0] == pytest.approx(90 * (0.75 * fewer + 0.25 * more))


def test_unlogged_after_call_work_comes_out_as_time_off_the_phone() -> None:
    """150 s of talk and 50 s that no log tells: a quarter of the time at work is off the phone;
    gaps at the edges of presence make it a little less."""
    log = simulated_log(
        days=6,
        rate_per_s=0.045,
        handle_s=150.0,
        after_call_s=50.0,
        agents=9,
        patience_s=200.0,
        seed=6,
    )
    found = calibrate_queue(log, 0, 6, one_at_a_time=False)
    assert found.readiness is None
    past = past_intervals(log, 0, spells_of(log), found)
    settings = QueueSettings(found.patience.mean_s.value, None, 0.0)
    off = off_phone_share(log, 0, past, settings, 20.0)
    assert off.value == pytest.approx(0.25, abs=0.05)
    assert off.low < off.value < off.high
    told = QueueSettings(settings.patience_s, None, off.value)
    in_time = formula_kpis(past, told, 20.0).answered_within.sum() / past.offered.sum()
    came = log.answered & (log.wait_s <= 20.0)
    assert in_time == pytest.approx(float(came.mean()), rel=0.02)


def test_chats_at_once_take_the_time_of_their_level() -> None:
    """An agent takes two chats at a time, both ending after 300 s at rate 1 ÷ 150 s each, and then
    single ones of 100 s: two at once 300 s each, alone 100 s."""
    rows: list[Row] = []
    clock = 0.0
    for _ in range(60):
        rows += [(clock, 0.0, 300.0, "A"), (clock, 0.0, 300.0, "A")]
        rows.append((clock + 300.0, 0.0, 100.0, "A"))
        clock += 400.0
    found = estimate_concurrency(log_of(rows))
    assert found is not None
    # The two end at the same moment, so one ends from level 2 and the other, with no time, from 1:
    # 60 ends in 36,000 s of chats at level 2, 120 ends in 6,000 s at level 1.
    assert [level.value for level in found.handle_s] == [50.0, 600.0]
    assert found.multiples == (1.0, 12.0)
    assert found.share == pytest.approx((1 / 7, 6 / 7))


def test_simulated_chats_give_their_handle_times_back() -> None:
    """Level 1: 100 s; two at once: 160 s each. One agent, who takes the next chat a
    moment after the last one ended."""
    rng = np.random.default_rng(3)
    rows: list[Row] = []
    clock, open_chats = 0.0, [0.0]
    for _ in range(6000):
        if len(open_chats) == 1:
            begin, ends = rng.exponential(120.0), rng.exponential(100.0)
            clock += min(begin, ends)
            if begin < ends:
                open_chats.append(clock)
                continue
            start = open_chats.pop()
            open_chats.append(clock + 0.001)
        else:
            clock += rng.exponential(80.0)
            start = open_chats.pop(int(rng.integers(2)))
        rows.append((start, 0.0, clock - start, "A"))
    found = estimate_concurrency(log_of(sorted(rows)))
    assert found is not None
    for level, exact in zip(found.handle_s, (100.0, 160.0), strict=True):
        assert level.low < exact < level.high


def test_without_agents_names_nothing_is_told_of_chats_at_once() -> None:
    assert estimate_concurrency(log_of([(0.0, 0.0, 60.0, "")])) is None
