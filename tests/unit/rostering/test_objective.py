"""Points of a roster, computed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from shiftcast.data.people import Request, RequestKind
from shiftcast.data.rules import Weights
from shiftcast.data.shifts import BreakRule
from shiftcast.scheduling.rostering.fairness import fair_points
from shiftcast.scheduling.rostering.objective import (
    cost_breakdown,
    coverage_cost,
    spread_points,
)
from shiftcast.scheduling.rostering.problem import Carried
from shiftcast.scheduling.rostering.roster import QueueSpan, Roster

from tests.factories import (
    FREE,
    MONDAY,
    NO_WEIGHTS,
    a_demand,
    a_grid,
    a_past,
    a_problem,
    a_roster,
    a_shift,
    an_agent,
    an_assignment,
)


def test_missing_and_spare_agents_cost_more_the_more_there_are() -> None:
    """Of 4 wanted: 2 missing cost 40·(2 + 1·2²/(2·4)) = 100; 2 to spare cost 4·2.5 = 10."""
    heads = np.array([2.0, 4.0, 6.0])
    under, over = coverage_cost(heads, np.full(3, 4.0), Weights(under=40, over=4, evenness=1), 1.0)
    assert under.tolist() == [100.0, 0.0, 0.0]
    assert over.tolist() == [0.0, 0.0, 10.0]


def test_a_queue_weight_multiplies_what_is_missing_and_not_what_is_spare() -> None:
    weights = Weights(under=40, over=4, evenness=0)
    under, over = coverage_cost(np.array([1.0, 3.0]), np.array([2.0, 2.0]), weights, 2.5)
    assert under.tolist() == [100.0, 0.0]
    assert over.tolist() == [0.0, 4.0]


@pytest.mark.parametrize(("carried", "worked", "points"), [(0, 0, 0), (0, 3, 6), (2, 2, 10)])
def test_each_further_night_costs_one_weight_more(carried: int, worked: int, points: int) -> None:
    """Weight 2: three fresh nights cost 0 + 2 + 4; two on top of two cost 4 + 6."""
    assert fair_points(2.0, carried, worked) == points


def test_what_everybody_carries_counts_for_nobody() -> None:
    agents = (an_agent("A1"), an_agent("A2"))
    problem = a_problem(
        agents=agents, carried=(Carried("A1", 3, 1), Carried("A2", 1, 4), Carried("gone"))
    )
    assert problem.carried_above == {"A1": Carried("A1", 2, 0), "A2": Carried("A2", 0, 3)}


@pytest.mark.parametrize(("minutes", "points"), [(0, 0), (15, 3), (60, 3), (90, 6)])
def test_a_spread_costs_by_the_started_hour(minutes: int, points: int) -> None:
    assert spread_points(3.0, minutes) == points


def test_cover_counts_each_step_with_breaks_taken_out() -> None:
    """One agent wanted from 08:00 to 18:00, eight hours worked with a half-hour break: two hours
    and a half are missing. Nobody is wanted on Tuesday, when eight hours are worked."""
    grid = a_grid(days=2)
    required = (
        (grid.minute_of_day >= 480) & (grid.minute_of_day < 1080) & (grid.day_of == 0)
    ) * 1.0
    problem = a_problem(
        grid,
        demands=(a_demand(grid, required),),
        shifts=(a_shift(paid_min=480, breaks=(BreakRule(30, False, 210, 210),)),),
        weights=replace(NO_WEIGHTS, under=40.0, over=4.0),
    )
    found = cost_breakdown(problem, a_roster(problem, "DD"))
    assert found.under == pytest.approx(40 * (10 - 8))
    assert found.over == pytest.approx(4 * 8)
    assert cost_breakdown(problem, a_roster(problem, "D.")).over == 0


def test_the_past_serves_the_first_morning() -> None:
    """A shift from 20:00 on Sunday serves four of the six hours until 06:00 on Monday."""
    grid = a_grid(days=1)
    required = (grid.minute_of_day < 360) * 1.0
    problem = a_problem(grid, demands=(a_demand(grid, required),), weights=Weights(evenness=0))
    known = replace(problem, history=a_past(problem, "D", clock=1200))
    assert cost_breakdown(problem, Roster(grid, ())).under == 40 * 6
    assert cost_breakdown(known, Roster(grid, ())).under == 40 * 2


def test_refused_requests_cost_their_weight() -> None:
    tuesday = MONDAY + timedelta(days=1)
    problem = a_problem(
        weights=replace(NO_WEIGHTS, request=2.0),
        requests=(
            Request("A1", MONDAY, RequestKind.DAY_OFF, 5.0),
            Request("A1", tuesday, RequestKind.DAY_OFF, 7.0),
            Request("A1", MONDAY - timedelta(days=1), RequestKind.SHIFT, 9.0, shift_code="D"),
        ),
    )
    assert cost_breakdown(problem, a_roster(problem, "D.")).requests == 10.0


def test_nights_and_weekends_are_shared_apart() -> None:
    """A1 works two nights of the weekend and carries one night: 2·(1 + 2) and 2·(0 + 1)."""
    problem = a_problem(
        agents=(an_agent("A1"), an_agent("A2")),
        shifts=(a_shift("N", earliest_start=1320, latest_start=1320),),
        weights=replace(NO_WEIGHTS, fairness=2.0),
        carried=(Carried("A1", 1),),
    )
    assert cost_breakdown(problem, a_roster(problem, ".....NN")).fairness == 8.0


def test_early_and_late_shifts_have_prices_of_their_own() -> None:
    """A1 works three early shifts on top of one, 3·(1 + 2 + 3), and a late one, 5·0."""
    shifts = (
        a_shift("E", earliest_start=360, latest_start=360),
        a_shift("L", earliest_start=840, latest_start=840),
    )
    problem = a_problem(
        agents=(an_agent("A1"), an_agent("A2")),
        shifts=shifts,
        rules=replace(FREE, early_before=420, late_after=1200),
        weights=replace(NO_WEIGHTS, fairness_early=3.0, fairness_late=5.0),
        carried=(Carried("A1", early=1),),
    )
    assert cost_breakdown(problem, a_roster(problem, "EEEL")).fairness == 18.0


def test_who_was_refused_before_is_dearer_to_refuse() -> None:
    """A1 was refused three requests, A2 one: two more, each a quarter, so 10 · (1 + 2/4)."""
    problem = a_problem(
        agents=(an_agent("A1"), an_agent("A2")),
        weights=replace(NO_WEIGHTS, request=1.0),
        requests=tuple(Request(agent, MONDAY, RequestKind.DAY_OFF, 10.0) for agent in ("A1", "A2")),
        carried=(Carried("A1", refused=3), Carried("A2", refused=1)),
    )
    assert cost_breakdown(problem, a_roster(problem, "D", ".")).requests == 15.0
    assert cost_breakdown(problem, a_roster(problem, ".", "D")).requests == 10.0


def test_a_shift_touches_the_night_from_its_first_minute_on() -> None:
    """Night is 00:00–05:00: from 20:00, four hours end in time and five do not."""
    for paid, points in ((240, 0.0), (300, 2.0)):
        shift = a_shift("N", earliest_start=1200, latest_start=1200, paid_min=paid)
        problem = a_problem(shifts=(shift,), weights=replace(NO_WEIGHTS, fairness=2.0))
        assert cost_breakdown(problem, a_roster(problem, "N.N")).fairness == points


def test_steadiness_is_counted_week_by_week() -> None:
    """Weeks from Wednesday: starts differ by one hour in the first, by half an hour in the next."""
    problem = a_problem(
        shifts=(a_shift(latest_start=600, grid_min=30),),
        weights=replace(NO_WEIGHTS, steady_start=3.0),
        first_weekday=2,
    )
    roster = a_roster(problem, "DDDD...", starts=(480, 540, 600, 570))
    assert cost_breakdown(problem, roster).steady_start == 3.0 + 3.0


def test_a_change_of_queue_costs_unless_a_break_lies_between() -> None:
    grid = a_grid()
    problem = a_problem(
        grid,
        demands=(a_demand(grid), a_demand(grid, queue="chat")),
        shifts=(a_shift(breaks=(BreakRule(60, True, 240, 240),)),),
        weights=replace(NO_WEIGHTS, queue_change=3.0),
    )
    spans = [(480, 600, "phone"), (600, 720, "chat"), (780, 960, "phone")]
    shift = replace(an_assignment(problem, 0), queues=tuple(QueueSpan(*span) for span in spans))
    assert cost_breakdown(problem, Roster(grid, (shift,))).queue_changes == 3.0


@pytest.mark.parametrize(
    ("first_day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)]
)
def test_the_day_of_a_clock_change_has_its_own_number_of_hours(first_day: date, hours: int) -> None:
    grid = a_grid(first_day, days=1, tz="Europe/Berlin")
    problem = a_problem(grid, demands=(a_demand(grid, 1.0),), weights=Weights(evenness=0))
    assert cost_breakdown(problem, Roster(grid, ())).under == 40 * hours
    assert cost_breakdown(problem, a_roster(problem, "D")).under == 40 * (hours - 8)


def test_the_goals_add_up() -> None:
    grid = a_grid()
    problem = a_problem(grid, demands=(a_demand(grid, 1.0),), weights=Weights())
    found = cost_breakdown(problem, a_roster(problem, "D.D...D"))
    parts = [found.under, found.over, found.requests, found.fairness, found.steady_start]
    assert found.total == pytest.approx(sum(parts) + found.queue_changes)
    assert found.total > 0
