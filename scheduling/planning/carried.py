"""What agents bring along from earlier weeks: their night and weekend shifts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from ...data.grid import TimeGrid
from ...data.rules import Rules
from ..rostering.options import is_night
from ..rostering.roster import Assignment

MEMORY_DAYS = 28  # four weeks: the period most fair-sharing agreements look back on


def carried_shares(
    previous: Iterable[Assignment], grid: TimeGrid, rules: Rules
) -> tuple[tuple[str, int, int], ...]:
    """(agent id, night shifts, weekend shifts) of the MEMORY_DAYS before the grid.

    `previous` holds assignments on the same grid, with negative day numbers.
    """
    nights: Counter[str] = Counter()
    weekends: Counter[str] = Counter()
    agents: set[str] = set()
    for shift in previous:
        if not -MEMORY_DAYS <= shift.day < 0:
            continue
        agents.add(shift.agent)
        begin = grid.moment(shift.start)
        clock = np.array([begin.hour * 60 + begin.minute])
        nights[shift.agent] += bool(is_night(rules, clock, clock + shift.end - shift.start)[0])
        weekday = (grid.first_day.weekday() + shift.day) % 7
        weekends[shift.agent] += weekday in rules.weekend_days
    return tuple((agent, nights[agent], weekends[agent]) for agent in sorted(agents))
