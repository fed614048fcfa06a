"""Requirements judged by the exact equations of the day: empty at eight, ramp, dip and peak."""

import numpy as np
import pytest
from shiftcast.data.targets import (
    Arrivals,
    Hold,
    QueueProfile,
    ServiceLevelDefinition,
    ServiceTarget,
)
from shiftcast.scheduling.queueing.transient import Leaving, transient_line
from shiftcast.scheduling.staffing.agents import agents_needed
from shiftcast.scheduling.staffing.demand import QueueDemand
from shiftcast.scheduling.staffing.moments import Moments
from shiftcast.scheduling.staffing.offered_load import staffing_moments

PARTS = 5
TARGET = ServiceTarget(service_level=0.8, within_s=20, max_occupancy=1.0, max_abandonment=1.0)
CLOCK = np.arange(8.0, 20.0 + 1e-9, 0.5 / PARTS)
RATE = np.interp(CLOCK, [8, 10, 12, 13, 14.5, 17, 20], [0.3, 1.0, 1.0, 0.6, 0.95, 0.8, 0.2])


def exact_levels(profile: QueueProfile, aht_s: float) -> tuple[np.ndarray, float]:
    """(service level of each half-hour from eight to eight, agent-hours against those by the
    stationary formula at each half-hour's highest rate), for 25 erlangs at the busiest."""
    fine = 25 / aht_s * (RATE[1:] + RATE[:-1]) / 2
    by_interval = fine.reshape(-1, PARTS)
    contacts = np.zeros(48)
    contacts[16:40] = by_interval.mean(axis=1) * 1800
    handle = np.full(48, aht_s)
    moments = staffing_moments(QueueDemand(profile, contacts, handle), 30)
    agents = agents_needed(profile, moments, handle).least[16:40]
    line = transient_line(
        profile,
        fine,
        aht_s,
        np.repeat(agents, PARTS),
        1800 / PARTS,
        leaving=Leaving.HANDED_BACK,
    )
    of = np.repeat(np.arange(24), PARTS)
    levels = line.service_level(fine, ServiceLevelDefinition.OFFERED, of)
    highest = agents_needed(profile, Moments.steady(by_interval.max(axis=1)), handle[:24]).least
    return levels, float(agents.sum() / highest.sum())


@pytest.mark.parametrize("patience_s", [None, 120.0])
@pytest.mark.parametrize("aht_s", [240.0, 1200.0])
@pytest.mark.parametrize("hold", Hold)
def test_no_half_hour_is_far_below_the_target_at_no_more_than_stationary_cost(
    hold: Hold, aht_s: float, patience_s: float | None
) -> None:
    profile = QueueProfile("phone", target=TARGET, patience_s=patience_s, hold=hold)
    levels, cost = exact_levels(profile, aht_s)
    assert levels.min() > (0.78 if hold is Hold.INTERVAL else 0.75)
    assert cost <= 1.01


def test_stationary_staffing_fails_where_contacts_are_long() -> None:
    # The same day with each half-hour for itself: while contacts fall, the load falls later.
    profile = QueueProfile("phone", target=TARGET, arrivals=Arrivals.STATIONARY)
    levels, _ = exact_levels(profile, 1200.0)
    assert levels.min() < 0.7
