"""Every shift that may start on the grid, whoever works it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...data.rules import Rules
from .day_work import DayKind, DayWork
from .problem import RosterProblem


@dataclass(frozen=True)
class ShiftOptions:
    """Arrays over the options (day × shift template × start), sorted by day, then start.

    `day` is the grid day, `template` the position in `problem.shifts`, `clock` the start's clock
    minute at the shift's site, `start` and `end` elapsed minutes of the grid, `paid` paid minutes.
    Days ``d`` hold the options ``first[d]`` up to ``first[d + 1]``. A start that the clock skips on
    the day, or that lies before the grid (at a site whose clock is ahead), is no option.
    """

    day: NDArray[np.int64]
    template: NDArray[np.int64]
    clock: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    paid: NDArray[np.int64]
    night: NDArray[np.bool_]
    weekend: NDArray[np.bool_]
    first: NDArray[np.int64]

    @property
    def size(self) -> int:
        return len(self.day)

    def works(self, problem: RosterProblem) -> list[DayWork]:
        """What each option makes of its day, as counters see it."""
        codes = [problem.shifts[k].code for k in self.template.tolist()]
        ends = self.clock + (self.end - self.start)
        return day_works(problem, codes, self.clock, ends, self.paid)


def shift_options(problem: RosterProblem) -> ShiftOptions:
    """The options of a problem's shift templates on its grid."""
    rows: list[tuple[int, int, int, int, int, int]] = []
    for day in range(problem.grid.days):
        for position, shift in enumerate(problem.shifts):
            if problem.weekday(day) not in shift.weekdays:
                continue
            site = problem.clocks.of(shift.code)
            for clock in shift.starts:
                begins = site.minute(day, clock)
                if begins is not None and begins >= 0:
                    row = (day, position, clock, begins, begins + shift.length_min, shift.paid_min)
                    rows.append(row)
    rows.sort(key=lambda row: (row[0], row[3], row[1]))
    table = np.array(rows, dtype=np.int64).reshape(-1, 6)
    columns: list[NDArray[np.int64]] = [table[:, i].copy() for i in range(6)]
    days, templates, clocks, starts, ends, paid = columns
    weekend_days = [
        problem.weekday(d) in problem.rules.weekend_days for d in range(problem.grid.days)
    ]
    return ShiftOptions(
        days,
        templates,
        clocks,
        starts,
        ends,
        paid,
        night=is_night(problem.rules, clocks, clocks + (ends - starts)),
        weekend=np.array(weekend_days, dtype=bool)[days],
        first=np.searchsorted(days, np.arange(problem.grid.days + 1)),
    )


def day_works(
    problem: RosterProblem,
    codes: Sequence[str],
    clock_start: NDArray[np.int64],
    clock_end: NDArray[np.int64],
    paid: NDArray[np.int64],
) -> list[DayWork]:
    """Shifts as counters see them, from their clock minutes (the end may exceed 1440)."""
    rules = problem.rules
    night = is_night(rules, clock_start, clock_end)
    early, late = clock_start < rules.early_before, clock_end > rules.late_after
    classes = problem.clock_classes
    flags = zip(codes, paid, night, early, late, clock_start, clock_end, strict=True)
    return [
        DayWork(
            DayKind.SHIFT,
            int(minutes),
            bool(at_night),
            code,
            bool(is_early),
            bool(is_late),
            classes.begin[int(begin)],
            classes.end[int(end)],
        )
        for code, minutes, at_night, is_early, is_late, begin, end in flags
    ]


def is_night(
    rules: Rules, clock_start: NDArray[np.int64], clock_end: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Whether shifts between clock minutes (the end may exceed 1440) touch the night hours."""
    length = (rules.night_to - rules.night_from) % 1440
    night = np.zeros(np.shape(clock_start), dtype=bool)
    if length:
        for day in (-1, 0, 1):
            begins = rules.night_from + 1440 * day
            night |= (clock_start < begins + length) & (clock_end > begins)
    return night
