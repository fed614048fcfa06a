"""The share of agents at work who are ready: found so that the past comes out as it was.

No log names the time in which an agent at work cannot or does not take a contact. It is what is
left when handle times, patience and the agents at work are known, so it is found by calibration:
`ready` and `pressed` are chosen so that the transient model of the past days expects as many
waiting customers, and as long waits, as there were; `return_s` so that it expects as many answers
in time. Newer days count for more, since habits of a team change: a day's weight halves every
three weeks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .estimate import UNKNOWN, Estimate, Z
from .flow import QueueFlow
from .transient import Readiness, run_flow

HALF_LIFE_DAYS = 21.0
MOST_DAYS = 84
"""Older days weigh less than a sixteenth and are not looked at."""

_START = np.array([0.8, 1.0])
_LEAST, _MOST = np.array([0.2, 0.2]), np.array([1.5, 3.0])
_STEP, _LARGEST_MOVE = 0.02, 0.12
_TOLERANCE, _MOST_ROUNDS = 0.003, 12
_LEAST_BACK = 0.01

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ReadinessFit:
    """The readiness found. `p_wait_error` and `wait_error` are what is left between model and
    past, as shares of the observed values: near 0 unless no readiness explains the past."""

    readiness: Readiness
    ready: Estimate
    pressed: Estimate
    p_wait_error: float
    wait_error: float


@dataclass(frozen=True)
class WaitingSeen:
    """What was observed, by day of a flow, shape (days,): contacts, those who waited, seconds
    waited, and answers within `within_s` seconds."""

    contacts: Floats
    waited: Floats
    wait_s: Floats
    in_time: Floats
    within_s: float


def day_weights(days: int) -> Floats:
    """Weight of each day before today, oldest first: shape (days,), the newest near 1."""
    age = np.arange(days, 0, -1) - 0.5
    return np.asarray(0.5 ** (age / HALF_LIFE_DAYS))


def fit_readiness(
    flow: QueueFlow, seen: WaitingSeen, patience_s: float, weight: Floats
) -> ReadinessFit | None:
    """Readiness for days with the given weights, shape (days,); None if nobody ever waited, which
    says nothing of how many agents were ready beyond what was needed.

    Two equations in two unknowns by Broyden's method (Math. Comp. 19, 1965), which needs one run of
    the model a round. Ranges follow from the days' differences through the equations' slopes.
    """
    if not (weight @ seen.waited > 0 and weight @ seen.wait_s > 0):
        return None

    def errors_of(place: Floats) -> tuple[Floats, Floats]:
        result = run_flow(flow, patience_s, _readiness_at(place))
        expected = np.stack([result.waiting.sum(axis=1), result.waited_s.sum(axis=1)])
        came = np.stack([seen.waited, seen.wait_s])
        by_day = weight * (expected - came) / (came @ weight)[:, None]
        return by_day.sum(axis=1), by_day

    place = _START.copy()
    error, by_day = errors_of(place)
    slope = np.empty((2, 2))
    for which in range(2):
        aside = place.copy()
        aside[which] += _STEP
        slope[:, which] = (errors_of(aside)[0] - error) / _STEP
    for _ in range(_MOST_ROUNDS):
        if np.abs(error).max() <= _TOLERANCE:
            break
        move = np.clip(-np.linalg.pinv(slope) @ error, -_LARGEST_MOVE, _LARGEST_MOVE)
        new = np.clip(place + move, _LEAST, _MOST)
        move = new - place
        if not move.any():
            break
        before, place = error, new
        error, by_day = errors_of(place)
        slope = slope + np.outer(error - before - slope @ move, move) / (move @ move)
    spread = _standard_errors(slope, by_day)
    days = int(np.count_nonzero(seen.contacts))
    return ReadinessFit(
        _readiness_at(place, _return_s(flow, seen, patience_s, weight, place)),
        _estimate(float(place[0]), float(spread[0]), days),
        _estimate(float(place[1]), float(spread[1]), days),
        float(error[0]),
        float(error[1]),
    )


def _return_s(
    flow: QueueFlow, seen: WaitingSeen, patience_s: float, weight: Floats, place: Floats
) -> float:
    """Mean time of a return, so that as many are answered in time as were: those that no return
    decides, and the share of the others that a return within the threshold has to bring."""
    never = run_flow(flow, patience_s, _readiness_at(place, np.inf), [seen.within_s])
    without = float(weight @ never.answered_within[0].sum(axis=1))
    returned_to = float(weight @ never.returned_to.sum(axis=1))
    if returned_to <= 0:
        return 0.0
    share = (float(weight @ seen.in_time) - without) / returned_to
    share = min(max(share, _LEAST_BACK), 1.0)
    return 0.0 if share == 1.0 else -seen.within_s / float(np.log1p(-share))


def _readiness_at(place: Floats, return_s: float = 0.0) -> Readiness:
    return Readiness(float(place[0]), float(place[1]), return_s)


def _standard_errors(slope: Floats, by_day: Floats) -> Floats:
    """Standard errors of the two numbers, with days as independent draws (delta method)."""
    days = by_day.shape[1]
    centred = by_day - by_day.mean(axis=1, keepdims=True)
    variance = centred @ centred.T * (days / max(days - 1, 1))
    inverse = np.linalg.pinv(slope)
    return np.sqrt(np.maximum(np.diag(inverse @ variance @ inverse.T), 0.0))


def _estimate(value: float, error: float, days: int) -> Estimate:
    if days == 0:
        return UNKNOWN
    return Estimate(value, max(value - Z * error, 0.0), value + Z * error, days)
