"""What a roster problem derives: its own time step, weeks, and shifts that may start."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from shiftcast.data.people import TimeOff
from shiftcast.data.rules import Rules
from shiftcast.data.shifts import BreakRule
from shiftcast.scheduling.rostering.options import is_night, shift_options
from shiftcast.scheduling.rostering.roster import Roster

from tests.factories import MONDAY, a_grid, a_past, a_problem, a_roster, a_shift, an_assignment


@pytest.mark.parametrize(
    ("interval", "shift", "step"),
    [
        (60, a_shift(), 60),
        (30, a_shift(breaks=(BreakRule(15, True, 60, 120),)), 15),
        (30, a_shift(breaks=(BreakRule(30, True, 60, 100),)), 10),
        (60, a_shift(latest_start=540, grid_min=30), 30),
        (60, a_shift(grid_min=5), 60),  # one start only: the distance to the next means nothing
        (60, a_shift(paid_min=450), 30),
    ],
)
def test_every_start_and_break_falls_on_the_rosters_own_step(interval, shift, step) -> None:
    assert a_problem(a_grid(interval_min=interval), shifts=(shift,)).slot_min == step


def test_weeks_are_counted_from_the_one_that_the_first_day_lies_in() -> None:
    problem = a_problem(first_weekday=3)  # the grid begins on a Monday
    assert [problem.week(day) for day in (-5, -4, 0, 2, 3, 9, 10)] == [-1, 0, 0, 0, 1, 1, 2]


def test_leave_covers_days_outside_the_grid() -> None:
    off = TimeOff("A1", date(2026, 11, 28), MONDAY)
    assert set(a_problem(time_off=(off,)).leave) == {("A1", -2), ("A1", -1), ("A1", 0)}


def test_a_timeline_joins_past_and_roster_in_order() -> None:
    problem = a_problem()
    known = a_problem(history=a_past(problem, "DD"))
    timeline = known.timeline(a_roster(known, ".DD"))
    assert [shift.day for shift in timeline["A1"]] == [-2, -1, 1, 2]


def test_options_are_sorted_by_day_and_start() -> None:
    shifts = (a_shift("L", earliest_start=600, latest_start=720), a_shift("E"))
    options = shift_options(a_problem(a_grid(days=2), shifts=shifts))
    assert options.clock.tolist() == [480, 600, 660, 720] * 2
    assert options.template.tolist() == [1, 0, 0, 0] * 2
    assert options.first.tolist() == [0, 4, 8]
    assert (options.end - options.start == 480).all()


def test_a_shift_is_no_option_on_other_weekdays() -> None:
    options = shift_options(a_problem(shifts=(a_shift(weekdays=frozenset({0, 5})),)))
    assert options.day.tolist() == [0, 5]
    assert options.weekend.tolist() == [False, True]


def test_a_start_that_the_clock_skips_is_no_option_and_a_repeated_one_is_one() -> None:
    """02:00 does not exist on 29 March and comes twice on 25 October."""
    shift = a_shift(earliest_start=120, latest_start=180)
    spring = shift_options(
        a_problem(a_grid(date(2026, 3, 29), 1, 60, "Europe/Berlin"), shifts=(shift,))
    )
    assert spring.clock.tolist() == [180]
    assert spring.start.tolist() == [120]
    autumn = shift_options(
        a_problem(a_grid(date(2026, 10, 25), 1, 60, "Europe/Berlin"), shifts=(shift,))
    )
    assert autumn.start.tolist() == [120, 240]


@pytest.mark.parametrize(
    ("night", "start", "end", "expected"),
    [
        ((0, 300), 480, 960, False),
        ((0, 300), 960, 1440, False),  # until midnight
        ((0, 300), 961, 1441, True),
        ((0, 300), 299, 480, True),
        ((0, 300), 300, 480, False),
        ((1380, 300), 900, 1380, False),  # night from 23:00
        ((1380, 300), 901, 1381, True),
        ((1380, 300), 240, 600, True),  # the night of the day before
        ((300, 300), 0, 1440, False),  # no night at all
    ],
)
def test_a_night_shift_works_within_the_night(night, start, end, expected) -> None:
    rules = Rules(night_from=night[0], night_to=night[1])
    assert is_night(rules, np.array([start]), np.array([end])).tolist() == [expected]


def test_heads_count_parts_of_an_interval_and_leave_out_what_lies_outside() -> None:
    """Eight hours from 16:30 on a grid of hours; the second day's shift runs past the end."""
    shift = a_shift(earliest_start=990, latest_start=990)
    problem = a_problem(a_grid(days=1), shifts=(shift,))
    heads = Roster(problem.grid, (an_assignment(problem, 0),)).supply(("phone", "chat"))
    assert heads[0, 15:].tolist() == [0, 0.5, 1, 1, 1, 1, 1, 1, 1]
    assert heads[1].sum() == 0
    past = Roster(problem.grid, (an_assignment(problem, -1),))
    assert past.supply(("phone",))[0, :2].tolist() == [0.5, 0]


def test_a_shift_knows_its_pay_its_pieces_and_its_time_at_work() -> None:
    breaks = (BreakRule(15, True, 60, 60), BreakRule(30, False, 120, 120))
    shift = an_assignment(a_problem(shifts=(a_shift(breaks=breaks),)), 0)
    assert shift.end - shift.start == 510
    assert shift.paid_minutes == 480
    assert shift.pieces == ((480, 990),)
    assert shift.working() == [(480, 540), (555, 600), (630, 990)]
