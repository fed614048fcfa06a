"""Which requests a roster meets."""

from __future__ import annotations

from dataclasses import dataclass

from ...data.people import Request, RequestKind
from .problem import RosterProblem
from .roster import Assignment, Roster
from .site_clocks import SiteClocks


@dataclass(frozen=True)
class RequestOutcome:
    """A request for a day of the grid, and whether the roster meets it."""

    request: Request
    met: bool


def request_outcomes(problem: RosterProblem, roster: Roster) -> tuple[RequestOutcome, ...]:
    """Every request for a day of the grid, in the order given. On leave, wishes about hours and
    days off are met, a wish for a shift is not."""
    by_day = {(shift.agent, shift.day): shift for shift in roster.assignments}
    found = []
    for request in problem.requests:
        day = problem.grid.day_number(request.day)
        if 0 <= day < problem.grid.days and request.agent in problem.contract_of:
            shift = by_day.get((request.agent, day))
            found.append(RequestOutcome(request, is_met(problem.clocks, request, shift)))
    return tuple(found)


def is_met(clocks: SiteClocks, request: Request, shift: Assignment | None) -> bool:
    """Whether the shift (None: a day off) on the request's day meets it."""
    if shift is None:
        return request.kind is not RequestKind.SHIFT
    clock = clocks.of(shift.shift_code).clock(shift.start)
    return clock_meets(request, shift.shift_code, clock, clock + shift.end - shift.start)


def clock_meets(request: Request, shift_code: str, clock_start: int, clock_end: int) -> bool:
    """Whether a shift with these clock minutes (the end may exceed 1440) meets a request."""
    if request.kind is RequestKind.DAY_OFF:
        return False
    if request.kind is RequestKind.SHIFT:
        return shift_code == request.shift_code
    if request.kind is RequestKind.SHIFT_OFF:
        return shift_code != request.shift_code
    assert request.minute is not None
    if request.kind is RequestKind.START_FROM:
        return clock_start >= request.minute
    return clock_end <= request.minute
