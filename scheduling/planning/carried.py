"""What agents bring along from earlier weeks: night and weekend shifts, and requests refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from ...data.grid import TimeGrid
from ...data.people import Request
from ...data.rules import Rules
from ..rostering.options import is_night
from ..rostering.problem import RosterProblem
from ..rostering.requests import is_met
from ..rostering.roster import Assignment

MEMORY_DAYS = 28  # four weeks: the period most fair-sharing agreements look back on
FAVOUR = 1.0
"""What is added to the weight of a request, as a share of it, if all that its agent asked for in
the weeks before was refused."""


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


def favoured_requests(problem: RosterProblem) -> tuple[Request, ...]:
    """The requests for the grid's days, dearer to refuse for those who were refused before.

    The weight of an agent's request is multiplied by 1 + FAVOUR × the share of the agent's requests
    of the MEMORY_DAYS before that the published shifts (`problem.history`) do not meet. Days for
    which nothing is published do not count. Requests of earlier days stay as they are.
    """
    known = {shift.day for shift in problem.history if shift.day >= -MEMORY_DAYS}
    worked = {(shift.agent, shift.day): shift for shift in problem.history}
    asked: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for request in problem.requests:
        day = problem.grid.day_number(request.day)
        if day in known:
            asked[request.agent] += 1
            met = is_met(problem, request, worked.get((request.agent, day)))
            refused[request.agent] += not met
    favour = {agent: 1 + FAVOUR * refused[agent] / asked[agent] for agent in asked}
    return tuple(
        replace(request, weight=request.weight * favour.get(request.agent, 1.0))
        if problem.grid.day_number(request.day) >= 0
        else request
        for request in problem.requests
    )
