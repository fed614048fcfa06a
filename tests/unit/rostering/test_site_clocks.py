"""A site in another time zone: its shifts are on its own clock, the queues on the centre's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from shiftcast.cli.workspace.roster_csv import write_roster
from shiftcast.cli.workspace.roster_reader import read_roster
from shiftcast.data.centre import Centre
from shiftcast.data.people import FixedAssignment, Request, RequestKind, TimeOff
from shiftcast.data.rules import Rules
from shiftcast.data.shifts import BreakRule, Site
from shiftcast.data.targets import OpeningHours, QueueProfile, ServiceTarget
from shiftcast.scheduling.rostering.audit import audit
from shiftcast.scheduling.rostering.engine import SolveLimit, solve
from shiftcast.scheduling.rostering.objective import cost_breakdown
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.requests import request_outcomes
from shiftcast.scheduling.rostering.roster import Roster
from shiftcast.scheduling.rostering.site_clocks import SiteClock

from tests.factories import FREE, MONDAY, a_contract, a_demand, a_grid, a_problem, a_shift, an_agent
from tests.unit.rostering.small_week import WEIGHTS

MADRID = a_grid(days=2, tz="Europe/Madrid")
PORTO = Site("Porto", "Europe/Lisbon")


def two_sites(**changes: object) -> RosterProblem:
    """An agent in Madrid and one in Porto, an hour behind; both may start at 08:00 of their own
    clock. Two are wanted from 09:00 to 16:00 of Madrid's."""
    hour = MADRID.minute_of_day // 60
    told: dict[str, object] = {
        "demands": (a_demand(MADRID, np.where((hour >= 9) & (hour < 16), 2.0, 0.0)),),
        "agents": (an_agent("A1", site="Madrid"), an_agent("A2", site="Porto")),
        "shifts": (
            a_shift("M", site="Madrid", breaks=(BreakRule(60, True, 180, 300),)),
            a_shift("P", site="Porto", breaks=(BreakRule(60, True, 180, 300),)),
        ),
        "contracts": (a_contract(min_days=2),),
        "weights": WEIGHTS,
        "sites": (PORTO,),
    }
    return a_problem(MADRID, **{**told, **changes})


def planned(problem: RosterProblem) -> Roster:
    result = solve(problem, SolveLimit(20.0, 4), np.random.default_rng(1))
    assert result.roster is not None
    assert audit(problem, result.roster) == ()
    assert result.cost == pytest.approx(cost_breakdown(problem, result.roster).total)
    return result.roster


def test_a_clock_beside_the_grids() -> None:
    clock = SiteClock(MADRID, "Europe/Lisbon")
    assert clock.minute(0, 480) == 540
    assert clock.clock(540) == 480
    assert clock.minute_of_midnight(1) == 1440 + 60
    assert clock.offsets() == (60, 60)
    assert clock.moment(540).isoformat() == "2026-11-30T08:00:00+00:00"
    # Summer time begins on the same night, at the same moment: 01:30 is skipped in Lisbon.
    spring = SiteClock(a_grid(date(2026, 3, 29), days=1, tz="Europe/Madrid"), "Europe/Lisbon")
    assert spring.minute(0, 90) is None


def test_each_starts_by_its_own_clock() -> None:
    roster = planned(two_sites())
    starts = {(s.shift_code, s.start % 1440) for s in roster.assignments}
    assert starts == {("M", 480), ("P", 540)}


def test_what_is_said_of_people_holds_on_their_own_clock() -> None:
    week = ((480, 960),) * 7
    agents = (an_agent("A1", site="Madrid"), an_agent("A2", site="Porto", availability=week))
    rules = replace(FREE, night_from=0, night_to=480, max_nights=(0, 1), early_before=480)
    problem = two_sites(
        agents=agents,
        rules=rules,
        requests=(Request("A2", MONDAY, RequestKind.START_FROM, minute=480),),
        fixed=(FixedAssignment("A2", MONDAY, "P", 480),),
    )
    roster = planned(problem)
    assert [outcome.met for outcome in request_outcomes(problem, roster)] == [True]
    late = replace(problem, fixed=(FixedAssignment("A2", MONDAY, "P", 540),))
    assert {v.rule for v in audit(late, roster)} == {"fixed"}


def test_leave_is_by_the_sites_days() -> None:
    """A late shift of Porto ends at its midnight, which is an hour into Madrid's day of leave."""
    evening = a_shift("P", site="Porto", earliest_start=960, latest_start=960)
    problem = two_sites(
        shifts=(a_shift("M", site="Madrid"), evening),
        contracts=(a_contract(),),
        demands=(a_demand(MADRID, 2.0),),
        time_off=(TimeOff("A2", date(2026, 12, 1), date(2026, 12, 1)),),
    )
    (shift,) = planned(problem).of_agent("A2")
    assert (shift.day, shift.end) == (0, 1440 + 60)


def test_a_shift_of_the_last_day_runs_into_the_next_plan() -> None:
    """Los Angeles is nine hours behind: its evening shift begins after the grid's end."""
    far = Site("Porto", "America/Los_Angeles")
    evening = a_shift("P", site="Porto", earliest_start=960, latest_start=960)
    days = (MONDAY, MONDAY.replace(month=12, day=1))
    problem = two_sites(
        shifts=(a_shift("M", site="Madrid"), evening),
        sites=(far,),
        fixed=tuple(FixedAssignment("A2", day, "P") for day in days),
    )
    shifts = planned(problem).of_agent("A2")
    assert [s.start for s in shifts] == [960 + 540, 960 + 540 + 1440]


def test_the_file_has_each_shift_on_its_own_clock(tmp_path: Path) -> None:
    problem = two_sites()
    queue = QueueProfile("phone", "phone", ServiceTarget(0.8, 20), OpeningHours(((),) * 7))
    centre = Centre(
        "Two", "Europe/Madrid", 60, (queue,), agents=problem.agents, shifts=problem.shifts,
        sites=problem.sites,
    )  # fmt: skip
    roster, path = planned(problem), tmp_path / "roster.csv"
    write_roster(path, problem, roster)
    (row, *_) = [line for line in path.read_text(encoding="utf-8").splitlines() if ",P," in line]
    assert "2026-11-30T08:00:00+00:00,2026-11-30T16:00:00+00:00,Europe/Lisbon" in row
    read = {row.assignment(MADRID) for row in read_roster(path, centre)}
    assert read == set(roster.assignments)
    bare = "employee_id,date,shift_code,start,end\nA2,2026-11-30,P,08:00,16:00\n"
    path.write_text(bare, encoding="utf-8")
    (edited,) = read_roster(path, centre)
    assert edited.assignment(MADRID).start == 540


def test_a_weekly_rest_counts_by_the_sites_clock() -> None:
    problem = two_sites(rules=Rules(0, 99, min_weekly_rest_min=2100))
    assert audit(problem, planned(problem)) == ()
