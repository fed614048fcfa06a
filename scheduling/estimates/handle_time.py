"""Handle time of a queue: its mean and spread, and what the agent and the hour make of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .estimate import Estimate, mean_estimate, share_estimate
from .log import ContactLog

SHORT_S = 10.0
"""Contacts handled in no more than this are rarely contacts: wrong numbers, agents' hang-ups."""

_PRIOR_CONTACTS = 30.0
"""An agent or hour seen in fewer contacts than this is mostly taken as average."""

_ROUNDS = 12
_LEAST = 10
_HOURS = 24

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class HandleTimes:
    """Handle time of one queue's answered contacts, in seconds.

    `mean_s` is over all of them, `without_short_s` over those longer than `SHORT_S`, `short` the
    share of the others, `cv` the standard deviation ÷ mean. `by_hour_s` has shape (24,), by hour of
    the entry, NaN where fewer than ten were answered. `pace` says what an agent needs at a given
    hour, `day_spread` how far whole days lie from it (standard deviation of the logarithm).
    """

    mean_s: Estimate
    without_short_s: Estimate
    short: Estimate
    cv: float
    by_hour_s: Floats
    pace: HandlePace
    day_spread: float


@dataclass(frozen=True)
class HandlePace:
    """Mean handle time as a product: `mean_s` × `hour`, shape (24,) × `agent`, shape (agents,).

    Each factor is 1 for the average and drawn towards it where it was seen in few contacts.
    """

    mean_s: float
    hour: Floats
    agent: Floats

    def expected_s(self, hour: NDArray[np.int64], agent: NDArray[np.int64]) -> Floats:
        """Mean handle time in seconds; arrays of one shape, agent −1 is an average one."""
        factor = np.append(self.agent, 1.0)[agent]
        return np.asarray(self.mean_s * self.hour[hour] * factor)


def estimate_handle_times(log: ContactLog) -> HandleTimes | None:
    """Handle times of the contacts of a log; None if no answered contact tells its own."""
    known = log.answered & ~np.isnan(log.handle_s)
    handle = log.handle_s[known]
    if len(handle) == 0:
        return None
    short = handle <= SHORT_S
    hour = hour_of(log)
    count = np.bincount(hour[known], minlength=_HOURS)
    total = np.bincount(hour[known], handle, minlength=_HOURS)
    pace = _fitted_pace(handle, hour[known], log.agent[known], len(log.agents))
    return HandleTimes(
        mean_s=mean_estimate(handle),
        without_short_s=mean_estimate(handle[~short]),
        short=share_estimate(int(short.sum()), len(handle)),
        cv=float(handle.std() / handle.mean()),
        by_hour_s=np.divide(total, count, out=np.full(_HOURS, np.nan), where=count >= _LEAST),
        pace=pace,
        day_spread=_day_spread(log, pace),
    )


def hour_of(log: ContactLog) -> NDArray[np.int64]:
    """Local hour (0–23) of each entry."""
    return log.grid.minute_of_day[log.interval] // 60


def level_by_day(log: ContactLog, pace: HandlePace) -> Floats:
    """Handle time of each day's contacts ÷ what the pace expects of them: shape (days,).

    Near 1 where a day answered little.
    """
    known = log.answered & ~np.isnan(log.handle_s)
    day = log.day[known]
    expected = pace.expected_s(hour_of(log)[known], log.agent[known])
    prior = _PRIOR_CONTACTS * pace.mean_s
    came = np.bincount(day, log.handle_s[known], minlength=log.grid.days) + prior
    return np.asarray(came / (np.bincount(day, expected, minlength=log.grid.days) + prior))


def _day_spread(log: ContactLog, pace: HandlePace) -> float:
    """Standard deviation of the logarithm of the days' levels, days by their contacts."""
    contacts = np.bincount(log.day, minlength=log.grid.days)
    level = np.log(level_by_day(log, pace))
    mean = float(np.average(level, weights=contacts))
    return float(np.sqrt(np.average((level - mean) ** 2, weights=contacts)))


def _fitted_pace(
    handle: Floats, hour: NDArray[np.int64], agent: NDArray[np.int64], agents: int
) -> HandlePace:
    """Factors of hour and agent in turn, each so that its contacts' total is met (iterative
    proportional fitting, which is quasi-likelihood with variance proportional to the mean)."""
    mean = float(handle.mean())
    prior = _PRIOR_CONTACTS * mean
    who = np.where(agent >= 0, agent, agents)  # the last place is of contacts that name no agent
    by_hour, by_agent = np.ones(_HOURS), np.ones(agents + 1)
    hour_total = np.bincount(hour, handle, minlength=_HOURS) + prior
    agent_total = np.bincount(who, handle, minlength=agents + 1) + prior
    for _ in range(_ROUNDS):
        due = np.bincount(hour, mean * by_agent[who], minlength=_HOURS)
        by_hour = hour_total / (due + prior)
        due = np.bincount(who, mean * by_hour[hour], minlength=agents + 1)
        by_agent = agent_total / (due + prior)
    return HandlePace(mean, by_hour, by_agent[:agents])
