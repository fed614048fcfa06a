"""LightGBM with lags and calendar: one global model over all queues of a data set.

Direct forecasts: the horizon is cut into blocks, each with a model of its own whose lags and
rolling means end before the origin as seen from the block's last day. So no row, in training or in
the forecast, sees a day that it could not have known. Contacts are learned as a multiple of their
level, by absolute errors weighted with the level, which is what WAPE counts.

Source: Ke et al., LightGBM: a highly efficient gradient boosting decision tree, NIPS 2017; lags,
calendar and rolling means as in the leading entries of the M5 competition (Makridakis, Spiliotis &
Assimakopoulos, International Journal of Forecasting 38(4), 2022).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shiftcast.data.calendar import Calendar
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.forecasting.forecast import Forecast

from .lag_features import features
from .panel import Flags, Panel, Values

PARAMETERS = {
    "objective": "l1",
    "learning_rate": 0.05,
    "num_leaves": 31,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 1.0,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbosity": -1,
}


@dataclass(frozen=True)
class LightGbmLags:
    """A `Forecaster` without ranges."""

    rounds: int = 300
    blocks: int = 4
    name: str = "lightgbm"

    def forecast(
        self,
        history: ContactHistory,
        calendar: Calendar,
        grid: TimeGrid,
        open_mask: Flags | None,
        rng: np.random.Generator,
    ) -> Forecast:
        panel = Panel.of(history, calendar, grid, open_mask)
        mean = np.zeros((len(panel.queues), grid.days, panel.slots))
        seed = int(rng.integers(1 << 30))
        for block in np.array_split(np.arange(grid.days), min(self.blocks, grid.days)):
            mean[:, block] = self._block(panel, block, seed)
        return panel.forecast(mean)

    def _block(self, panel: Panel, block: NDArray[np.int64], seed: int) -> Values:
        """Means (queues, days of the block, slots)."""
        # Only here: everything else of the benchmark, and its tests, can do without.
        import lightgbm

        told = features(panel, gap=int(block[-1]) + 1)
        learn = told.usable.copy()
        learn[:, panel.known :] = False
        learn[:, : panel.known] &= np.isfinite(panel.contacts)
        contacts = panel.contacts[learn[:, : panel.known]]
        data = lightgbm.Dataset(
            told.columns[learn],
            contacts / told.level[learn],
            weight=told.level[learn],
            feature_name=list(told.names),
            categorical_feature=list(told.categories),
        )
        model = lightgbm.train({**PARAMETERS, "seed": seed}, data, self.rounds)
        days = panel.first + block
        usable, level = told.usable[:, days], told.level[:, days]
        mean = np.zeros(level.shape)
        if usable.any():
            ratio = np.asarray(model.predict(told.columns[:, days][usable], num_threads=1))
            mean[usable] = ratio * level[usable]
        return mean
