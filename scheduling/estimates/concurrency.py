"""How long chats take while their agent holds several at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .estimate import Estimate, exposure_estimate
from .log import ContactLog

_MOST_AT_ONCE = 20
_LEAST_ENDS = 30
"""A level at which fewer chats ended tells no handle time."""


@dataclass(frozen=True)
class Concurrency:
    """Handle time in seconds of a chat while its agent holds 1, 2, … chats, and the share of the
    chats' time spent at each level; as many levels as the log tells."""

    handle_s: tuple[Estimate, ...]
    share: tuple[float, ...]

    @property
    def multiples(self) -> tuple[float, ...]:
        """Handle times as multiples of that of a chat alone, never below the level before."""
        values = np.array([level.value for level in self.handle_s])
        return tuple(float(m) for m in np.maximum.accumulate(np.maximum(values / values[0], 1.0)))


def estimate_concurrency(log: ContactLog) -> Concurrency | None:
    """Handle time by chats at once, of all contacts of a log together.

    With an agent at level i, chats end at rate i ÷ h_i; so h_i is the time that chats spent at the
    level ÷ the chats that ended from it (maximum likelihood). None where the log tells nothing of
    the first level. Levels end before the first that too few chats ended from.
    """
    known = log.answered & (log.agent >= 0) & (np.nan_to_num(log.handle_s) > 0)
    count = int(known.sum())
    if count == 0:
        return None
    agent = np.tile(log.agent[known], 2)
    moment = np.concatenate([log.answered_s[known], log.finished_s[known]])
    change = np.repeat([1, -1], count)
    # Ends come before starts of the same moment: one chat after another is not two at once.
    order = np.lexsort((change, moment, agent))
    level = np.cumsum(change[order])
    ended = change[order] < 0
    before = np.where(ended, level + 1, level - 1)
    lasting = np.append(np.diff(moment[order]), 0.0)
    time = np.bincount(level, np.where(level > 0, level * lasting, 0.0))
    ends = np.bincount(before[ended], minlength=len(time))
    told = [ends[i] >= _LEAST_ENDS for i in range(1, min(len(time), _MOST_AT_ONCE + 1))]
    levels = told.index(False) if False in told else len(told)
    if levels == 0:
        return None
    found = tuple(exposure_estimate(int(ends[i]), float(time[i])) for i in range(1, levels + 1))
    share = time[1 : levels + 1] / time[1:].sum()
    return Concurrency(found, tuple(float(part) for part in share))
