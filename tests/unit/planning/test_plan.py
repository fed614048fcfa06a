"""The whole road on a small centre: what comes out belongs together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray
from shiftcast.data.adjustments import Adjustment
from shiftcast.data.calendar import Calendar
from shiftcast.data.errors import InputError, NoSolutionError
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.data.people import FixedAssignment, Request, RequestKind, TimeOff
from shiftcast.forecasting.forecast import Forecast
from shiftcast.scheduling.planning.plan import Plan, plan_week
from shiftcast.scheduling.rostering.engine import SolveLimit
from shiftcast.scheduling.rostering.problem import Carried
from shiftcast.scheduling.rostering.roster import Assignment

from tests.unit.planning.small import GRID, MONDAY, Steady, a_centre, a_history, a_queue

LIMIT = SolveLimit(seconds=20, rounds=3)


class Watch:
    """Keeps what progress was told."""

    def __init__(self) -> None:
        self.stages: list[str] = []
        self.costs: list[float] = []

    def stage(self, name: str) -> None:
        self.stages.append(name)

    def found(self, cost: float) -> None:
        self.costs.append(cost)


@pytest.fixture(scope="module")
def plan() -> Plan:
    centre = a_centre(
        requests=(
            Request("A1", MONDAY, RequestKind.DAY_OFF, weight=1000.0),
            Request("A2", MONDAY, RequestKind.START_FROM, minute=600),
            Request("A2", date(2026, 12, 24), RequestKind.DAY_OFF),
        ),
        adjustments=(Adjustment(MONDAY, MONDAY, "fair", percent=50.0),),
    )
    return plan_week(centre, a_history(), GRID, limit=LIMIT, seed=1, forecaster=Steady())


def test_the_planners_adjustment_is_in_the_forecast_and_not_in_the_models(plan: Plan) -> None:
    monday = GRID.day_of == 0
    np.testing.assert_allclose(
        plan.forecast.mean[:, monday], 1.5 * plan.model_forecast.mean[:, monday]
    )
    np.testing.assert_allclose(plan.forecast.mean[:, ~monday], plan.model_forecast.mean[:, ~monday])


def test_the_roster_is_asked_for_the_requirement(plan: Plan) -> None:
    (demand,), (queue,) = plan.problem.demands, plan.requirement.queues
    np.testing.assert_array_equal(demand.required, queue.rostered)


def test_every_rule_is_kept_and_said_so(plan: Plan) -> None:
    assert plan.result.violations == ()
    assert plan.rules["kept"].all()
    assert plan.rules["breaches"].sum() == 0


def test_requests_of_the_week_are_listed_with_their_outcome(plan: Plan) -> None:
    """The third is for another week. A1's is worth more than any shortage that it could cause."""
    assert list(plan.requests["agent"]) == ["A1", "A2"]
    assert list(plan.requests["value"]) == ["", "10:00"]
    assert bool(plan.requests["met"][0])


def test_paid_hours_are_those_of_the_roster(plan: Plan) -> None:
    """Every shift is paid eight hours, at 30 an hour."""
    shifts = len(plan.roster.assignments)
    assert plan.kpis.paid_hours == pytest.approx(8 * shifts)
    assert plan.kpis.cost == pytest.approx(240 * shifts)


def test_stages_are_told_and_timed() -> None:
    watch = Watch()
    made = plan_week(
        a_centre(), a_history(), GRID, limit=LIMIT, seed=1, progress=watch, forecaster=Steady()
    )
    assert watch.stages == ["forecast", "staff", "roster", "kpis"]
    assert set(made.timings) == set(watch.stages)
    assert watch.costs
    assert min(watch.costs) == pytest.approx(made.result.cost)


def test_the_same_seed_and_rounds_give_the_same_roster() -> None:
    first, second = (
        plan_week(a_centre(), a_history(), GRID, limit=LIMIT, seed=7, forecaster=Steady())
        for _ in range(2)
    )
    assert first.roster == second.roster


def late_on_sunday(agent: str) -> Assignment:
    """Ends at 23:00 on the eve of the week: eleven hours of rest end at 10:00."""
    return Assignment(agent, -1, "L8", -600, -60)


def test_rest_holds_across_the_first_day() -> None:
    """With eleven hours of rest nobody who worked until 23:00 starts at 08:00."""
    centre = a_centre()
    previous = tuple(late_on_sunday(agent.id) for agent in centre.agents)
    made = plan_week(
        centre, a_history(), GRID, previous=previous, limit=LIMIT, seed=1, forecaster=Steady()
    )
    first_day = [shift for shift in made.roster.assignments if shift.day == 0]
    assert first_day
    assert all(shift.shift_code == "L8" for shift in first_day)
    # Sunday was a weekend shift for each of them, and nobody's night.
    assert made.problem.carried == tuple(Carried(agent.id, weekends=1) for agent in centre.agents)


def test_a_shift_that_began_on_the_eve_serves_the_first_morning() -> None:
    """Nobody else is there: whoever serves Monday at 08:00 came on Sunday."""
    from shiftcast.scheduling.rostering.roster import QueueSpan

    eve = Assignment("A1", -1, "L8", -60, 540, queues=(QueueSpan(-60, 540, "phone"),))
    centre = a_centre(
        time_off=tuple(TimeOff(f"A{i}", MONDAY, MONDAY) for i in range(1, 9)),
    )
    made = plan_week(
        centre, a_history(), GRID, previous=(eve,), limit=LIMIT, seed=1, forecaster=Steady()
    )
    morning = made.kpis.interval["start"] == GRID.starts[8]
    assert list(made.kpis.interval.loc[morning, "rostered"]) == [1.0]


def test_no_roster_is_an_answer_that_names_the_rules() -> None:
    """A1 has to work on a day off that was granted."""
    centre = a_centre(
        time_off=(TimeOff("A1", MONDAY, MONDAY),), fixed=(FixedAssignment("A1", MONDAY, "E8"),)
    )
    with pytest.raises(NoSolutionError, match="Agent A1: no week keeps all of these rules") as said:
        plan_week(centre, a_history(), GRID, limit=LIMIT, seed=1, forecaster=Steady())
    assert said.value.exit_status == 3


def test_history_on_or_after_the_first_day_is_not_known() -> None:
    """A history that goes on is cut; one that only begins then is refused."""
    seen: list[int] = []

    class Asked(Steady):
        def forecast(
            self,
            history: ContactHistory,
            calendar: Calendar,
            grid: TimeGrid,
            open_mask: NDArray[np.bool_] | None,
            rng: np.random.Generator,
        ) -> Forecast:
            seen.append(history.grid.days)
            return super().forecast(history, calendar, grid, open_mask, rng)

    history = a_history(days=21)
    later = replace(GRID, first_day=date(2026, 11, 23))
    plan_week(a_centre(), history, later, limit=LIMIT, seed=1, forecaster=Asked())
    assert seen == [14]
    too_early = replace(GRID, first_day=history.grid.first_day)
    with pytest.raises(InputError, match="There is no history before 2026-11-09"):
        plan_week(a_centre(), history, too_early, limit=LIMIT, seed=1, forecaster=Steady())


def test_every_queue_without_history_is_named() -> None:
    centre = a_centre(queues=(a_queue(), a_queue("fax"), a_queue("post")))
    with pytest.raises(InputError) as caught:
        plan_week(centre, a_history(), GRID, limit=LIMIT, seed=1, forecaster=Steady())
    assert [problem.params["queue"] for problem in caught.value.problems] == ["fax", "post"]
