"""From arrays to a roster and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from shiftcast.data.people import FixedAssignment
from shiftcast.scheduling.rostering.audit import audit
from shiftcast.scheduling.rostering.engine.naming import from_roster, to_roster
from shiftcast.scheduling.rostering.objective import cost_breakdown
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Roster

from tests.factories import MONDAY, an_assignment
from tests.unit.rostering.small_week import a_week, settled, unequal


def test_there_and_back_again_is_the_same() -> None:
    compiled, weeks, cover, _ = settled(a_week())
    back, known = from_roster(compiled, to_roster(compiled, weeks, cover))
    assert known.all()
    assert (back.option == weeks.option).all()
    shifts = compiled.options.breaks[compiled.options.template[weeks.option]]
    taken = (weeks.option >= 0)[:, :, None] & (np.arange(back.breaks.shape[2]) < shifts[:, :, None])
    assert (back.breaks == weeks.breaks)[taken].all()


@pytest.mark.parametrize("price", [0.0, 3.0])
def test_queue_time_covers_the_working_time_and_nothing_else(price: float) -> None:
    """A night past the grid's end is on a queue to its end."""
    last_night = FixedAssignment("A1", MONDAY + timedelta(days=6), "N")
    problem = a_week(fixed=(last_night,))
    problem = replace(problem, weights=replace(problem.weights, queue_change=price))
    compiled, weeks, cover, _ = settled(problem)
    roster = to_roster(compiled, weeks, cover)
    assert any(shift.end > problem.grid.day_minute[-1] for shift in roster.assignments)
    for shift in roster.assignments:
        minutes = [m for span in shift.queues for m in range(span.start, span.end, 15)]
        assert minutes == [m for start, end in shift.working() for m in range(start, end, 15)]
        assert {span.queue for span in shift.queues} <= problem.skills_of[shift.agent]
    assert audit(problem, roster) == ()


@pytest.mark.parametrize("problem", [a_week(), unequal(a_week())], ids=["alike", "unequal"])
def test_people_stand_where_the_numbers_say(problem: RosterProblem) -> None:
    compiled, weeks, cover, _ = settled(problem)
    supply = problem.supply(to_roster(compiled, weeks, cover), 15)
    assert supply == pytest.approx(cover.supply / problem.proficiency.unit)


def test_a_price_on_changes_of_queue_lowers_the_whole_cost() -> None:
    problem = a_week()
    dear = replace(problem, weights=replace(problem.weights, queue_change=3.0))
    compiled, weeks, cover, _ = settled(problem)
    free = cost_breakdown(dear, to_roster(compiled, weeks, cover))
    compiled, weeks, cover, _ = settled(dear)
    priced = cost_breakdown(dear, to_roster(compiled, weeks, cover))
    assert priced.queue_changes < free.queue_changes
    assert priced.total < free.total


def test_what_is_no_option_here_is_told_by_agent() -> None:
    """A0 has a shift that does not exist, A1 one at no allowed start, A2 and A3 are well."""
    compiled, *_ = settled(problem := a_week(4))
    shift = an_assignment(problem, 2, agent="A1")
    roster = Roster(
        problem.grid,
        (
            replace(shift, agent="A0", shift_code="X"),
            replace(shift, start=shift.start + 15, end=shift.end + 15),
            replace(shift, agent="A2"),
            replace(shift, agent="gone"),
        ),
    )
    weeks, known = from_roster(compiled, roster)
    assert known.tolist() == [False, False, True, True]
    assert (weeks.option >= 0).sum() == 1
