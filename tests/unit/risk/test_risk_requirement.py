"""Agents for a chosen share of good weeks."""

from dataclasses import replace

import numpy as np
import pytest
from risk_cases import GRID, PHONE, centre_of, sampled_forecast
from shiftcast.data.errors import InputError
from shiftcast.data.targets import Channel, QueueProfile, ServiceTarget
from shiftcast.scheduling.planning.stages import staffing_stage
from shiftcast.scheduling.risk.requirement import RiskRequirement, staff_for_risk
from shiftcast.scheduling.risk.shares import risk_shares
from shiftcast.scheduling.staffing.requirement import AgentRequirement
from shiftcast.scheduling.staffing.staff import staff

MAIL = QueueProfile("mail", Channel.EMAIL, ServiceTarget(deadline_min=480), aht_s=300)


def for_share(share: float, spread: float = 0.1) -> RiskRequirement:
    return staff_for_risk(sampled_forecast(spread=spread), centre_of(PHONE), {"phone": share})


def test_nine_weeks_of_ten_cost_more_than_every_second_and_are_kept() -> None:
    often, half = for_share(0.9), for_share(0.5)
    (risk,), (even,) = often.risks, half.risks
    assert risk.hours > even.hours
    assert risk.kept == pytest.approx(0.9, abs=0.08)  # of 60 weeks
    assert risk.kept > risk.kept_expected
    assert risk.reached


def test_the_less_is_known_the_dearer_it_is() -> None:
    sure, unsure = (for_share(0.9, spread).risks[0] for spread in (0.02, 0.2))
    assert unsure.hours - unsure.hours_expected > 2 * (sure.hours - sure.hours_expected)


def test_each_day_has_a_factor_of_its_own() -> None:
    forecast = sampled_forecast()
    (risk,) = staff_for_risk(forecast, centre_of(PHONE), {"phone": 0.8}, each="day").risks
    assert len(risk.factors) == GRID.days
    assert risk.kept == pytest.approx(0.8, abs=0.1)


def test_the_same_seed_gives_the_same_agents() -> None:
    first, again = (for_share(0.8).requirement.queues[0] for _ in range(2))
    assert isinstance(first, AgentRequirement)
    assert isinstance(again, AgentRequirement)
    np.testing.assert_array_equal(first.rostered, again.rostered)


def test_queues_without_a_share_are_staffed_for_what_is_expected() -> None:
    forecast = sampled_forecast()
    centre = centre_of(PHONE)
    made = staff_for_risk(forecast, centre, {})
    plain = staff(forecast, centre)
    assert made.risks == ()
    assert made.requirement.queues[0].queue == "phone"
    np.testing.assert_array_equal(made.requirement.queues[0].rostered, plain.queues[0].rostered)


def test_without_sample_paths_the_planner_is_told() -> None:
    forecast = sampled_forecast()
    lone = replace(forecast, paths=forecast.mean[None])
    with pytest.raises(InputError, match="needs a forecast with sample paths"):
        staff_for_risk(lone, centre_of(PHONE), {"phone": 0.9})


def test_shares_are_the_queues_own_or_one_for_all_and_never_emails() -> None:
    centre = centre_of(replace(PHONE, risk=0.8), MAIL, replace(PHONE, name="sales"))
    assert risk_shares(centre) == {"phone": 0.8}
    assert risk_shares(centre, 0.9) == {"phone": 0.9, "sales": 0.9}


def test_a_plan_staffs_for_the_risk_that_a_queue_names() -> None:
    forecast = sampled_forecast()
    requirement, demands = staffing_stage(centre_of(replace(PHONE, risk=0.9)), forecast)
    raised = for_share(0.9).requirement.queues[0]
    assert isinstance(raised, AgentRequirement)
    np.testing.assert_array_equal(demands[0].required, raised.rostered)
    assert requirement.queues[0].queue == "phone"
