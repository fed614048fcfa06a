"""What a queue did in each replication, in sums that add up over intervals.

As in `kpi_tally`, amounts are kept apart until the end: days, weeks and all queues together are
sums of them, and every ratio is weighted by its own denominator.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...data.grid import TimeGrid
from ...data.replies import ReplyUnit
from ...data.targets import Channel, QueueProfile, ServiceLevelDefinition
from .engine import world
from .replications import Counts

Array = NDArray[np.float64]

RATES = {
    "service_level": ("good", "counted"),
    "asa_s": ("wait_s", "answered"),
    "abandonment": ("abandoned", "waiting"),
    "occupancy": ("busy_hours", "available_hours"),
    "deadline_met": ("in_time", "due"),
    "p_wait": ("delayed", "waiting"),
    "blocked": ("blocked", "waiting"),
    "wait_within": ("prompt", "let_in"),
    "reply_rate": ("replied", "assessed"),
}
"""Key figures and the amounts that they are ratios of."""

_LIVE = (
    "waiting",
    "good",
    "counted",
    "answered",
    "abandoned",
    "blocked",
    "delayed",
    "wait_s",
    "let_in",
    "prompt",
    "replied",
    "assessed",
)
"""Amounts that work with a deadline does not have."""


@dataclass(frozen=True)
class Sums:
    """Amounts by name, arrays of shape (replications, spans): intervals, days or weeks."""

    amounts: dict[str, Array]

    def __getitem__(self, name: str) -> Array:
        return self.amounts[name]

    def over(self, group: NDArray[np.int64]) -> Sums:
        """Summed over the spans of each group; `group` numbers the group of each span, in order."""
        first = np.flatnonzero(np.diff(group, prepend=-1))
        return Sums({n: np.add.reduceat(a, first, axis=1) for n, a in self.amounts.items()})

    def plus(self, other: Sums) -> Sums:
        return Sums({name: amount + other[name] for name, amount in self.amounts.items()})


def queue_sums(
    profile: QueueProfile, grid: TimeGrid, contacts: Counts, time: Counts | Array
) -> Sums:
    """Amounts of one queue by interval: `contacts` (replications, intervals, columns) and `time`
    of the agents rostered on it, with the columns of `engine.world`."""

    def column(number: int) -> Array:
        return contacts[:, :, number].astype(float)

    offered, nothing = column(world.OFFERED), np.zeros(contacts.shape[:2])
    amounts = dict.fromkeys(_LIVE, nothing)
    if profile.channel is not Channel.EMAIL:
        good, counted = _good_of_counted(profile, column)
        assessed = _assessed(profile, grid)
        amounts |= {
            "waiting": offered,
            "good": good,
            "counted": counted,
            "answered": column(world.ANSWERED),
            "abandoned": column(world.ABANDONED),
            "blocked": column(world.BLOCKED),
            "delayed": column(world.WAITED),
            "wait_s": column(world.ANSWERED_WAIT_S),
            "let_in": offered - column(world.BLOCKED),
            "prompt": column(world.WAITED_WITHIN),
            "replied": column(world.REPLIED) * assessed,
            "assessed": _replies_due(profile, column) * assessed,
        }
    return Sums(
        amounts
        | {
            "contacts": offered,
            "due": column(world.DUE),
            "in_time": column(world.IN_TIME),
            "finished": column(world.FINISHED),
            "busy_hours": time[:, :, world.BUSY].astype(float) / 3600.0,
            "available_hours": time[:, :, world.AVAILABLE].astype(float) / 3600.0,
        }
    )


def _good_of_counted(profile: QueueProfile, column: Callable[[int], Array]) -> tuple[Array, Array]:
    """Numerator and denominator of the service level; nothing without a threshold."""
    offered, answered = column(world.OFFERED), column(world.ANSWERED)
    if profile.target.within_s is None:
        return np.zeros_like(offered), np.zeros_like(offered)
    in_time, lost_early = column(world.ANSWERED_WITHIN), column(world.ABANDONED_WITHIN)
    match profile.target.definition:
        case ServiceLevelDefinition.OFFERED:
            return in_time, offered
        case ServiceLevelDefinition.ANSWERED:
            return in_time, answered
        case ServiceLevelDefinition.EXCLUDING_SHORT_ABANDONS:
            return in_time, offered - lost_early
        case ServiceLevelDefinition.INCLUDING_SHORT_ABANDONS:
            return in_time + lost_early, offered


def _replies_due(profile: QueueProfile, column: Callable[[int], Array]) -> Array:
    """The replies that a reply rate is a share of: one a customer, or one a turn."""
    offered, reply = column(world.OFFERED), profile.target.reply
    if reply is None or reply.counts is not ReplyUnit.TURNS:
        return offered
    return offered + (reply.turns_per_chat - 1.0) * column(world.ANSWERED)


def _assessed(profile: QueueProfile, grid: TimeGrid) -> NDArray[np.bool_]:
    """Intervals that begin within the window of a reply rate."""
    clock, mask = grid.minute_of_day, np.zeros(grid.size, dtype=bool)
    reply = profile.target.reply
    for begin, end in () if reply is None else reply.window:
        mask |= (clock >= begin) & (clock < end)
    return mask
