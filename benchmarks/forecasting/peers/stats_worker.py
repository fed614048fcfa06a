"""Runs in the peers' own environment: ETS or MSTL of daily totals, one CSV in, one CSV out.

    python stats_worker.py ets|mstl SERIES.csv FORECAST.csv

SERIES.csv has the columns queue, season, ahead, y: a queue's days in order, days in its week, and
days to forecast. FORECAST.csv has queue, step, mean, low, high; low and high bound 80 %.
"""

from __future__ import annotations

import os
import sys

import pandas as pd
from statsforecast import StatsForecast
from statsforecast.models import MSTL, AutoETS

DAYS_A_YEAR = 365
LEVEL = 80
PARALLEL_FROM = 8


def main() -> None:
    method, source, target = sys.argv[1:]
    series = pd.read_csv(source, dtype={"queue": str})
    made = [
        _forecast(method, days, int(season), int(ahead))
        for (season, ahead), days in series.groupby(["season", "ahead"])
    ]
    pd.concat(made).to_csv(target, index=False)


def _forecast(method: str, days: pd.DataFrame, season: int, ahead: int) -> pd.DataFrame:
    """All queues with the same week, those long enough for a yearly season apart."""
    year = DAYS_A_YEAR * season // 7
    size = days.groupby("queue")["y"].transform("size")
    made = []
    for seasons, part in (
        ([season, year], days[size >= 2 * year]),
        ([season], days[size < 2 * year]),
    ):
        if part.empty:
            continue
        model = AutoETS(season_length=season, alias="model")
        if method == "mstl":
            trend = AutoETS(model="ZZN")
            model = MSTL(season_length=seasons, trend_forecaster=trend, alias="model")
        frame = pd.DataFrame(
            {
                "unique_id": part["queue"],
                "ds": part.groupby("queue").cumcount() + 1,
                "y": part["y"],
            }
        )
        cores = os.cpu_count() or 1 if part["queue"].nunique() >= PARALLEL_FROM else 1
        engine = StatsForecast([model], freq=1, n_jobs=cores)
        found = engine.forecast(df=frame, h=ahead, level=[LEVEL])
        found["step"] = found.groupby("unique_id").cumcount()
        names = {"unique_id": "queue", "model": "mean"}
        names |= {f"model-lo-{LEVEL}": "low", f"model-hi-{LEVEL}": "high"}
        made.append(found.rename(columns=names)[["queue", "step", "mean", "low", "high"]])
    return pd.concat(made)


if __name__ == "__main__":
    main()
