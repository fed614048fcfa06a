"""What a customer of a waiting line meets: delay, answer in time, abandonment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from ...data.targets import ServiceLevelDefinition
from .patience import impatient_waiting

Array = NDArray[np.float64]


@dataclass(frozen=True)
class WaitingLine:
    """Long-run performance of one queue; arrays of one shape, shares are of offered contacts.

    `p_wait` finds no agent (no chat slot) free and waits. `asa_s` is the mean wait of the answered,
    infinite where nobody is answered or the queue grows without end; `mean_wait_s` that of all
    contacts. `answered_within` and `abandoned_within` end their wait within the threshold that was
    asked. `blocked` find every line taken, where lines are limited.
    """

    p_wait: Array
    abandonment: Array
    asa_s: Array
    mean_wait_s: Array
    answered_within: Array
    abandoned_within: Array
    blocked: Array

    @property
    def answered(self) -> Array:
        return 1.0 - self.abandonment - self.blocked

    @property
    def waited_within(self) -> Array:
        """Share of those who were let in whose wait ends within the threshold, answered or not; 1
        where nobody was let in."""
        ended = self.answered_within + self.abandoned_within
        let_in = 1.0 - self.blocked
        return np.divide(ended, let_in, out=np.ones_like(ended), where=let_in > 0)

    def good_of_counted(self, definition: ServiceLevelDefinition) -> tuple[Array, Array]:
        """Numerator and denominator of a service level, both as shares of offered contacts."""
        everybody = np.ones_like(self.p_wait)
        match definition:
            case ServiceLevelDefinition.OFFERED:
                return self.answered_within, everybody
            case ServiceLevelDefinition.ANSWERED:
                return self.answered_within, self.answered
            case ServiceLevelDefinition.EXCLUDING_SHORT_ABANDONS:
                return self.answered_within, everybody - self.abandoned_within
            case ServiceLevelDefinition.INCLUDING_SHORT_ABANDONS:
                return self.answered_within + self.abandoned_within, everybody

    def service_level(
        self, definition: ServiceLevelDefinition = ServiceLevelDefinition.OFFERED
    ) -> Array:
        """Service level by a named definition; 0 where its denominator is empty."""
        good, counted = self.good_of_counted(definition)
        return np.divide(good, counted, out=np.zeros_like(good), where=counted > 0)


def patient_line(
    log_odds_below: Array, rate: Array, completion_rate: Array, within_s: Array
) -> WaitingLine:
    """A line that nobody leaves. `log_odds_below` is log(P(an agent is free) ÷ P(exactly full)),
    `rate` the arrivals and `completion_rate` the contacts finished by all agents, a second."""
    spare = completion_rate - rate
    stable = (spare > 0) | (rate == 0)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        p_wait = 1.0 / (1.0 + np.exp(log_odds_below) * spare / completion_rate)
        p_wait = np.where(rate == 0, 0.0, np.where(stable, p_wait, 1.0))
        late = np.where(stable, p_wait * np.exp(-np.maximum(spare, 0.0) * within_s), 1.0)
        asa = np.where(rate == 0, 0.0, np.where(stable, p_wait / spare, np.inf))
    nobody = np.zeros_like(p_wait)
    return WaitingLine(p_wait, nobody, asa, asa, 1.0 - late, nobody, nobody)


def impatient_line(
    log_odds_below: Array,
    rate: Array,
    completion_rate: Array,
    patience_s: Array,
    within_s: Array,
) -> WaitingLine:
    """A line whose customers give up after an exponential time with mean `patience_s`; the other
    arguments as for `patient_line`. Always stable."""
    waiting = impatient_waiting(
        rate * patience_s, completion_rate * patience_s, within_s / patience_s
    )
    busy = rate > 0
    p_wait = np.where(busy, expit(waiting.log_weight - log_odds_below), 0.0)
    at_once = np.where(busy, expit(log_odds_below - waiting.log_weight), 1.0)
    answered = at_once + p_wait * waiting.serve
    served_wait = p_wait * waiting.served_wait * patience_s
    with np.errstate(invalid="ignore", divide="ignore"):
        asa = np.where(answered > 0, served_wait / answered, np.inf)
    return WaitingLine(
        p_wait=p_wait,
        abandonment=p_wait * waiting.abandon,
        asa_s=asa,
        mean_wait_s=p_wait * waiting.abandon * patience_s,
        answered_within=at_once + p_wait * waiting.serve_within,
        abandoned_within=p_wait * waiting.abandon_within,
        blocked=np.zeros_like(p_wait),
    )
