"""The hours of a roster by pay code: normal, overtime by its rate, at night, leave.

Rates follow article 44 of China's Labour Law (150 % on workdays, 200 % on rest days that no other
day off makes good, 300 % on statutory holidays); centres elsewhere read them as kinds of overtime.
Overtime is what an agent's week holds above the most of the contract, its last minutes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...data.calendar import Calendar, DayKind
from ...data.people import Agent
from ...data.public_holidays import public_holidays
from ..rostering.problem import RosterProblem
from ..rostering.roster import Assignment, Roster
from ..rostering.rules.contract_hours import average_day


class PayCode(StrEnum):
    """Every paid minute has one code; `NIGHT` minutes are counted a second time."""

    NORMAL = "normal"
    OVERTIME_150 = "overtime_150"  # above the contract's week, on a workday
    OVERTIME_200 = "overtime_200"  # above the contract's week, on a day of the weekend
    OVERTIME_300 = "overtime_300"  # on a statutory holiday
    NIGHT = "night"  # in the night hours of the rules
    LEAVE = "leave"  # paid leave: a day as the contract's average one, hours off out of a shift

    @property
    def rate(self) -> float:
        """Multiple of the hourly wage; what is paid on top for nights is not known here."""
        return _RATES.get(self, 1.0)


_RATES = {
    PayCode.OVERTIME_150: 1.5,
    PayCode.OVERTIME_200: 2.0,
    PayCode.OVERTIME_300: 3.0,
    PayCode.NIGHT: 0.0,
}


@dataclass(frozen=True)
class PayLine:
    """An agent's minutes of one pay code on a local date."""

    agent: str
    day: date
    code: PayCode
    minutes: int


@dataclass(frozen=True)
class PayDays:
    """Dates that are paid in a way of their own: statutory holidays, and days of a weekend that
    are worked like others (make-up workdays)."""

    holidays: Set[date] = frozenset()
    workdays: Set[date] = frozenset()


def pay_days(calendar: Calendar, years: Iterable[int]) -> PayDays:
    """The statutory holidays of the calendar's country, or without one the holidays that the
    planner's calendar names; and the make-up workdays of both."""
    workdays = set(calendar.days(DayKind.WORKDAY))
    if calendar.country is None:
        return PayDays(frozenset(calendar.days(DayKind.HOLIDAY)), frozenset(workdays))
    known = public_holidays(calendar.country, tuple(sorted(set(years))))
    return PayDays(known.statutory - workdays, frozenset(workdays | known.workdays))


def pay_lines(problem: RosterProblem, roster: Roster, days: PayDays) -> tuple[PayLine, ...]:
    """The lines of every agent in order of date and code, of shifts that begin on the grid.

    Minutes past midnight count on the date they are worked. Published shifts of a week that began
    before the grid count towards its limit.
    """
    timeline = problem.timeline(roster)
    return tuple(
        line
        for agent in problem.agents
        for line in _sorted(_agent_lines(problem, agent, timeline[agent.id], days))
    )


def _sorted(lines: Iterator[PayLine]) -> list[PayLine]:
    order = list(PayCode)
    return sorted(lines, key=lambda line: (line.day, order.index(line.code)))


def _agent_lines(
    problem: RosterProblem, agent: Agent, shifts: list[Assignment], days: PayDays
) -> Iterator[PayLine]:
    worked: dict[tuple[date, PayCode], int] = {}
    for _, week in groupby(shifts, key=lambda shift: problem.week(shift.day)):
        for key, minutes in _week_minutes(problem, agent, list(week), days):
            worked[key] = worked.get(key, 0) + minutes
    for shift in shifts:
        for day, minutes in _hours_off(problem, shift):
            worked[day, PayCode.LEAVE] = worked.get((day, PayCode.LEAVE), 0) + minutes
    for (day, code), minutes in worked.items():
        yield PayLine(agent.id, day, code, minutes)
    busy = {shift.day for shift in shifts}
    leave = average_day(problem.contract_of[agent.id])
    for number, day in enumerate(problem.grid.dates):
        off = problem.leave.get((agent.id, number))
        if off is not None and off.paid and number not in busy and leave:
            yield PayLine(agent.id, day, PayCode.LEAVE, leave)


