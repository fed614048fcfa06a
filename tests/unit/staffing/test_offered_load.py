"""The rate that the stationary formulas are asked at. Intervals of an hour."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from shiftcast.data.centre import Centre
from shiftcast.data.grid import TimeGrid
from shiftcast.data.targets import Arrivals, Channel, Hold, QueueProfile, ServiceTarget
from shiftcast.forecasting.forecast import Forecast
from shiftcast.scheduling.staffing.demand import QueueDemand
from shiftcast.scheduling.staffing.offered_load import formula_moments, staffing_moments
from shiftcast.scheduling.staffing.requirement import AgentRequirement
from shiftcast.scheduling.staffing.staff import staff
from staffing_cases import centre_of, forecast_of, office_hours

PHONE = QueueProfile("phone", target=ServiceTarget(service_level=0.8, within_s=20))
RISING = np.array([0.0] * 8 + [60, 120, 180, 240, 240, 180, 120, 60] + [0.0] * 8)


def demand_of(profile: QueueProfile, contacts: np.ndarray, aht_s: float) -> QueueDemand:
    return QueueDemand(profile, contacts, np.full(contacts.shape, aht_s))


def mean_rate(demand: QueueDemand) -> np.ndarray:
    """Over the time of each interval, which is an hour."""
    moments = formula_moments(demand, 60)
    return (moments.rate_per_s * moments.time).sum(axis=0)


def test_a_closed_interval_has_no_rate_though_contacts_are_in_hand() -> None:
    rate = mean_rate(demand_of(PHONE, RISING, 1800.0))
    assert (rate[RISING == 0] == 0).all()
    assert (rate[RISING > 0] > 0).all()


def test_the_load_trails_a_rise_and_a_fall() -> None:
    rate = mean_rate(demand_of(PHONE, RISING, 1800.0)) * 3600
    assert rate[9] < 120
    assert rate[14] > 120


def test_short_contacts_are_hardly_carried_over() -> None:
    rate = mean_rate(demand_of(PHONE, RISING, 10.0)) * 3600
    np.testing.assert_allclose(rate, RISING, atol=1.0)


def test_the_highest_load_is_at_least_the_mean_and_above_it_where_it_changes() -> None:
    demand = demand_of(PHONE, RISING, 300.0)
    strict = replace(demand, profile=replace(PHONE, hold=Hold.INTERVAL))
    mean, peak = mean_rate(demand), staffing_moments(strict, 60).rate_per_s[0]
    assert (peak >= mean).all()
    assert peak[9] > 1.1 * mean[9]


def test_a_steep_climb_is_staffed_for_its_end() -> None:
    # From empty at eight, with handle times of an hour, the load is 1 − 1/e at nine.
    even = np.where((np.arange(24) >= 8) & (np.arange(24) < 16), 60.0, 0.0)
    moments = staffing_moments(demand_of(PHONE, even, 3600.0), 60)
    assert moments.rate_per_s[:, 8] * 3600 == pytest.approx(60 * (1 - np.exp(-1)))
    assert moments.rate_per_s[0, 15] < moments.rate_per_s[2, 15]


def test_stationary_arrivals_are_the_intervals_own() -> None:
    for hold in Hold:
        profile = replace(PHONE, arrivals=Arrivals.STATIONARY, hold=hold)
        moments = staffing_moments(demand_of(profile, RISING, 1800.0), 60)
        assert moments.rate_per_s.tolist() == [(RISING / 3600).tolist()]


def test_a_chat_stays_longer_for_the_others_its_agent_holds() -> None:
    # Up to three at a time, 85 % of the slots: 2.55 chats, between 1.2 and 1.5 times as long.
    chat = QueueProfile("chat", Channel.CHAT, aht_by_concurrency=(1.0, 1.2, 1.5))
    slowed = 1.2 + 0.55 * 0.3
    as_phone = mean_rate(demand_of(PHONE, RISING, 600.0 * slowed))
    assert mean_rate(demand_of(chat, RISING, 600.0)) == pytest.approx(as_phone)


def test_without_a_handle_time_there_is_no_load_to_carry() -> None:
    rate = mean_rate(demand_of(PHONE, np.array([0.0, 5.0, 0.0]), 0.0))
    assert np.isfinite(rate).all()


def test_a_target_that_holds_in_every_interval_takes_more_agents() -> None:
    profile = replace(PHONE, opening=office_hours(8, 16))
    forecast = forecast_of({"phone": RISING}, {"phone": 300})
    needs = {}
    for hold in Hold:
        (need,) = staff(forecast, centre_of(replace(profile, hold=hold))).queues
        assert isinstance(need, AgentRequirement)
        needs[hold] = need.on_queue
    assert (needs[Hold.INTERVAL] >= needs[Hold.DAY]).all()
    assert needs[Hold.INTERVAL].sum() > 1.02 * needs[Hold.DAY].sum()


def test_on_the_day_the_clock_changes_a_queue_opens_and_fills_by_its_own_clock() -> None:
    # Berlin, 25 October 2026: two o'clock comes twice, so eight o'clock is the tenth hour.
    grid = TimeGrid(date(2026, 10, 25), 1, 60, "Europe/Berlin")
    profile = replace(PHONE, opening=office_hours(8, 16, days=7))
    mean, unknown = np.full((1, grid.size), 60.0), np.full((1, grid.size), np.nan)
    forecast = Forecast(
        grid, ("phone",), mean, mean, mean, mean, np.full_like(unknown, 900.0), mean[None], {}
    )
    (need,) = staff(forecast, Centre("b", "Europe/Berlin", 60, (profile,))).queues
    assert isinstance(need, AgentRequirement)
    assert np.flatnonzero(need.on_queue).tolist() == list(range(9, 17))
    assert need.on_queue[9] < need.on_queue[10]
    assert need.on_queue[12:17] == pytest.approx(np.full(5, need.on_queue[12]), rel=1e-3)
