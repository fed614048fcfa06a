"""One series, every method, the same origins: what each was off by, and how long it took."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from shiftcast.forecasting.backtest import ALL_QUEUES, backtest

from .remembered import Remembered
from .series import Series


@dataclass(frozen=True)
class Goal:
    """Our WAPE is to be at most `share` of that of `peer` (None: of the best peer)."""

    share: float
    peer: str | None = None


GOALS = {
    "small_bank": Goal(0.955),
    "large_bank": Goal(0.935),
    "stores": Goal(0.965, "lightgbm"),
}
NEVER_WORSE = Goal(1.0, "weekday_mean_8")


@dataclass(frozen=True)
class Standing:
    """Our WAPE, the method it is held against, and what one is of the other."""

    ours: float
    peer: str
    theirs: float

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs


def measure(
    series: Series,
    methods: Sequence[Remembered],
    origins: int | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> pd.DataFrame:
    """One row a method and grain ("interval", "day") over all queues, best WAPE first: method,
    grain, wape, bias, pinball, coverage (these two NaN for a method without ranges), seconds, and
    from_earlier, how many of the forecasts it rests on an earlier run had made."""
    report = backtest(
        series.history,
        series.calendar,
        methods,
        days=series.days,
        every=series.days,
        count=origins or series.origins,
        progress=progress,
    )
    queues = series.history.queues
    scores = report.scores
    scores = scores[scores["queue"] == (ALL_QUEUES if len(queues) > 1 else queues[0])]
    scores = scores[["method", "grain", "wape", "bias", "pinball", "coverage"]]
    known = pd.DataFrame(
        [(m.name, m.ranges, m.seconds, m.from_earlier) for m in methods],
        columns=["method", "ranges", "seconds", "from_earlier"],
    )
    table = scores.merge(known, on="method")
    table.loc[~table["ranges"], ["pinball", "coverage"]] = np.nan
    table = table.drop(columns="ranges").sort_values(["grain", "wape"], ascending=[False, True])
    return table.reset_index(drop=True)


def standing(table: pd.DataFrame, ours: str, peers: Sequence[str]) -> Standing | None:
    """Ours by interval against the best of those of `peers` that were measured; None if none was
    or ours was not."""
    wape = table[table["grain"] == "interval"].set_index("method")["wape"]
    rivals = wape[wape.index.isin(peers)]
    if ours not in wape.index or rivals.empty:
        return None
    best = str(rivals.idxmin())
    return Standing(float(wape[ours]), best, float(rivals[best]))


def save_means(folder: Path, name: str, series: Series, methods: Sequence[Remembered]) -> None:
    """Writes <name>_<method>.npz: `origins` (origins,), the day numbers on which forecasts begin,
    and `mean` (origins, queues, intervals of the horizon)."""
    folder.mkdir(parents=True, exist_ok=True)
    for method in methods:
        days = sorted(method.made)
        np.savez_compressed(
            folder / f"{name}_{method.name}.npz",
            origins=np.array([series.history.grid.day_number(day) for day in days]),
            mean=np.stack([method.made[day].mean for day in days]),
        )
