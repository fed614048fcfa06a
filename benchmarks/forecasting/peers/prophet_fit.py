"""Prophet as its makers ship it: one series in, means and sample paths out.

Prophet draws its paths from numpy's global generator, so ranges differ a little from run to run.

Source: Taylor & Letham, Forecasting at scale, The American Statistician 72(1), 2018.
"""

from __future__ import annotations

import logging
import os
import warnings
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Literal

import numpy as np
import pandas as pd
from prophet import Prophet

from .panel import Values

PATHS = 200
_PARALLEL_FROM = 8


@dataclass(frozen=True)
class ProphetTask:
    """Rows `ds` (local clock), `y` NaN where they do not teach; the horizon are the last
    `ahead` rows. `holidays` has Prophet's columns ds and holiday."""

    ds: pd.DatetimeIndex
    y: Values
    ahead: int
    holidays: pd.DataFrame | None = None
    regressors: dict[str, Values] = field(default_factory=dict)
    yearly: Literal["auto"] | bool = "auto"


@dataclass(frozen=True)
class ProphetFit:
    """`mean` (rows,), fitted and forecast; `paths` (paths, ahead)."""

    mean: Values
    paths: Values


def fit(task: ProphetTask) -> ProphetFit:
    """Zeros where fewer than two rows teach."""
    taught = np.isfinite(task.y)
    if taught.sum() < 2:
        return ProphetFit(np.zeros(len(task.ds)), np.zeros((PATHS, task.ahead)))
    frame = pd.DataFrame({"ds": task.ds, "y": task.y, **task.regressors})
    model = Prophet(
        holidays=task.holidays, yearly_seasonality=task.yearly, uncertainty_samples=PATHS
    )
    for name in task.regressors:
        model.add_regressor(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.getLogger("cmdstanpy").disabled = True
        logging.getLogger("prophet").disabled = True
        model.fit(frame[taught])
        asked = frame.drop(columns="y")
        paths = model.predictive_samples(asked[-task.ahead :])["yhat"].T
        model.uncertainty_samples = 0
        mean = model.predict(asked)["yhat"].to_numpy(dtype=np.float64)
    return ProphetFit(mean, paths[:PATHS])


def fit_all(tasks: list[ProphetTask]) -> list[ProphetFit]:
    """Many series over as many processes as there are cores."""
    if len(tasks) < _PARALLEL_FROM:
        return [fit(task) for task in tasks]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        return list(pool.map(fit, tasks, chunksize=4))
