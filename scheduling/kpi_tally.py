"""What a roster does for one queue, interval by interval, in sums that add up.

A tally is a frame with one row an interval and the columns `TALLY`: amounts only, so that days,
weeks and all queues together are sums of it and every ratio is weighted by its own denominator.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import gammaln

from .queueing.deadline import work_off
from .staffing.deadlines import carried_over, deadline_intervals
from .staffing.demand import QueueDemand
from .staffing.moments import average_performance
from .staffing.offered_load import formula_moments
from .staffing.requirement import DeadlineWork

Array = NDArray[np.float64]

TALLY = (
    "contacts",
    "waiting",  # attempts to reach an agent (phone, chat): contacts, and those who try again
    "good",  # numerator of the service level, in contacts
    "counted",  # its denominator
    "answered",
    "abandoned",
    "wait_s",  # seconds that the answered waited, all together
    "due",  # e-mails whose deadline passes within the horizon, or that are done before it
    "in_time",  # of these, done by their deadline
    "busy_hours",  # agent time filled with contacts, after unplanned shrinkage
    "available_hours",  # agent time on the queue, after unplanned shrinkage
    "required_hours",
    "rostered_hours",
    "under_hours",
    "over_hours",
    "limited",  # attempts at queues with a limit of lines
    "blocked",  # of these, attempts that find every line taken
    "let_in",  # attempts that are not blocked, at queues with a longest wait
    "waited_within",  # of these, those that wait no longer
    "reply_counted",  # customers or turns that a reply rate is of, inside its assessment window
    "replied",  # of these, replied to in time
    "backlog_hours",  # a stock, not a sum: rostered hours of work that wait at the end; NaN if none
)

_REACH_SD, _REACH_AGENTS = 5.0, 4.0
"""Numbers of absent agents further from their mean than five standard deviations and four agents
(less than one case in a million) are left out."""


def live_tally(
    demand: QueueDemand, required: Array, heads: Array, interval_min: int
) -> pd.DataFrame:
    """Tally of a phone or chat queue with `heads` rostered where `required` are needed; shape
    (grid.size,) both.

    The formulas are asked at the load of the interval, which carries over from the one before
    (`formula_moments`). Each rostered agent is absent with probability shrinkage, independently:
    the performance is averaged over the binomial number of agents present. Where part of an
    interval has one agent more, it is the average of both parts.

    The stationary wait has no bound where agents can barely or not keep up and nobody gives up.
    A wait counts as at most one interval there, however long the formula's line would grow: the
    line has not stood longer than that in this interval.
    """
    hours = interval_min / 60
    tally = _coverage(demand.contacts, required, heads, hours)
    shrinkage = demand.profile.shrinkage
    tally["available_hours"] = heads * (1 - shrinkage) * hours

    busy = np.flatnonzero(demand.contacts > 0)
    at, agents, probability = _agents_present(heads[busy], shrinkage)
    row = busy[at]
    contacts = demand.contacts[row] * probability
    moments = formula_moments(demand, interval_min).take(row)
    result = average_performance(
        demand.profile, moments, demand.aht_s[row], agents, longest_asa_s=interval_min * 60.0
    )
    attempts = contacts * (1 + result.repeats)
    answered = attempts * (1 - result.abandonment - result.blocked)
    assessed = 0.0 if demand.assessed is None else attempts * demand.assessed[row]
    limited = 0.0 if demand.profile.lines is None else attempts
    amounts = {
        "waiting": attempts,
        "good": attempts * result.good,
        "counted": attempts * result.counted,
        "answered": answered,
        "abandoned": attempts * result.abandonment,
        "limited": limited * np.ones(row.size),
        "blocked": attempts * result.blocked,
        "let_in": attempts * (1 - result.blocked) * np.isfinite(result.wait_within),
        "waited_within": attempts * (1 - result.blocked) * result.wait_within,
        "reply_counted": assessed * result.reply_counted,
        "replied": assessed * result.replied,
        "wait_s": answered * result.asa_s,
        "busy_hours": probability * result.occupancy * agents * hours,
    }
    for column, amount in amounts.items():
        # What a queue has no target for (NaN) stays out of the sums.
        tally[column] = np.bincount(row, np.nan_to_num(amount), minlength=heads.size)
    return tally


def email_tally(
    demand: QueueDemand, work: DeadlineWork, placed: Array, heads: Array, interval_min: int
) -> pd.DataFrame:
    """Tally of a deadline queue with `heads` rostered where `placed` were planned.

    Heads work off what waits, oldest first, while the queue is open. The horizon begins with the
    backlog that the requirement begins with (`carried_over`); in time means by the deadline
    itself, even where opening hours make that impossible. Work may be done at any time until it
    is due: hours short are those that fall due undone, hours over those in which nothing waits.
    """
    hours = interval_min / 60
    profile, size = demand.profile, heads.size
    tally = _coverage(demand.contacts, placed, heads, hours)
    deadline = np.arange(size) + deadline_intervals(profile, interval_min) - 1
    capacity = np.where(work.open, heads, 0.0)
    flow = work_off(work.work, deadline, capacity, float(carried_over(work).sum()))
    contacts_per_work = np.divide(
        demand.contacts, work.work, out=np.zeros(size), where=work.work > 0
    )
    late = (flow.known - flow.in_time)[deadline < size]
    tally["under_hours"] = np.bincount(deadline[deadline < size], late, minlength=size) * hours
    tally["over_hours"] = (heads - flow.done) * hours
    tally["due"] = flow.known * contacts_per_work
    tally["in_time"] = flow.in_time * contacts_per_work
    present = (1 - profile.shrinkage) * hours
    tally["busy_hours"] = flow.done * present * (profile.target.max_occupancy or 1.0)
    tally["available_hours"] = heads * present
    tally["backlog_hours"] = flow.backlog * hours
    return tally


def _coverage(contacts: Array, required: Array, heads: Array, hours: float) -> pd.DataFrame:
    tally = pd.DataFrame(0.0, index=range(heads.size), columns=list(TALLY))
    tally["contacts"] = contacts
    tally["required_hours"] = required * hours
    tally["rostered_hours"] = heads * hours
    tally["under_hours"] = np.maximum(required - heads, 0.0) * hours
    tally["over_hours"] = np.maximum(heads - required, 0.0) * hours
    tally["backlog_hours"] = np.nan
    return tally


def _agents_present(
    heads: Array, shrinkage: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], Array]:
    """Every likely number of agents present: (index into heads, agents, probability), flat."""
    whole = np.floor(heads + 1e-9).astype(np.int64)
    part = np.maximum(heads - whole, 0.0)
    part[part < 1e-9] = 0.0
    index = np.concatenate([np.arange(heads.size), np.flatnonzero(part)])
    rostered = np.concatenate([whole, whole[part > 0] + 1])
    share = np.concatenate([1.0 - part, part[part > 0]])
    if shrinkage == 0:
        return index, rostered, share
    mean = rostered * (1 - shrinkage)
    reach = _REACH_SD * np.sqrt(mean * shrinkage) + _REACH_AGENTS
    fewest = np.ceil(np.maximum(mean - reach, 0)).astype(np.int64)
    most = np.floor(np.minimum(mean + reach, rostered)).astype(np.int64)
    count = most - fewest + 1
    of = np.repeat(np.arange(index.size), count)
    agents = fewest[of] + np.arange(of.size) - (np.cumsum(count) - count)[of]
    weight = _binomial(agents, rostered[of], 1 - shrinkage)
    weight /= np.bincount(of, weight)[of]
    return index[of], agents, share[of] * weight


def _binomial(successes: NDArray[np.int64], trials: NDArray[np.int64], chance: float) -> Array:
    log_ways = gammaln(trials + 1) - gammaln(successes + 1) - gammaln(trials - successes + 1)
    log_chance = successes * np.log(chance) + (trials - successes) * np.log1p(-chance)
    weight: Array = np.exp(log_ways + log_chance)
    return weight
