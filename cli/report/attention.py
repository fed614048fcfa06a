"""What a planner should look at first: targets that the week misses, periods short of agents."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...data.centre import Centre
from ...data.grid import TimeGrid
from ...data.targets import Channel, QueueProfile
from ...scheduling.kpis import Kpis
from ...scheduling.planning.summary import horizon_totals

# Half of the last digit that the report shows of a share: what reads as reached counts as reached.
_SHARE_TOLERANCE = 0.0005
_SECONDS_TOLERANCE = 0.5


@dataclass(frozen=True)
class TargetCheck:
    """One part of a queue's promise against what is expected: `measure` is a column of `Kpis`.
    `at_least` tells a floor (service level) from a ceiling (answer time, abandonment)."""

    queue: str
    measure: str
    expected: float
    target: float
    at_least: bool

    @property
    def met(self) -> bool:
        """Whether the promise holds; true where nothing is expected that could break it."""
        if math.isnan(self.expected):
            return True
        tolerance = _SECONDS_TOLERANCE if self.measure == "asa_s" else _SHARE_TOLERANCE
        if self.at_least:
            return self.expected >= self.target - tolerance
        return self.expected <= self.target + tolerance


@dataclass(frozen=True)
class Promise:
    """A queue's headline: `measure` is a column of `Kpis`, `share` and `within_s` what was promised
    of it (None: nothing)."""

    measure: str
    share: float | None
    within_s: float | None


@dataclass(frozen=True)
class ShortPeriod:
    """Consecutive intervals of one day and queue with fewer agents than required, which all keep
    the promise of the queue or all break it (but for one in between).

    `first` and `last` are interval indexes, both included. `short_hours` are agent-hours, `most`
    is the largest shortage in agents; `service` is the queue's headline over the period, NaN
    without contacts or threshold; `target` is what was promised of it, or None.
    """

    queue: str
    first: int
    last: int
    short_hours: float
    most: float
    service: float
    target: float | None

    @property
    def served(self) -> bool:
        """Whether the promise holds in the period all the same."""
        return self.target is not None and self.service >= self.target - _SHARE_TOLERANCE


def target_checks(profile: QueueProfile, kpis: Mapping[str, Any]) -> list[TargetCheck]:
    """Every part of a queue's promise against one row of a `Kpis` frame, by column."""
    target = profile.target
    replies = None if target.reply is None else target.reply.share
    parts = [
        ("service_level", target.service_level, True),
        ("asa_s", target.max_asa_s, False),
        ("abandonment", target.max_abandonment, False),
        ("occupancy", target.max_occupancy, False),
        ("blocked", target.max_blocked, False),
        ("reply_rate", replies, True),
    ]
    if target.max_wait_s is not None:
        parts.append(("wait_within", target.wait_percentile, True))
    if profile.channel is Channel.EMAIL:
        parts.append(("deadline_met", target.deadline_share, True))
    return [
        TargetCheck(profile.name, measure, float(kpis[measure]), goal, at_least)
        for measure, goal, at_least in parts
        if goal is not None
    ]


def promise(profile: QueueProfile) -> Promise:
    """What a queue is judged by first: its deadline, its service level, or, where a reply rate is
    all it promises, that."""
    target = profile.target
    if profile.channel is Channel.EMAIL:
        return Promise("deadline_met", target.deadline_share, (target.deadline_min or 0) * 60)
    if target.reply is not None and target.service_level is None:
        return Promise("reply_rate", target.reply.share, target.reply.within_s)
    return Promise("service_level", target.service_level, target.within_s)


def served_measure(profile: QueueProfile) -> str:
    """The column of `Kpis` that says best how a queue serves."""
    return promise(profile).measure


def week_checks(centre: Centre, kpis: Kpis) -> list[TargetCheck]:
    """The promises of all queues against the whole horizon."""
    totals = {row["queue"]: row for row in records(horizon_totals(kpis))}
    return [
        check for profile in centre.queues for check in target_checks(profile, totals[profile.name])
    ]


def records(frame: pd.DataFrame, queue: str | None = None) -> list[dict[str, Any]]:
    """The rows of a `Kpis` frame, of one queue if it is named, each by column."""
    rows = frame if queue is None else frame[frame["queue"] == queue]
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]


def short_periods(
    centre: Centre, kpis: Kpis, grid: TimeGrid, least: float = 0.5
) -> list[ShortPeriod]:
    """Periods in which a queue is `least` agents short or more, the worst first.

    Periods that break their promise come before those that keep it; then agent-hours short times
    the queue's weight count. One sufficient interval in between does not split a period, the end
    of the day does. Deadline work is left out: what is not done in an interval is done later, and
    the share done by its deadline tells whether that is too late.
    """
    live = [profile for profile in centre.queues if profile.channel is not Channel.EMAIL]
    weights = {profile.name: profile.weight for profile in live}
    found = [
        period
        for profile in live
        for period in _periods_of(
            profile, kpis.interval[kpis.interval["queue"] == profile.name], grid, least
        )
    ]
    return sorted(found, key=lambda p: (p.served, -p.short_hours * weights[p.queue]))


def _periods_of(
    profile: QueueProfile, frame: pd.DataFrame, grid: TimeGrid, least: float
) -> Iterator[ShortPeriod]:
    required, rostered = frame["required"].to_numpy(), frame["rostered"].to_numpy()
    short = np.maximum(required - rostered, 0.0)
    promised = promise(profile)
    level = frame[promised.measure].to_numpy(dtype=np.float64)
    goal = promised.share
    kept = np.zeros(len(level), dtype=bool) if goal is None else level >= goal - _SHARE_TOLERANCE
    # A good hour at noon must not hide a bad evening: what breaks the promise stands apart.
    broken = list(_runs((short >= least) & ~kept, grid))
    told = np.zeros(len(level), dtype=bool)
    for first, last in broken:
        told[first : last + 1] = True
    for first, last in (*broken, *_runs((short >= least) & ~told, grid, told)):
        inside = slice(first, last + 1)
        contacts = np.where(np.isnan(level[inside]), 0.0, frame["contacts"].to_numpy()[inside])
        weighed = np.nansum(level[inside] * contacts)
        yield ShortPeriod(
            profile.name,
            first,
            last,
            short_hours=float(short[inside].sum()) * grid.interval_min / 60,
            most=float(short[inside].max()),
            service=float(weighed / contacts.sum()) if contacts.sum() > 0 else math.nan,
            target=goal,
        )


def _runs(
    mask: NDArray[np.bool_], grid: TimeGrid, apart: NDArray[np.bool_] | None = None
) -> Iterator[tuple[int, int]]:
    """(first, last) of the runs in a mask over the grid, bridging gaps of one within a day unless
    it is marked in `apart`."""
    at = np.flatnonzero(mask)
    if not at.size:
        return
    split = (np.diff(at) > 2) | (np.diff(grid.day_of[at]) > 0)
    if apart is not None:
        split |= np.diff(np.cumsum(apart)[at]) > 0
    splits = np.flatnonzero(split) + 1
    for run in np.split(at, splits):
        yield int(run[0]), int(run[-1])
