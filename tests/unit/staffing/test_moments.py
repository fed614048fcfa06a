"""The average over the moments of an interval."""

from dataclasses import replace

import numpy as np
import pytest
from shiftcast.data.targets import QueueProfile, ServiceTarget
from shiftcast.scheduling.queueing.performance import performance
from shiftcast.scheduling.staffing.agents import agents_needed
from shiftcast.scheduling.staffing.moments import Moments, average_performance

TARGET = ServiceTarget(service_level=0.8, within_s=20, max_occupancy=1.0, max_abandonment=1.0)
PHONE = QueueProfile("phone", target=TARGET, patience_s=120.0)
PATIENT = QueueProfile("phone", target=TARGET)
AHT = np.array([300.0])


def two(first: float, second: float, arrivals: float = 0.5, time: float = 0.5) -> Moments:
    """Two moments of one interval; the shares are those of the first."""
    share = np.array([[arrivals], [1 - arrivals]])
    return Moments(np.array([[first], [second]]), share, np.array([[time], [1 - time]]))


def test_each_measure_has_its_own_weight() -> None:
    agents = np.array([12])
    averaged = average_performance(PHONE, two(0.02, 0.05, arrivals=0.3, time=0.6), AHT, agents)
    calm, busy = (performance(PHONE, rate, 300.0, 12) for rate in (0.02, 0.05))
    assert averaged.good[0] == pytest.approx(0.3 * calm.good + 0.7 * busy.good)
    assert averaged.abandonment[0] == pytest.approx(0.3 * calm.abandonment + 0.7 * busy.abandonment)
    assert averaged.occupancy[0] == pytest.approx(0.6 * calm.occupancy + 0.4 * busy.occupancy)
    answered = np.array([0.3 * (1 - calm.abandonment), 0.7 * (1 - busy.abandonment)])
    waits = answered @ [float(calm.asa_s), float(busy.asa_s)] / answered.sum()
    assert averaged.asa_s[0] == pytest.approx(waits)


def test_one_moment_is_the_formula_itself() -> None:
    averaged = average_performance(PHONE, Moments.steady([0.03, 0.04]), AHT, np.array([10, 14]))
    alone = performance(PHONE, np.array([0.03, 0.04]), 300.0, np.array([10, 14]))
    np.testing.assert_array_equal(averaged.good, alone.good)
    np.testing.assert_array_equal(averaged.asa_s, alone.asa_s)


def test_a_moment_without_end_counts_as_the_longest_wait() -> None:
    # 15 erlangs on 12 agents in the second half: nobody ever gives up there.
    averaged = average_performance(PATIENT, two(0.02, 0.05), AHT, np.array([12]), 900.0)
    calm = performance(PATIENT, 0.02, 300.0, 12)
    assert averaged.asa_s[0] == pytest.approx((float(calm.asa_s) + 900.0) / 2)


def test_where_nobody_is_answered_the_wait_is_endless() -> None:
    averaged = average_performance(PHONE, two(0.02, 0.05), AHT, np.array([0]))
    assert np.isinf(averaged.asa_s[0])
    assert averaged.good[0] == 0


def test_agents_meet_the_target_on_the_average_of_the_interval() -> None:
    moments = two(0.03, 0.05)
    needed = agents_needed(PHONE, moments, AHT)
    least = int(needed.least[0])
    level = average_performance(PHONE, moments, AHT, needed.least).service_level
    less = average_performance(PHONE, moments, AHT, needed.least - 1).service_level
    assert level[0] >= 0.8 > less[0]
    assert least - 1 < needed.fractional[0] <= least
    ends = agents_needed(PHONE, np.array([0.03, 0.05]), 300.0).least
    assert ends[0] < least <= ends[1]


def test_even_moments_need_what_the_interval_needs() -> None:
    for profile in (PHONE, PATIENT, replace(PATIENT, target=ServiceTarget(max_asa_s=10))):
        spread = agents_needed(profile, two(0.04, 0.04), AHT)
        assert spread.least[0] == agents_needed(profile, 0.04, 300.0).least


def test_who_never_gives_up_is_caught_up_with_at_every_moment() -> None:
    # 3 and 18 erlangs: fewer than 19 agents never catch up in the second half.
    needed = agents_needed(
        replace(PATIENT, target=ServiceTarget(max_occupancy=1.0)), two(0.01, 0.06), AHT
    )
    assert needed.least[0] == 19
