"""The forecaster: Prophet on daily totals times an intraday profile, queue by queue."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from ..data.calendar import Calendar
from ..data.grid import TimeGrid
from ..data.history import ContactHistory
from .day_marks import CalendarIndex
from .day_matrix import to_days, to_intervals
from .forecast import QUANTILES, Forecast
from .queue_model import QueueForecast, QueueTask, forecast_queue
from .uncertainty import PATHS, sample_counts


@dataclass(frozen=True)
class ProphetProfile:
    """Daily level by Prophet × intraday profile by day type; a `Forecaster`.

    `paths` sample paths a queue. From `parallel_from` queues on, queues are spread over `workers`
    processes (None: one a core); the forecast does not depend on either.
    """

    paths: int = PATHS
    parallel_from: int = 8
    workers: int | None = None
    name: str = "prophet_profile"

    def forecast(
        self,
        history: ContactHistory,
        calendar: Calendar,
        grid: TimeGrid,
        open_mask: NDArray[np.bool_] | None,
        rng: np.random.Generator,
    ) -> Forecast:
        """Forecast `grid` from the days of `history` before it; later ones are not looked at.

        `open_mask` has shape (queues, grid.size); None reads opening hours off the history.
        ValueError if the two grids differ in interval or no day lies before.
        """
        tasks = self._tasks(history, calendar, grid, open_mask, rng)
        made = self._run(tasks)
        mean = to_intervals(np.stack([queue.mean for queue in made]), grid)
        rates = to_intervals(np.stack([queue.rates for queue in made], axis=1), grid)
        if open_mask is not None:
            mean, rates = mean * open_mask, rates * open_mask
        paths = sample_counts(rates, rng)
        p10, p50, p90 = np.quantile(paths, QUANTILES, axis=0)
        return Forecast(
            grid=grid,
            queues=history.queues,
            mean=mean,
            p10=p10,
            p50=p50,
            p90=p90,
            aht_s=to_intervals(np.stack([queue.aht_s for queue in made]), grid),
            paths=paths,
            effects={
                (name, label): to_intervals(added, grid)
                for name, queue in zip(history.queues, made, strict=True)
                for label, added in queue.effects.items()
            },
        )

    def _tasks(
        self,
        history: ContactHistory,
        calendar: Calendar,
        grid: TimeGrid,
        open_mask: NDArray[np.bool_] | None,
        rng: np.random.Generator,
    ) -> list[QueueTask]:
        if history.grid.interval_min != grid.interval_min:
            raise ValueError(
                f"history has intervals of {history.grid.interval_min} minutes,"
                f" the horizon of {grid.interval_min}"
            )
        first = history.grid.day_number(grid.first_day)
        if first < 1:
            raise ValueError(f"history begins {history.grid.first_day}, on or after the horizon")
        past = history.before(min(first, history.grid.days))
        # One day more: what follows the horizon may make its last day a holiday's eve.
        index = CalendarIndex(calendar, past.grid.first_day, first + grid.days + 1)
        offered = np.where(past.learn, past.offered, np.nan)
        tasks = []
        for row, generator in enumerate(rng.spawn(len(past.queues))):
            mask = None
            if open_mask is not None:
                mask = to_days(open_mask[row].astype(np.float64), grid) > 0
            tasks.append(
                QueueTask(
                    contacts=to_days(offered[row], past.grid),
                    aht_s=to_days(past.aht_s[row], past.grid),
                    marks=index.marks(past.queues[row]),
                    first=first,
                    days=grid.days,
                    is_open=mask,
                    rng=generator,
                    paths=self.paths,
                )
            )
        return tasks

    def _run(self, tasks: list[QueueTask]) -> list[QueueForecast]:
        workers = min(self.workers or os.cpu_count() or 1, len(tasks))
        if len(tasks) < self.parallel_from or workers < 2:
            return [forecast_queue(task) for task in tasks]
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            return list(pool.map(forecast_queue, tasks, chunksize=4))