def _week_minutes(
    problem: RosterProblem, agent: Agent, week: list[Assignment], days: PayDays
) -> Iterator[tuple[tuple[date, PayCode], int]]:
    """(date and code, minutes) of a week's shifts that begin on the grid."""
    each = [_worked_minutes(shift) for shift in week]
    minutes = np.concatenate(each)
    counted = np.concatenate(
        [np.full(len(own), shift.day >= 0) for own, shift in zip(each, week, strict=True)]
    )
    clock = _clock(problem, minutes)
    dates = np.asarray(clock.date)
    holiday = _among(dates, days.holidays)
    most = problem.contract_of[agent.id].max_minutes
    left = np.inf if most is None else most - _leave_minutes(problem, agent, week)
    over = ~holiday & (np.cumsum(~holiday) > left)
    weekend = np.isin(clock.day_of_week, list(problem.rules.weekend_days))
    rest = weekend & ~_among(dates, days.workdays)
    of_code = {
        PayCode.NORMAL: ~holiday & ~over,
        PayCode.OVERTIME_150: over & ~rest,
        PayCode.OVERTIME_200: over & rest,
        PayCode.OVERTIME_300: holiday,
        PayCode.NIGHT: _at_night(problem, clock),
    }
    for code, mask in of_code.items():
        found, many = np.unique(dates[mask & counted], return_counts=True)
        yield from (((day, code), int(n)) for day, n in zip(found, many, strict=True))


def _among(dates: NDArray[np.object_], days: Set[date]) -> NDArray[np.bool_]:
    return np.array([day in days for day in dates], dtype=bool)


def _clock(problem: RosterProblem, minutes: NDArray[np.int64]) -> pd.DatetimeIndex:
    start = pd.Timestamp(problem.grid.moment(0))
    return pd.DatetimeIndex(start + pd.to_timedelta(minutes, unit="min"))


def _worked_minutes(shift: Assignment) -> NDArray[np.int64]:
    """Every paid minute of a shift that is not away, in elapsed minutes of the grid."""
    return np.flatnonzero(_marked(shift, at_work=True)) + shift.start


def _away_minutes(shift: Assignment) -> NDArray[np.int64]:
    """Every minute of a shift that is paid although the agent is away."""
    return np.flatnonzero(_marked(shift, at_work=False)) + shift.start


def _marked(shift: Assignment, *, at_work: bool) -> NDArray[np.bool_]:
    """The minutes of a shift that are paid for work, or for time away."""
    marked = np.full(shift.end - shift.start, at_work)
    for away in shift.away:
        marked[away.start - shift.start : away.end - shift.start] = away.paid and not at_work
    for pause in shift.breaks:
        if not pause.paid:
            marked[pause.start - shift.start : pause.end - shift.start] = False
    return marked


def _hours_off(problem: RosterProblem, shift: Assignment) -> Iterator[tuple[date, int]]:
    """(date, minutes) that a shift of the grid is paid for though its agent is away."""
    if shift.away and shift.day >= 0:
        dates = np.asarray(_clock(problem, _away_minutes(shift)).date)
        for day, many in zip(*np.unique(dates, return_counts=True), strict=True):
            yield day, int(many)


def _leave_minutes(problem: RosterProblem, agent: Agent, week: list[Assignment]) -> int:
    """Paid leave of the week of some shifts, which counts towards the contract's most."""
    number, busy = problem.week(week[0].day), {shift.day for shift in week}
    away = sum(
        off.paid and problem.week(day) == number and day not in busy
        for (who, day), off in problem.leave.items()
        if who == agent.id
    )
    hours = sum(len(_away_minutes(shift)) for shift in week if shift.away)
    return away * average_day(problem.contract_of[agent.id]) + hours


def _at_night(problem: RosterProblem, clock: pd.DatetimeIndex) -> NDArray[np.bool_]:
    rules = problem.rules
    minute = np.asarray(clock.hour * 60 + clock.minute)
    length = (rules.night_to - rules.night_from) % 1440
    return np.asarray((minute - rules.night_from) % 1440 < length)
