"""Shift templates: breaks one after the other, and the plan of breaks by length."""

from __future__ import annotations

import pytest
from shiftcast.data.shifts import (
    BreakPlan,
    BreakRule,
    ShiftTemplate,
    earliest_break_end,
    planned_breaks,
)

TEA = BreakRule(15, True, 60, 120)


def test_a_break_waits_for_its_time_of_work() -> None:
    """Tea 60–75; lunch after 120 minutes of work begins at 195 at the earliest and ends at 225."""
    assert earliest_break_end((TEA, BreakRule(30, False, 90, 240, gap_min=120))) == 225
    assert earliest_break_end((TEA, BreakRule(30, False, 90, 195, gap_min=120))) == 225
    assert earliest_break_end((TEA, BreakRule(30, False, 90, 190, gap_min=120))) is None
    assert earliest_break_end(()) == 0


def test_the_first_break_waits_from_the_start_of_the_shift() -> None:
    assert earliest_break_end((BreakRule(15, True, 0, 60, gap_min=60),)) == 75
    assert earliest_break_end((BreakRule(15, True, 0, 60, gap_min=65),)) is None


def test_a_shift_whose_breaks_never_fit_is_no_shift() -> None:
    with pytest.raises(ValueError, match="cannot follow one another"):
        ShiftTemplate("D", 480, 480, 480, breaks=(TEA, BreakRule(15, True, 60, 120, gap_min=60)))
    with pytest.raises(ValueError, match="ends after the shift"):
        ShiftTemplate("P", 60, 480, 480, breaks=(BreakRule(15, True, 0, 60, gap_min=50),))
    with pytest.raises(ValueError, match="after -5 minutes of work"):
        BreakRule(15, True, 0, 60, gap_min=-5)


def test_the_longest_plan_that_a_shift_reaches_counts() -> None:
    short, long = BreakPlan(240, (TEA,)), BreakPlan(360, (TEA, BreakRule(30, False, 180, 300)))
    for plans in ((short, long), (long, short)):
        assert planned_breaks(plans, 235) == ()
        assert planned_breaks(plans, 240) == planned_breaks(plans, 355) == short.breaks
        assert planned_breaks(plans, 600) == long.breaks


def test_a_plan_that_nobody_can_take() -> None:
    with pytest.raises(ValueError, match="from 360 minutes on cannot be taken"):
        BreakPlan(360, (TEA, TEA, TEA, TEA, TEA, TEA))
