"""A queue through the day, exactly: arrivals, handle times and agents that change.

The number of contacts present is a birth-death chain whose rates change from step to step
(M(t)/M/s(t), with patience M(t)/M/s(t)+M; chats spread evenly as in `chat.py`). Its probabilities
are carried forward by uniformisation (A. Jensen, 1953): within a step of constant rates they are a
Poisson mixture of the powers of a stochastic matrix, so they stay positive and sum to 1, and their
average over the step comes out of the same powers.

What becomes of an arrival follows from the contacts that wait before it. With agents who finish M
contacts a second and customers who give up at rate θ, it is answered within T with probability
α/(α + j + 1) · I(j + 1, α + 1; 1 − e^(−θT)), j being those ahead, α = M/θ and I the regularised
incomplete beta function. Agents are taken as those of the moment of arrival during that time.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, gammainc
from scipy.stats import hypergeom

from ...data.targets import Channel, QueueProfile, ServiceLevelDefinition
from .chat import finishing_rates
from .poisson import log_poisson

Array = NDArray[np.float64]

_NEGLIGIBLE = 1e-13
"""Probability of the highest numbers of contacts that is no longer carried."""

_LONGEST = 200.0
"""Events at most that one mixture covers, so that its Poisson weights stay within doubles."""


class Leaving(Enum):
    """What happens to the contacts of agents who go. FINISHED: whoever goes finishes the contact
    in hand first, and no colleague is busy with it. HANDED_BACK: it goes to the head of the line
    (the chain of the literature; chats are always handed to colleagues)."""

    FINISHED = "finished"
    HANDED_BACK = "handed_back"


@dataclass(frozen=True)
class TransientLine:
    """What contacts that arrive in each step meet, shape (steps,), shares of those that arrive.

    `p_wait` finds no agent (no chat slot) free; `answered_within` and `abandoned_within` end their
    wait within the queue's threshold. `present` is the mean number of contacts in service and
    waiting, those of agents who are only finishing left out.
    """

    p_wait: Array
    abandonment: Array
    answered_within: Array
    abandoned_within: Array
    present: Array

    def service_level(
        self,
        weight: Array,
        definition: ServiceLevelDefinition,
        group: NDArray[np.int64] | None = None,
    ) -> Array:
        """Service level by a definition over steps weighted by their contacts: of each `group` of
        steps (numbers from 0 up, shape (steps,)), or of each step. NaN where nothing counts."""
        good, counted = self.answered_within, np.ones_like(self.p_wait)
        match definition:
            case ServiceLevelDefinition.ANSWERED:
                counted = 1.0 - self.abandonment
            case ServiceLevelDefinition.EXCLUDING_SHORT_ABANDONS:
                counted = 1.0 - self.abandoned_within
            case ServiceLevelDefinition.INCLUDING_SHORT_ABANDONS:
                good = good + self.abandoned_within
        of = np.arange(weight.size) if group is None else group
        above, below = np.bincount(of, weight * good), np.bincount(of, weight * counted)
        level: Array = np.divide(above, below, out=np.full(above.size, np.nan), where=below > 0)
        return level


def transient_line(
    profile: QueueProfile,
    rate_per_s: ArrayLike,
    aht_s: ArrayLike,
    agents: ArrayLike,
    step_s: float,
    *,
    leaving: Leaving = Leaving.FINISHED,
) -> TransientLine:
    """The line of a phone or chat queue that is empty at first, through steps of `step_s` seconds.

    `rate_per_s` contacts a second arrive, `aht_s` is the mean of exponential handle times (of a
    chat alone), `agents` are whole; arrays that broadcast to (steps,). ValueError for e-mail.
    """
    if profile.channel is Channel.EMAIL:
        raise ValueError(f"queue {profile.name} is e-mail: its work has deadlines and no waits")
    rates, handle, crew = np.broadcast_arrays(
        np.atleast_1d(np.asarray(rate_per_s, float)), np.asarray(aht_s, float), agents
    )
    within = profile.target.within_s or 0.0
    chance, before = np.ones(1), int(crew[0])
    met = np.zeros((rates.size, 5))
    for step in range(rates.size):
        line = _Line.of(profile, float(rates[step]), float(handle[step]), int(crew[step]))
        if int(crew[step]) != before:
            chance = _after_change(chance, profile, before, int(crew[step]), leaving)
            before = int(crew[step])
        chance, mean = _carried(chance, line, step_s)
        met[step] = _met(mean, line, within)
    return TransientLine(*met.T)


@dataclass(frozen=True)
class _Line:
    """The rates of one step: `arrivals` a second, `finishing[m]` of m contacts in service (up to
    as many as there is room for), `giving_up` of one who waits."""

    arrivals: float
    finishing: Array
    giving_up: float

    @staticmethod
    def of(profile: QueueProfile, rate: float, aht_s: float, agents: int) -> _Line:
        if profile.channel is Channel.CHAT:
            levels = np.asarray(profile.aht_by_concurrency, float)
            finished = np.concatenate([[0.0], finishing_rates(agents, levels)])
        else:
            finished = np.arange(agents + 1.0)
        giving_up = 0.0 if profile.patience_s is None else 1 / profile.patience_s
        return _Line(rate, finished / max(aht_s, 1e-9), giving_up)

    @property
    def room(self) -> int:
        return self.finishing.size - 1

    def leaving(self, states: int) -> Array:
        """Contacts that leave a second, by the number present; shape (states,)."""
        waiting = np.maximum(np.arange(states) - self.room, 0)
        full = np.concatenate([self.finishing, np.full(states, self.finishing[-1])])[:states]
        rates: Array = full + waiting * self.giving_up
        return rates


def _carried(chance: Array, line: _Line, seconds: float) -> tuple[Array, Array]:
    """The probabilities after a step, and their average over it."""
    kept = chance.size - int(np.argmax(np.cumsum(chance[::-1]) > _NEGLIGIBLE))
    comes = line.arrivals * seconds
    states = kept + int(comes + 9 * np.sqrt(comes)) + 9
    now = np.zeros(states)
    now[:kept] = chance[:kept]
    down = line.leaving(states)
    pace = line.arrivals + float(down.max())
    if pace == 0:
        return now, now
    parts = int(np.ceil(pace * seconds / _LONGEST))
    events = pace * seconds / parts
    count = np.arange(int(events + 9 * np.sqrt(events)) + 20)
    weight = np.exp(log_poisson(count, events))
    # The chance of more than k events, over their mean, is the part of the time spent after k.
    spent = np.maximum(1.0 - np.cumsum(weight), 0.0) / events
    up, down = line.arrivals / pace, down / pace
    stay = 1.0 - up - down
    stay[-1] += up  # beyond the last number nothing is carried
    mean = np.zeros(states)
    powers = np.empty((count.size, states))
    for _ in range(parts):
        powers[0] = now
        for k in range(1, count.size):
            last, new = powers[k - 1], powers[k]
            np.multiply(last, stay, out=new)
            new[1:] += up * last[:-1]
            new[:-1] += (last * down)[1:]
        mean += spent @ powers / parts
        now = weight @ powers
    return now / now.sum(), mean / mean.sum()


def _after_change(
    chance: Array, profile: QueueProfile, before: int, after: int, leaving: Leaving
) -> Array:
    """The probabilities once `before` agents have become `after`."""
    if after > before or profile.channel is Channel.CHAT or leaving is Leaving.HANDED_BACK:
        return chance
    gone = before - after
    changed = np.zeros(chance.size)
    # With everybody busy, all who go take a contact with them.
    waiting = chance[before:]
    changed[after : after + waiting.size] += waiting
    # Else whoever goes is as likely busy as anybody.
    for present in np.flatnonzero(chance[:before] > 0).tolist():
        taken = np.arange(max(0, present - after), min(gone, present) + 1)
        share = hypergeom.pmf(taken, before, present, gone)
        changed[present - taken] += chance[present] * share
    return changed


def _met(mean: Array, line: _Line, within: float) -> tuple[float, ...]:
    """(P(wait), abandonment, answered within, abandoned within, contacts present)."""
    room = line.room
    free, full = float(mean[:room].sum()), mean[room:]
    ahead = np.arange(float(full.size))
    pace = float(line.finishing[-1])
    present = float(mean @ np.arange(mean.size))
    if line.giving_up == 0:
        in_time = gammainc(ahead + 1, pace * within) if pace > 0 else np.zeros(full.size)
        return float(full.sum()), 0.0, free + float(full @ in_time), 0.0, present
    alpha, patience_over = pace / line.giving_up, -np.expm1(-line.giving_up * within)
    served = alpha / (alpha + ahead + 1)
    in_time = served * betainc(ahead + 1, alpha + 1, patience_over)
    reached = betainc(ahead + 1, alpha, patience_over) if alpha > 0 else np.zeros(full.size)
    ended = 1.0 - (1.0 - reached) * (1.0 - patience_over)
    return (
        float(full.sum()),
        float(full @ (1.0 - served)),
        free + float(full @ in_time),
        float(full @ (ended - in_time)),
        present,
    )
