"""Service levels and targets of a replication, from counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from shiftcast.data.grid import TimeGrid
from shiftcast.data.replies import ReplyTarget, ReplyUnit
from shiftcast.data.targets import Channel, QueueProfile, ServiceLevelDefinition, ServiceTarget
from shiftcast.scheduling.simulation.engine import world
from shiftcast.scheduling.simulation.sums import RATES, Sums, queue_sums
from shiftcast.scheduling.simulation.targets import Measure, promise_at_risk, wanted

GRID = TimeGrid(date(2026, 11, 30), 1, 60)
TARGET = ServiceTarget(service_level=0.8, within_s=20)


def counted(**columns: float) -> np.ndarray:
    """Two replications of one hour, 10 to 11: as given, and nothing at all."""
    counts = np.zeros((2, 24, world.CONTACT_COLUMNS), dtype=np.float32)
    for name, value in columns.items():
        counts[0, 10, getattr(world, name.upper())] = value
    return counts


CALLS = counted(
    offered=100,
    blocked=4,
    waited=50,
    answered=80,
    answered_within=60,
    abandoned=16,
    abandoned_within=10,
    answered_wait_s=1200,
    waited_within=90,
    replied=70,
)


def sums_of(profile: QueueProfile, counts: np.ndarray = CALLS) -> Sums:
    time = np.zeros((2, 24, world.POOL_COLUMNS))
    time[0, 10, [world.AVAILABLE, world.BUSY]] = 3600, 3000
    day = np.zeros(24, dtype=np.int64)
    return queue_sums(profile, GRID, counts, time).over(day)


def rate(sums: Sums, name: str) -> float:
    above, below = RATES[name]
    return float(sums[above][0, 0] / sums[below][0, 0])


@pytest.mark.parametrize(
    ("definition", "level"),
    [
        (ServiceLevelDefinition.OFFERED, 60 / 100),
        (ServiceLevelDefinition.ANSWERED, 60 / 80),
        (ServiceLevelDefinition.EXCLUDING_SHORT_ABANDONS, 60 / 90),
        (ServiceLevelDefinition.INCLUDING_SHORT_ABANDONS, 70 / 100),
    ],
)
def test_the_four_service_levels(definition: ServiceLevelDefinition, level: float) -> None:
    profile = QueueProfile("q", target=replace(TARGET, definition=definition))
    assert rate(sums_of(profile), "service_level") == pytest.approx(level)


def test_the_other_figures() -> None:
    sums = sums_of(QueueProfile("q", target=TARGET))
    assert rate(sums, "asa_s") == 15
    assert rate(sums, "abandonment") == pytest.approx(0.16)
    assert rate(sums, "occupancy") == pytest.approx(3000 / 3600)
    assert rate(sums, "p_wait") == 0.5
    assert rate(sums, "blocked") == pytest.approx(0.04)
    assert rate(sums, "wait_within") == pytest.approx(90 / 96)


@pytest.mark.parametrize(
    ("target", "measure", "reached"),
    [
        (ServiceTarget(service_level=0.6, within_s=20), Measure.SERVICE_LEVEL, True),
        (ServiceTarget(service_level=0.61, within_s=20), Measure.SERVICE_LEVEL, False),
        (ServiceTarget(max_asa_s=15), Measure.ASA, True),
        (ServiceTarget(max_asa_s=14.9), Measure.ASA, False),
        (ServiceTarget(max_abandonment=0.16), Measure.ABANDONMENT, True),
        (ServiceTarget(max_abandonment=0.15), Measure.ABANDONMENT, False),
        (ServiceTarget(max_occupancy=0.84), Measure.OCCUPANCY, True),
        (ServiceTarget(max_occupancy=0.83), Measure.OCCUPANCY, False),
        (ServiceTarget(max_blocked=0.04), Measure.BLOCKED, True),
        (ServiceTarget(max_blocked=0.03), Measure.BLOCKED, False),
        (ServiceTarget(max_wait_s=60, wait_percentile=0.93), Measure.WAIT, True),
        (ServiceTarget(max_wait_s=60, wait_percentile=0.94), Measure.WAIT, False),
    ],
)
def test_a_target_is_met_or_not(target: ServiceTarget, measure: Measure, reached: bool) -> None:
    profile = QueueProfile("q", target=target)
    (want,) = wanted(profile)
    sums = sums_of(profile)
    assert want.measure is measure
    # In the second replication nobody came: nothing is missed.
    assert want.met(sums)[:, 0].tolist() == [reached, True]
    assert float(want.chance(sums).value[0]) == (1.0 if reached else 0.5)


def test_a_reply_rate_counts_its_window() -> None:
    reply = ReplyTarget(30, share=0.7, window=((600, 660),))
    profile = QueueProfile("q", Channel.CHAT, ServiceTarget(reply=reply))
    (want,) = wanted(profile)
    assert want.measure is Measure.REPLY
    assert want.met(sums_of(profile))[0, 0]
    outside = replace(profile, target=ServiceTarget(reply=replace(reply, window=((0, 600),))))
    assert sums_of(outside)["assessed"].sum() == 0


def test_a_reply_rate_of_turns_counts_every_turn_of_the_answered() -> None:
    reply = ReplyTarget(30, share=0.7, counts=ReplyUnit.TURNS, turns_per_chat=5)
    sums = sums_of(QueueProfile("q", Channel.CHAT, ServiceTarget(reply=reply)))
    assert sums["assessed"][0, 0] == 100 + 4 * 80


def test_work_with_a_deadline_has_no_waits() -> None:
    target = ServiceTarget(deadline_min=60, deadline_share=0.9)
    profile = QueueProfile("q", Channel.EMAIL, target)
    sums = sums_of(profile, counted(offered=10, answered=10, due=8, in_time=7, finished=9))
    assert sums["waiting"].sum() == 0
    assert rate(sums, "deadline_met") == pytest.approx(7 / 8)
    (want,) = wanted(profile)
    assert want.met(sums)[:, 0].tolist() == [False, True]


def test_a_risk_is_of_the_first_promise_that_is_a_share() -> None:
    risky = QueueProfile("phone", Channel.PHONE, replace(TARGET, max_abandonment=0.05), risk=0.9)
    assert promise_at_risk(risky) is Measure.SERVICE_LEVEL
    assert promise_at_risk(replace(risky, target=ServiceTarget(max_abandonment=0.05))) is (
        Measure.ABANDONMENT
    )
    assert promise_at_risk(replace(risky, risk=None)) is None
