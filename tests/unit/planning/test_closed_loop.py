"""The closed loop on a small centre: what it corrects, and where it stops."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shiftcast.data.law.terms import Terms
from shiftcast.data.people import Contract
from shiftcast.data.scenario import Scenario
from shiftcast.data.scenario_people import AbsenceChange
from shiftcast.data.targets import ServiceTarget
from shiftcast.scheduling.planning.closed_loop import correction_seed, rostering_stage
from shiftcast.scheduling.planning.plan import Plan, plan_week
from shiftcast.scheduling.planning.stages import INTERRUPTED, StageClock
from shiftcast.scheduling.planning.whatif import what_if
from shiftcast.scheduling.rostering.engine import SolveLimit
from shiftcast.scheduling.staffing.requirement import AgentRequirement

from tests.unit.planning.small import GRID, MONDAY, Unsure, a_centre, a_history, a_queue

LIMIT = SolveLimit(seconds=20, rounds=6)


def planned(agents: int, service_level: float, rounds: int = 2) -> Plan:
    target = ServiceTarget(service_level, 20.0, max_occupancy=1.0, max_abandonment=1.0)
    centre = a_centre(
        agents,
        queues=(a_queue(target=target),),
        contracts=(Contract("full", max_days=5, hourly_cost=30.0),),
    )
    return plan_week(
        centre, a_history(), GRID, limit=LIMIT, seed=1, forecaster=Unsure(), correct=rounds
    )


@pytest.fixture(scope="module")
def corrected() -> Plan:
    return planned(agents=14, service_level=0.8)


def test_a_missed_target_is_met_by_asking_for_more(corrected: Plan) -> None:
    done = corrected.correction
    assert done is not None
    assert [gap.measure for gap in done.first.missed] == ["service_level"]
    assert done.last.missed == ()
    assert done.kept >= 1
    assert done.last.paid_hours > done.first.paid_hours
    assert corrected.kpis.week.iloc[0]["service_level"] >= 0.8


def test_the_plan_has_the_requirement_that_its_roster_was_asked_for(corrected: Plan) -> None:
    (queue,), (demand,) = corrected.requirement.queues, corrected.problem.demands
    np.testing.assert_array_equal(queue.rostered, demand.required)
    done = corrected.correction
    assert done is not None
    added = sum(one.hours for each in done.rounds[: done.kept] for one in each.raised)
    plain = planned(14, 0.8, rounds=0)
    assert plain.correction is None
    grown = demand.required.sum() - plain.problem.demands[0].required.sum()
    assert grown == pytest.approx(added)


def test_a_queue_with_a_risk_is_raised_until_that_share_of_weeks_is_good(corrected: Plan) -> None:
    """Rostered for what is expected, nine weeks of ten are not good; raised, they are."""
    centre, (queue,) = corrected.centre, corrected.centre.queues
    plain = planned(agents=14, service_level=0.8, rounds=0)
    made = rostering_stage(
        replace(centre, queues=(replace(queue, risk=0.9),)),
        corrected.forecast,
        plain.requirement,
        plain.problem,
        LIMIT,
        np.random.default_rng(1),
        StageClock(),
        rounds=3,
        seed=1,
    )
    done = made.correction
    assert done is not None
    first, last = done.first.gaps[0], done.last.gaps[0]
    assert first.risk == last.risk == 0.9
    assert first.missed
    assert not last.missed
    expected = corrected.kpis.week.iloc[0]["service_level"]
    assert first.reached < expected


def test_where_all_targets_are_met_nothing_is_raised() -> None:
    plan = planned(agents=14, service_level=0.5)
    done = plan.correction
    assert done is not None
    assert (done.rounds, done.kept, dict(done.factors)) == ((), 0, {})


def test_a_queue_short_of_people_is_said_to_be_and_raised_no_further() -> None:
    plan = planned(agents=8, service_level=0.97)
    done = plan.correction
    assert done is not None
    assert len(done.rounds) == 1
    ((queue, hours),) = done.short_of_people
    assert queue == "phone"
    assert hours > 0
    assert done.kept == 0
    assert plan.result.violations == ()


def test_a_planner_who_stops_the_search_gets_the_roster_there_is(corrected: Plan) -> None:
    clock = StageClock()
    clock.found(INTERRUPTED, 1.0)
    made = rostering_stage(
        corrected.centre,
        corrected.forecast,
        corrected.requirement,
        corrected.problem,
        SolveLimit(1000.0),
        np.random.default_rng(1),
        clock,
        rounds=2,
        seed=1,
    )
    assert made.result.roster is not None
    assert made.correction is not None
    assert made.correction.rounds == ()


def test_corrections_are_simulated_with_other_chances_than_the_promise() -> None:
    assert len({1, correction_seed(1), correction_seed(2)}) == 3


def test_a_scenario_without_new_needs_begins_with_the_corrected_requirement(
    corrected: Plan,
) -> None:
    away = Scenario("away", absences=(AbsenceChange(first=MONDAY, last=MONDAY, count=2),))
    found = what_if(corrected, away, limit=LIMIT, forecaster=Unsure())
    assert "forecast" not in found.recomputed
    assert "staff" not in found.recomputed
    before, after = (plan.requirement.queues[0] for plan in (corrected, found.plan))
    assert isinstance(before, AgentRequirement)
    assert isinstance(after, AgentRequirement)
    assert np.all(after.rostered >= before.rostered - 1e-9)


def test_a_scenario_of_other_rules_is_corrected_as_its_base_was(corrected: Plan) -> None:
    """With three days a week for everybody the target is missed, which only simulation says."""
    three = replace(corrected.centre.contracts[0], max_days=3)
    fewer = Scenario("three days", terms=Terms(corrected.centre.rules, (three,)))
    found = what_if(corrected, fewer, limit=LIMIT, forecaster=Unsure())
    done = found.plan.correction
    assert done is not None
    assert done.asked == corrected.correct
    assert done.first.missed
    assert done.rounds


def test_a_scenario_that_changes_nothing_has_the_bases_correction(corrected: Plan) -> None:
    found = what_if(corrected, Scenario("nothing"), limit=LIMIT, forecaster=Unsure())
    assert found.plan.correction is corrected.correction


def test_a_scenario_with_new_needs_starts_from_the_bases_factors(corrected: Plan) -> None:
    found = what_if(corrected, Scenario("more", volume={"all": 1.1}), limit=LIMIT)
    done, base = found.plan.correction, corrected.correction
    assert found.recomputed == ("staff", "roster")
    assert done is not None
    assert base is not None
    assert np.all(np.array(done.factors["phone"]) >= np.array(base.factors["phone"]))
