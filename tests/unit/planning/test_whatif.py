"""A scenario beside its base: only what it changes is computed anew."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from shiftcast.data.law.terms import Terms
from shiftcast.data.people import TimeOff
from shiftcast.data.scenario import PromotionChange, Scenario, TargetChange
from shiftcast.data.scenario_people import AbsenceChange, HireChange
from shiftcast.data.scenario_shifts import ShiftChanges
from shiftcast.scheduling.planning.plan import Plan, plan_week
from shiftcast.scheduling.planning.repairing import repair_plan
from shiftcast.scheduling.planning.whatif import WhatIf, what_if
from shiftcast.scheduling.rostering.engine import SolveLimit

from tests.unit.planning.small import GRID, MONDAY, Steady, a_centre, a_history

LIMIT = SolveLimit(seconds=20, rounds=3)
SUNDAY = date(2026, 12, 6)


@pytest.fixture(scope="module")
def base() -> Plan:
    return plan_week(a_centre(), a_history(), GRID, limit=LIMIT, seed=1, forecaster=Steady())


def run(base: Plan, scenario: Scenario) -> WhatIf:
    return what_if(base, scenario, limit=LIMIT, forecaster=Steady())


def value(found: WhatIf, metric: str, queue: str = "phone") -> tuple[float, float]:
    table = found.comparison.set_index(["metric", "queue"])
    return float(table.loc[(metric, queue), "base"]), float(table.loc[(metric, queue), "scenario"])


def test_a_scenario_that_changes_nothing_changes_nothing(base: Plan) -> None:
    found = run(base, Scenario("nothing"))
    assert found.recomputed == ()
    assert found.changed_agents == ()
    assert found.plan.roster is base.roster
    np.testing.assert_array_equal(found.comparison["base"], found.comparison["scenario"])


def test_volume_scales_contacts_and_needs_more_agents(base: Plan) -> None:
    """20 contacts in 12 hours of 7 days, half as many again on the Wednesday: 1,800 in all."""
    found = run(base, Scenario("more", volume={"all": 1.5}))
    assert found.recomputed == ("staff", "roster")
    assert value(found, "contacts") == pytest.approx((1800.0, 2700.0))
    before, after = value(found, "required")
    assert after > before
    before, after = value(found, "under_hours")
    assert after > before


def test_a_larger_promotion_is_forecast_anew(base: Plan) -> None:
    """Of size 2 it brings twice the lift: 40 instead of 30 contacts in each of 12 hours."""
    found = run(base, Scenario("sale", promotions=(PromotionChange("sale", size=2.0),)))
    assert found.recomputed == ("forecast", "staff", "roster")
    assert value(found, "contacts") == pytest.approx((1800.0, 1920.0))


def test_absences_change_the_roster_only(base: Plan) -> None:
    found = run(base, Scenario("flu", absences=(AbsenceChange(MONDAY, SUNDAY, count=3),)))
    assert found.recomputed == ("roster",)
    assert found.plan.requirement is base.requirement
    assert not {"A1", "A2", "A3"} & {a.agent for a in found.plan.roster.assignments}
    assert {shift.agent for shift in found.fallen} == {"A1", "A2", "A3"}
    assert not {"A1", "A2", "A3"} & set(found.changed_agents)
    assert value(found, "agents_changed", "all")[1] == len(found.changed_agents)
    assert value(found, "days_changed", "all")[1] >= len(found.changed_agents)
    before, after = value(found, "paid_hours", "all")
    assert after < before


def test_a_stricter_target_needs_more_agents_for_the_same_contacts(base: Plan) -> None:
    found = run(base, Scenario("strict", targets={"phone": TargetChange(service_level=0.95)}))
    assert found.recomputed == ("staff", "roster")
    assert value(found, "contacts") == pytest.approx((1800.0, 1800.0))
    before, after = value(found, "required")
    assert after > before


def test_a_longer_handle_time_is_worked_off_by_the_same_forecast(base: Plan) -> None:
    found = run(base, Scenario("slow", handle_time={"phone": 1.2}))
    np.testing.assert_allclose(found.plan.forecast.aht_s, 1.2 * base.forecast.aht_s)
    np.testing.assert_array_equal(found.plan.forecast.mean, base.forecast.mean)


def test_more_shrinkage_needs_more_rostered_agents(base: Plan) -> None:
    """Twenty per cent away: a quarter more have to be rostered (1 ÷ 0.8)."""
    found = run(base, Scenario("sick", shrinkage={"all": 0.2}))
    before, after = value(found, "required")
    assert after == pytest.approx(1.25 * before)


def test_a_chatbot_takes_its_share_of_the_contacts(base: Plan) -> None:
    """A quarter of 1,800 less."""
    found = run(base, Scenario("bot", deflection={"phone": 0.25}))
    assert found.recomputed == ("staff", "roster")
    assert value(found, "contacts") == pytest.approx((1800.0, 1350.0))


def test_new_agents_work_and_do_not_count_among_those_who_move(base: Plan) -> None:
    found = run(base, Scenario("more", hires=(HireChange(2),)))
    assert found.recomputed == ("roster",)
    assert {"NEW1", "NEW2"} <= {a.agent for a in found.plan.roster.assignments}
    assert not {"NEW1", "NEW2"} & set(found.changed_agents)
    before, after = value(found, "paid_hours", "all")
    assert after > before


def test_overtime_that_is_allowed_is_a_matter_of_the_roster_alone(base: Plan) -> None:
    found = run(base, Scenario("longer", overtime_min={"all": 480}))
    assert found.recomputed == ("roster",)
    before, after = value(found, "under_hours")
    assert after <= before


def test_going_home_early_is_paid_less_and_moves_nobody(base: Plan) -> None:
    """Half of the contacts: there are agents too many, who may go for up to two hours a week."""
    quiet = Scenario("quiet", volume={"all": 0.5})
    whole, early = run(base, quiet), run(base, replace(quiet, voluntary_min={"all": 120}))
    assert early.leaves
    assert all(leave.shift.end - leave.at <= 120 for leave in early.leaves)
    assert early.plan.roster == whole.plan.roster
    gone = sum(leave.shift.end - leave.at for leave in early.leaves) / 60
    assert value(early, "paid_hours", "all")[1] == pytest.approx(
        value(whole, "paid_hours", "all")[1] - gone
    )
    assert value(early, "over_hours")[1] < value(whole, "over_hours")[1]
    assert value(early, "under_hours")[1] == pytest.approx(value(whole, "under_hours")[1])


def test_rules_and_shifts_change_the_roster_only(base: Plan) -> None:
    """Without the late shift, which ends at 20:00, nobody is there after 17:00."""
    late = max(base.roster.assignments, key=lambda shift: shift.start % 1440)
    assert late.shift_code == "L8"
    found = run(base, Scenario("early", shifts=ShiftChanges(removed=frozenset({"L8"}))))
    assert found.recomputed == ("roster",)
    assert found.plan.requirement is base.requirement
    assert {shift.shift_code for shift in found.plan.roster.assignments} == {"E8"}
    before, after = value(found, "under_hours")
    assert after > before


def test_a_shorter_shift_pays_less_where_starts_stay(base: Plan) -> None:
    short = replace(base.centre.shifts[0], paid_min=360, breaks=())
    found = run(base, Scenario("short", shifts=ShiftChanges((short,))))
    lengths = {s.paid_minutes for s in found.plan.roster.assignments if s.shift_code == "E8"}
    assert lengths == {360}
    assert found.plan.result.violations == ()


def test_a_contract_of_fewer_days_holds(base: Plan) -> None:
    """Four days a week instead of four or five."""
    four = replace(base.centre.contracts[0], max_days=4)
    found = run(base, Scenario("four", terms=Terms(base.centre.rules, (four,))))
    assert found.recomputed == ("roster",)
    worked = Counter(shift.agent for shift in found.plan.roster.assignments)
    assert set(worked.values()) == {4}
    assert max(Counter(shift.agent for shift in base.roster.assignments).values()) == 5


@pytest.fixture(scope="module")
def mended(base: Plan) -> Plan:
    """Two of the early shift of the Wednesday left at ten."""
    early = [s for s in base.roster.assignments if (s.day, s.shift_code) == (2, "E8")][:2]
    gone = tuple(TimeOff(s.agent, GRID.dates[2], GRID.dates[2], from_minute=600) for s in early)
    return repair_plan(base, base.centre.with_absences(gone), 0, limit=LIMIT).plan


@pytest.mark.parametrize("contacts", [0.6, 1.5])
def test_who_left_early_keeps_the_week(mended: Plan, contacts: float) -> None:
    cut = {shift for shift in mended.roster.assignments if shift.away}
    assert len(cut) == 2
    found = run(mended, Scenario("other", volume={"all": contacts}))
    names = {shift.agent for shift in cut}
    assert names.isdisjoint(found.changed_agents)
    assert found.changed_agents != ()
    for name in names:
        assert set(found.plan.roster.of_agent(name)) == set(mended.roster.of_agent(name))
    assert found.plan.result.violations == ()
    assert found.fallen == ()


def test_who_left_early_and_is_then_away_falls_out(mended: Plan) -> None:
    (name, *_) = sorted(shift.agent for shift in mended.roster.assignments if shift.away)
    away = AbsenceChange(MONDAY, SUNDAY, agent=name)
    found = run(mended, Scenario("flu", absences=(away,)))
    assert found.plan.roster.of_agent(name) == ()
    assert {shift.agent for shift in found.fallen} == {name}
    assert found.plan.result.violations == ()
