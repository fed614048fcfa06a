"""A shift looks like its template; the engine makes no other, so only the check is needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from shiftcast.data.shifts import BreakKind, BreakRule
from shiftcast.scheduling.rostering.roster import Assignment, Roster
from shiftcast.scheduling.rostering.rules.shift_shape import RULE

from tests.factories import a_grid, a_problem, a_roster, a_shift, an_assignment
from tests.rules.verdicts import found, possible

# 09:00 or 09:30, ten hours: a quarter from 1:00 to 2:00, a meal from 1:30 to 3:00, a gap of 2 h.
DAY = a_shift(
    earliest_start=540,
    latest_start=570,
    grid_min=30,
    paid_min=450,
    breaks=(
        BreakRule(15, True, 60, 120),
        BreakRule(30, False, 90, 180),
        BreakRule(120, False, 300, 300, BreakKind.SPLIT),
    ),
)
ASKED = a_problem(a_grid(interval_min=30), shifts=(DAY,))
GOOD = an_assignment(ASKED, 0)


def faults(shift: Assignment) -> list[str]:
    return [v.fault for v in found(RULE, ASKED, Roster(ASKED.grid, (shift,)))]


def moved(*offsets: int) -> Assignment:
    return an_assignment(ASKED, 0, breaks=offsets)


def with_break(position: int, **changes: object) -> Assignment:
    breaks = list(GOOD.breaks)
    breaks[position] = replace(breaks[position], **changes)
    return replace(GOOD, breaks=tuple(breaks))


@pytest.mark.parametrize("offsets", [(60, 90, 300), (120, 135, 300), (75, 180, 300)])
def test_breaks_anywhere_in_their_windows(offsets: tuple[int, ...]) -> None:
    assert faults(moved(*offsets)) == []
    assert possible(ASKED, Roster(ASKED.grid, (moved(*offsets),)))


def test_a_break_too_soon_after_the_one_before() -> None:
    """At least an hour and a half at work before each break."""
    breaks = (BreakRule(15, True, 60, 120, gap_min=90), BreakRule(30, False, 90, 240, gap_min=90))
    asked = a_problem(a_grid(interval_min=30), shifts=(replace(DAY, breaks=breaks),))

    def faults_at(*offsets: int) -> list[str]:
        shift = an_assignment(asked, 0, breaks=offsets)
        return [v.fault for v in found(RULE, asked, Roster(asked.grid, (shift,)))]

    assert faults_at(90, 195) == []
    assert faults_at(75, 195) == faults_at(90, 180) == ["break_gap"]


@pytest.mark.parametrize(
    "offsets",
    [(45, 90, 300), (135, 150, 300), (60, 195, 300), (90, 90, 300), (60, 90, 315)],
    ids=["early", "late", "meal late", "together", "gap late"],
)
def test_a_break_out_of_its_window_or_over_another(offsets: tuple[int, ...]) -> None:
    assert faults(moved(*offsets)) == ["break_window"]


@pytest.mark.parametrize(
    ("shift", "fault"),
    [
        (replace(GOOD, agent="X"), "unknown_agent"),
        (replace(GOOD, shift_code="X"), "unknown_shift"),
        (replace(GOOD, day=7), "outside"),
        (replace(GOOD, day=-1), "outside"),
        (replace(GOOD, day=1), "start"),
        (replace(GOOD, end=GOOD.end - 30), "length"),
        (replace(GOOD, breaks=GOOD.breaks[:2]), "break_count"),
        (with_break(0, paid=False), "break_kind"),
        (with_break(1, end=GOOD.breaks[1].end + 15), "break_kind"),
        (with_break(2, kind=BreakKind.BREAK), "break_kind"),
    ],
)
def test_everything_else_that_differs_from_the_template(shift: Assignment, fault: str) -> None:
    assert faults(shift) == [fault]


def test_a_start_between_two_allowed_ones() -> None:
    breaks = tuple(replace(b, start=b.start + 15, end=b.end + 15) for b in GOOD.breaks)
    late = replace(GOOD, start=GOOD.start + 15, end=GOOD.end + 15, breaks=breaks)
    assert faults(late) == ["start"]


def test_breaks_in_quarters_on_a_grid_of_half_hours() -> None:
    """The roster's own step is what shifts and breaks need: 15 minutes."""
    assert ASKED.slot_min == 15


@pytest.mark.parametrize(
    ("first_day", "start"), [(date(2026, 3, 29), 480), (date(2026, 10, 25), 600)]
)
def test_a_start_is_a_clock_time_on_the_day_of_a_clock_change(first_day: date, start: int) -> None:
    """09:00 is 8 or 10 hours after midnight; the shift itself keeps its length."""
    asked = a_problem(a_grid(first_day, 3, 30, "Europe/Berlin"), shifts=(DAY,))
    roster = a_roster(asked, "DDD")
    assert roster.assignments[0].start == start
    assert found(RULE, asked, roster) == []
    assert possible(asked, roster)
    off = replace(roster.assignments[0], start=540, end=540 + DAY.length_min, breaks=())
    assert "start" in [v.fault for v in found(RULE, asked, Roster(asked.grid, (off,)))]


def test_a_start_that_the_clock_skips_is_no_start() -> None:
    """02:30 does not exist on the last Sunday of March."""
    skipped = a_shift(earliest_start=120, latest_start=180, grid_min=30)
    asked = a_problem(a_grid(date(2026, 3, 29), 3, 30, "Europe/Berlin"), shifts=(skipped,))
    assert asked.grid.minute(0, 150) is None
    three = an_assignment(asked, 0, clock=180)
    assert three.start == 120
    assert found(RULE, asked, Roster(asked.grid, (three,))) == []
    assert possible(asked, Roster(asked.grid, (three,)))
