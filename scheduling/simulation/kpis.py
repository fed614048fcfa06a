"""The service that a simulated roster gives, as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...data.grid import TimeGrid
from ...data.targets import QueueProfile
from .replications import estimate_mean, estimate_ratio
from .sums import RATES, Sums
from .targets import Wanted, promise_at_risk, wanted

Array = NDArray[np.float64]

ALL_QUEUES = "all"

SIMULATED_COLUMNS = (
    "queue",
    "start",
    "contacts",
    "contacts_low",
    "contacts_high",
    *(name + end for name in RATES for end in ("", "_low", "_high")),
    "backlog_hours",
)

TARGET_COLUMNS = (
    "queue",
    "start",
    "target",
    "limit",
    "reached",
    "reached_low",
    "reached_high",
    "chance",
    "chance_low",
    "chance_high",
    "risk",
    "reached_at_risk",
    "reached_at_risk_low",
    "reached_at_risk_high",
)


@dataclass(frozen=True)
class SimulatedKpis:
    """Simulated service by queue and interval of arrival, day and week, and over the whole grid
    (`total`); long frames with `SIMULATED_COLUMNS`, where `start` and the names of the figures are
    those of `Kpis`.

    Every figure but `backlog_hours` has the interval that holds its expected value with 95 %
    confidence. `p_wait` is the share of contacts that were let in and found nobody free, `blocked`
    that of those turned away. The queue "all" sums up the others.

    The tables of targets have `TARGET_COLUMNS`: for each target of a queue its `limit` (of
    `max_wait_s` the share of contacts that it is for), what is `reached` over all replications, and
    the `chance` that a day, a week or the whole grid meets it: the share of replications that did.
    For the promise of a queue that is to be kept with a chance (`risk`) stands what is reached in
    that share of replications; elsewhere NaN.
    """

    interval: pd.DataFrame
    day: pd.DataFrame
    week: pd.DataFrame
    total: pd.DataFrame
    day_targets: pd.DataFrame
    week_targets: pd.DataFrame
    total_targets: pd.DataFrame
    replications: int
    seed: int


def simulated_kpis(
    profiles: Sequence[QueueProfile],
    sums: Mapping[str, Sums],
    backlog_hours: Mapping[str, Array],
    grid: TimeGrid,
    weeks: tuple[NDArray[np.int64], tuple[date, ...]],
    seed: int,
) -> SimulatedKpis:
    """The tables of `sums` by queue and interval. `backlog_hours` (intervals,) waits at the end of
    each interval, for queues that have such; `weeks` numbers the week of each interval and says
    when each begins."""
    frames = [_figures(sums[name], name, grid.starts, backlog_hours.get(name)) for name in sums]
    interval = pd.concat(frames, ignore_index=True)[list(SIMULATED_COLUMNS)]
    tables, targets = [], []
    whole = (np.zeros(grid.size, dtype=np.int64), grid.dates[:1])
    for group, starts in ((grid.day_of, grid.dates), weeks, whole):
        grouped = {name: own.over(group) for name, own in sums.items()}
        last = np.flatnonzero(np.diff(group, append=group[-1] + 1))
        backlog = {name: hours[last] for name, hours in backlog_hours.items()}
        tables.append(_with_all(grouped, starts, backlog))
        targets.append(_targets(profiles, grouped, starts))
    return SimulatedKpis(
        interval=interval,
        day=tables[0],
        week=tables[1],
        total=tables[2],
        day_targets=targets[0],
        week_targets=targets[1],
        total_targets=targets[2],
        replications=len(next(iter(sums.values()))["contacts"]),
        seed=seed,
    )


def _with_all(
    grouped: Mapping[str, Sums], starts: Sequence[date], backlog: Mapping[str, Array]
) -> pd.DataFrame:
    own = list(grouped.values())
    total = own[0]
    for other in own[1:]:
        total = total.plus(other)
    waiting = np.sum(list(backlog.values()), axis=0) if backlog else None
    frames = [_figures(sums, name, starts, backlog.get(name)) for name, sums in grouped.items()]
    frames.append(_figures(total, ALL_QUEUES, starts, waiting))
    return pd.concat(frames, ignore_index=True)[list(SIMULATED_COLUMNS)]


def _figures(
    sums: Sums,
    queue: str,
    starts: Sequence[date] | pd.DatetimeIndex,
    backlog_hours: Array | None,
) -> pd.DataFrame:
    """One row a span of one queue."""
    contacts = estimate_mean(sums["contacts"])
    columns = {
        "contacts": contacts.value,
        "contacts_low": contacts.low,
        "contacts_high": contacts.high,
    }
    for name, (above, below) in RATES.items():
        found = estimate_ratio(sums[above], sums[below])
        most = np.inf if name == "asa_s" else 1.0
        columns[name] = found.value
        columns[name + "_low"] = np.clip(found.low, 0.0, most)
        columns[name + "_high"] = np.clip(found.high, 0.0, most)
    columns["backlog_hours"] = (
        np.full(len(starts), np.nan) if backlog_hours is None else backlog_hours
    )
    return pd.DataFrame({"queue": queue, "start": starts, **columns})


def _targets(
    profiles: Sequence[QueueProfile], grouped: Mapping[str, Sums], starts: Sequence[date]
) -> pd.DataFrame:
    rows: list[tuple[object, ...]] = []
    for profile in profiles:
        sums = grouped[profile.name]
        for want in wanted(profile):
            ratio, chance = want.ratio(sums), want.chance(sums)
            what = want.measure.value, want.limit
            found = (
                *(ratio.value, ratio.low, ratio.high, chance.value, chance.low, chance.high),
                *_at_risk(profile, want, sums, len(starts)),
            )
            rows += [
                (profile.name, start, *what, *(float(values[i]) for values in found))
                for i, start in enumerate(starts)
            ]
    return pd.DataFrame(rows, columns=list(TARGET_COLUMNS))


def _at_risk(profile: QueueProfile, want: Wanted, sums: Sums, spans: int) -> tuple[Array, ...]:
    """The risk of a promise, and what is reached at it; shape (spans,) each."""
    if profile.risk is None or want.measure is not promise_at_risk(profile):
        return (np.full(spans, np.nan),) * 4
    found = want.reached_in(profile.risk, sums)
    return np.full(spans, profile.risk), found.value, found.low, found.high
