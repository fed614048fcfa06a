"""Rostered time that is not worked, by weekday: from a roster, or from activity alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .estimate import Estimate, ratio_estimate
from .log import ContactLog
from .presence import Spells

_WEEKDAYS = 7

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class WorkTimes:
    """Rostered work, breaks cut out; arrays of shape (pieces,). `agent` is a place in the log's
    agents, `day` the day number that the shift belongs to, times in seconds of the log's grid."""

    agent: NDArray[np.int64]
    day: NDArray[np.int64]
    start_s: Floats
    end_s: Floats


@dataclass(frozen=True)
class Shrinkage:
    """Share of time away by weekday, Monday first.

    With a roster: rostered work in which the agent was not seen, absent days too. Without one
    (`from_roster` False): the part of an agent's day, from the first contact to the last, that lies
    in gaps too long to be idle time. It holds the rostered breaks, and no absent days.
    """

    by_weekday: tuple[Estimate, ...]
    overall: Estimate
    from_roster: bool


def estimate_shrinkage(log: ContactLog, spells: Spells, rostered: WorkTimes | None) -> Shrinkage:
    """Shrinkage of the agents of a log, days of an agent taken as independent draws."""
    work = _own_days(log, spells) if rostered is None else rostered
    length = work.end_s - work.start_s
    away = length - _seen(work, spells)
    agents = max(len(log.agents), 1)
    place, inverse = np.unique(work.day * agents + work.agent, return_inverse=True)
    length = _summed(inverse, length, len(place))
    away = _summed(inverse, away, len(place))
    weekday = (place // agents + log.grid.first_day.weekday()) % _WEEKDAYS
    return Shrinkage(
        tuple(
            ratio_estimate(away[weekday == day], length[weekday == day]) for day in range(_WEEKDAYS)
        ),
        ratio_estimate(away, length),
        rostered is not None,
    )


def _own_days(log: ContactLog, spells: Spells) -> WorkTimes:
    """From each agent's first contact of a day to the last."""
    starts = log.grid.day_minute * 60
    day = np.searchsorted(starts, spells.start_s, side="right") - 1
    agents = max(len(log.agents), 1)
    place, first = np.unique(day * agents + spells.agent, return_index=True)
    # Spells are in order of agent and start, so a day's spells of an agent are neighbours.
    order = np.argsort(first)
    place, first = place[order], first[order]
    begin = spells.start_s[first]
    end = np.maximum.reduceat(spells.end_s, first) if len(first) else begin
    return WorkTimes(place % agents, place // agents, begin, end)


def _seen(work: WorkTimes, spells: Spells) -> Floats:
    """Seconds of each piece of work that lie inside the agent's spells."""
    seen = np.zeros(len(work.agent))
    for agent in np.unique(work.agent):
        pieces, own = work.agent == agent, spells.agent == agent
        start, end = spells.start_s[own], spells.end_s[own]
        worked = np.concatenate([[0.0], np.cumsum(end - start)])
        before = [
            np.interp(moments, np.column_stack([start, end]).ravel(), _steps(worked))
            if len(start)
            else np.zeros(len(moments))
            for moments in (work.start_s[pieces], work.end_s[pieces])
        ]
        seen[pieces] = before[1] - before[0]
    return seen


def _steps(worked: Floats) -> Floats:
    """Time worked at the start and the end of each spell."""
    return np.column_stack([worked[:-1], worked[1:]]).ravel()


def _summed(place: NDArray[np.int64], values: Floats, size: int) -> Floats:
    return np.bincount(place, values, minlength=size).astype(float)
