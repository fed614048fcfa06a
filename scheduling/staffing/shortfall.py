"""By how much a number of agents misses the targets of a queue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...data.targets import QueueProfile
from .moments import Moments, average_performance

Array = NDArray[np.float64]

TOLERANCE = 1e-12
"""A target is met if it is missed by rounding only: 850 erlangs on 1,000 agents are 85 %."""

_AS_GOOD = 0.005
"""Where no number of agents meets a share, one that comes so near to the best possible is enough:
the last agents of very many would buy nothing."""


@dataclass(frozen=True)
class Shortfall:
    """The targets of a queue on the average over the `moments` of each row (an interval) with
    contacts of `aht_s` seconds, shape (rows,).

    `forgiven` is what a target may be missed by, shape (measures, rows): 0 but where no number of
    agents can meet it, since lines are too few or a reply takes its time even undisturbed.
    """

    profile: QueueProfile
    moments: Moments
    aht_s: Array
    forgiven: Array

    def beyond_reach(self, agents: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Rows in which `agents`, one number a row, miss a target that more would not meet."""
        if not self.forgiven.any():
            return np.zeros(self.aht_s.shape, dtype=bool)
        missed, _ = missed_targets(self.profile, self.moments, self.aht_s, agents)
        return np.asarray(((self.forgiven > 0) & (missed > TOLERANCE)).any(axis=0))

    def missed(
        self, rows: NDArray[np.int64], agents: NDArray[np.int64]
    ) -> tuple[Array, NDArray[np.bool_]]:
        """(by how much each target is missed, shape (measures, rows asked for), 0 or less is met;
        whether the line is stable at all)."""
        missed, stable = missed_targets(
            self.profile, self.moments.take(rows), self.aht_s[rows], agents
        )
        return missed - self.forgiven[:, rows], stable

    def met(self, rows: NDArray[np.int64], agents: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether every target is met, shape of the rows asked for."""
        missed, stable = self.missed(rows, agents)
        met: NDArray[np.bool_] = stable & (missed <= TOLERANCE).all(axis=0)
        return met


def shortfall(profile: QueueProfile, moments: Moments, aht_s: Array) -> Shortfall:
    """The shortfall of a queue; `profile` holds the targets that count, `aht_s` has shape (rows,),
    with contacts in every row."""
    reply = profile.target.reply
    if profile.lines is None and (reply is None or reply.share is None):
        nobody = np.zeros(0, dtype=np.int64)
        measures = len(missed_targets(profile, moments.take(nobody), aht_s[:0], nobody)[0])
        return Shortfall(profile, moments, aht_s, np.zeros((measures, aht_s.size)))
    plenty = _more_than_enough(profile, moments.rate_per_s.max(axis=0) * aht_s)
    missed, _ = missed_targets(profile, moments, aht_s, plenty)
    forgiven = np.where(missed > TOLERANCE, missed + _AS_GOOD, 0.0)
    return Shortfall(profile, moments, aht_s, forgiven)


def missed_targets(
    profile: QueueProfile, moments: Moments, aht_s: Array, agents: NDArray[np.int64]
) -> tuple[Array, NDArray[np.bool_]]:
    """As `Shortfall.missed`, nothing forgiven; one row of `agents` for one of `aht_s`."""
    result, target = average_performance(profile, moments, aht_s, agents), profile.target
    missed = []
    if target.service_level is not None:
        missed.append(target.service_level - result.service_level)
    if target.max_asa_s is not None:
        missed.append(result.asa_s - target.max_asa_s)
    if target.max_wait_s is not None:
        missed.append(target.wait_percentile - result.wait_within)
    if target.max_abandonment is not None:
        missed.append(result.abandonment - target.max_abandonment)
    if target.max_blocked is not None:
        missed.append(result.blocked - target.max_blocked)
    if target.reply is not None and target.reply.share is not None:
        missed.append(target.reply.share - result.reply_rate)
    if target.max_occupancy is not None:
        missed.append(result.occupancy - target.max_occupancy)
    return np.array(missed), np.isfinite(result.asa_s)


def _more_than_enough(profile: QueueProfile, load_erl: Array) -> NDArray[np.int64]:
    """Agents beyond which no further one changes the service: an agent for every line, or for
    every chat that is ever there at once; and enough for the occupancy cap."""
    capped = np.ceil(load_erl / (profile.target.max_occupancy or 1.0)) + 1.0
    redialled = load_erl / (1.0 - profile.redial_share)
    alone = np.ceil(redialled + 10.0 * np.sqrt(redialled) + 20.0)
    enough = np.maximum(capped, alone if profile.lines is None else float(profile.lines))
    return enough.astype(np.int64)
