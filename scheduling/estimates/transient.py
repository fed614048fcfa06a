"""A queue through its days: what becomes of contacts while rates and agents change.

The number of contacts in the system is a birth–death chain whose rates change from step to step,
each day from an empty queue: M(t)/M/s(t)+M with agents who are not all ready at once. Its
probabilities follow from the forward equations by implicit Euler steps, which are stable for any
step and keep probabilities positive and summing to 1; the days are solved side by side as one
tridiagonal system.

Of n agents at work, `ready` × n take a contact at once. If more customers come, they wait, and
the longer the queue the more work gets done, up to `pressed` × n agents' worth (agents return from
side tasks, finish quicker): with q contacts beyond the ready agents,

    busy = ready · n + (pressed − ready) · n · (1 − exp(−q / n)),  at most the contacts there are.

A contact that makes one more agent busy beyond the ready ones waits for that agent's return, an
exponential time of mean `return_s`; the others wait in the queue. Ready = pressed = 1 is Erlang A.
Means follow from the probabilities by Little's law.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dgtsv
from scipy.special import betainc, gammainc

from .flow import QueueFlow

_NEGLIGIBLE = 1e-7
_MOST_STATES = 4000

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Readiness:
    """Shares of the agents at work: `ready` take a contact at once, `pressed` is what their work
    amounts to when many customers wait (above 1: they handle contacts faster then). `return_s` is
    the mean time in seconds until an agent who was not ready takes a waiting contact."""

    ready: float
    pressed: float
    return_s: float = 0.0

    def __post_init__(self) -> None:
        for name in ("ready", "pressed"):
            if not getattr(self, name) > 0:
                raise ValueError(f"{name} is {getattr(self, name)}, expected above 0")
        if self.return_s < 0:
            raise ValueError(f"return_s is {self.return_s}, expected 0 or more seconds")

    def back_within(self, within_s: float) -> float:
        """Share of the returns that take no longer than `within_s` seconds."""
        return 1.0 if self.return_s == 0 else -float(np.expm1(-within_s / self.return_s))


@dataclass(frozen=True)
class FlowResult:
    """Expected numbers in each step, shape (days, steps): contacts that come, those of them who
    wait, who are taken by an agent that returns for them, who are answered within each threshold
    (thresholds, days, steps), who give up in the step, and the seconds waited in it."""

    offered: Floats
    waiting: Floats
    returned_to: Floats
    answered_within: Floats
    abandoned: Floats
    waited_s: Floats


def run_flow(
    flow: QueueFlow, patience_s: float, readiness: Readiness, within_s: Sequence[float] = ()
) -> FlowResult:
    """Expected fate of the contacts of a flow; exponential patience, infinite if nobody gives up.

    Each threshold in `within_s` (seconds) costs about as much time as the rest.
    """
    days, steps = flow.rate.shape
    states = np.arange(_states(flow, patience_s) + 1, dtype=float)
    state = states[:-1]
    give_up = 1.0 / patience_s
    p = np.zeros((days, len(state)))
    p[:, 0] = 1.0
    offered = flow.rate * flow.step_s
    waiting, returned_to, abandoned, waited = (np.zeros((days, steps)) for _ in range(4))
    within = np.zeros((len(within_s), days, steps))
    coming = np.flatnonzero(flow.rate.any(axis=0))
    first, last = (int(coming[0]), int(coming[-1])) if len(coming) else (steps, steps)
    for step in range(first, steps):
        if step > last and p[:, 0].min() > 1.0 - _NEGLIGIBLE:
            break
        rate, agents = flow.rate[:, step, None], flow.agents[:, step, None]
        one = _inverse(agents)
        ready = readiness.ready * agents
        # Of one state more than there are: what another contact would make busy.
        busy_next = _busy(states, agents, one, readiness)
        busy = busy_next[:, :-1]
        pace = flow.finish[:, step, None] * one
        queue = state - busy
        p = _stepped(p, rate, busy * pace + queue * give_up, flow.step_s)
        at_once = np.clip(ready - state, 0.0, 1.0)
        taken = np.minimum(busy_next[:, 1:] - busy, 1.0)
        waiting[:, step] = offered[:, step] * (1.0 - (p * at_once).sum(axis=1))
        returned_to[:, step] = offered[:, step] * (p * (taken - at_once)).sum(axis=1)
        queued = (p * queue).sum(axis=1) * flow.step_s
        waited[:, step] = queued
        abandoned[:, step] = queued * give_up
        late = (p > _NEGLIGIBLE) & (taken < 1.0) & (busy > 0) & (rate > 0)
        for which, threshold in enumerate(within_s):
            served = np.zeros(p.shape)
            served[late] = _served_within(queue, busy * pace, give_up, threshold, late)
            in_time = at_once + (1.0 - taken) * served
            within[which, :, step] = offered[:, step] * (p * in_time).sum(axis=1)
    for which, threshold in enumerate(within_s):
        within[which] += returned_to * readiness.back_within(threshold)
    return FlowResult(offered, waiting, returned_to, within, abandoned, waited)


def _states(flow: QueueFlow, patience_s: float) -> int:
    """States enough for every agent busy and a queue that the patience of customers bounds."""
    most = float(flow.agents.max(initial=0.0))
    queue = float(flow.rate.max(initial=0.0)) * min(patience_s, 3600.0)
    return int(min(1.5 * most + 5.0 * most**0.5 + 0.75 * queue + 25.0, _MOST_STATES))


def _busy(states: Floats, agents: Floats, inverse: Floats, readiness: Readiness) -> Floats:
    """Agents busy in each state (days, states); `agents` and 1 ÷ `agents` have shape (days, 1)."""
    ready = readiness.ready * agents
    beyond = np.maximum(states - ready, 0.0)
    more = (readiness.pressed - readiness.ready) * agents
    grown = -np.expm1(-beyond * inverse)
    return np.minimum(np.minimum(states, ready) + more * grown, states)


def _stepped(p: Floats, rate: Floats, down: Floats, step_s: float) -> Floats:
    """Probabilities (days, states) after an implicit Euler step; the last state takes nobody in."""
    days, states = p.shape
    up = np.repeat(rate, states, axis=1)
    up[:, -1] = 0.0
    down[:, 0] = 0.0
    lower, upper = (-step_s * up).ravel()[:-1], (-step_s * down).ravel()[1:]
    lower[states - 1 :: states] = 0.0
    upper[states - 1 :: states] = 0.0
    diagonal = (1.0 + step_s * (up + down)).ravel()
    solved = dgtsv(lower, diagonal, upper, p.ravel(), 1, 1, 1, 0)[3]
    return np.asarray(solved).reshape(days, states)


def _served_within(
    ahead: Floats, finish: Floats, give_up: float, within_s: float, where: NDArray[np.bool_]
) -> Floats:
    """Share answered within the threshold of those with `ahead` customers before them, who leave
    the queue at rate `finish` + ahead × `give_up`, themselves impatient too."""
    j = ahead[where]
    done = np.broadcast_to(finish, where.shape)[where]
    if give_up == 0.0:
        return np.asarray(gammainc(j + 1.0, done * within_s))
    alpha = done / give_up
    early = -np.expm1(-give_up * within_s)
    return np.asarray(alpha / (alpha + j + 1.0) * betainc(j + 1.0, alpha + 1.0, early))


def _inverse(values: Floats) -> Floats:
    """1 ÷ values, 0 where they are."""
    return np.divide(1.0, values, out=np.zeros_like(values), where=values > 0)
