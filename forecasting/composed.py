"""The forecaster: levels of days × shapes of days, learned queue by queue and across queues.

A day's level is blended from members (`level_members`), Prophet with its residual process first;
weights and ranges follow from what each would have forecast of the last weeks. What is learned is
kept apart from what is expected, so that another calendar of the days to come needs no new fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..data.calendar import Calendar
from ..data.grid import TimeGrid
from ..data.history import ContactHistory
from .forecast import Forecast
from .learned_cache import LearnedCache, key_of
from .learned_centre import LearnedCentre
from .level.companions import learn_companions
from .level.members import COMPANIONS, LevelMember
from .level.settings import USUAL, LevelSettings
from .parallel import Mapper, spread
from .queue_learning import (
    QueueTask,
    checked_origins,
    history_before,
    learn_queue,
    queue_tasks,
)
from .ranges import PATHS
from .shape.fit import MEMBERS
from .shape.member import ShapeMember


@dataclass(frozen=True)
class ComposedForecaster:
    """A `Forecaster`: Prophet's level, its companions, and an intraday shape.

    `paths` sample paths a queue. From `parallel_from` queues on, queues are spread over `workers`
    processes (None: one a core); the forecast does not depend on either. `settings` are those
    chosen for each queue (`tuning`), the `usual` ones where none are named. `companions` are the
    level's members beside Prophet, `shapes` those of the intraday shape. What is learned is kept
    in `cache`, if there is one.
    """

    paths: int = PATHS
    parallel_from: int = 8
    workers: int | None = None
    settings: Mapping[str, LevelSettings] = field(default_factory=dict)
    usual: LevelSettings = USUAL
    companions: tuple[LevelMember, ...] = COMPANIONS
    shapes: tuple[ShapeMember, ...] = MEMBERS
    cache: LearnedCache | None = None
    name: str = "shiftcast"

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
        past, first = history_before(history, grid)
        with spread(len(past.queues), self.workers, self.parallel_from) as mapped:
            learned = self._learned(past, calendar, grid, first, mapped)
            return learned.forecast(calendar, open_mask, rng, self.paths, mapped)

    def _learned(
        self, past: ContactHistory, calendar: Calendar, grid: TimeGrid, first: int, mapped: Mapper
    ) -> LearnedCentre:
        """What is kept of an earlier run on the same history, or else learned now."""
        tasks = queue_tasks(
            past, calendar, first, grid.days, self.settings, self.usual, self.shapes
        )
        if self.cache is None:
            return self._learn(past, grid, tasks, mapped)
        members = ",".join(
            [one.name for one in self.companions] + [one.name for one in self.shapes]
        )
        key = key_of(past.queues, grid, tasks, members, across=bool(self.companions))
        learned = self.cache.get(key)
        if learned is None:
            learned = self._learn(past, grid, tasks, mapped)
            self.cache.put(key, learned)
        return learned

    def _learn(
        self, past: ContactHistory, grid: TimeGrid, tasks: Sequence[QueueTask], mapped: Mapper
    ) -> LearnedCentre:
        queues = tuple(mapped(learn_queue, tasks))
        companions = learn_companions(
            self.companions,
            np.stack([queue.totals for queue in queues]),
            [task.marks for task in tasks],
            grid.days,
            checked_origins(past.grid.days, grid.days),
            mapped,
        )
        return LearnedCentre(grid, past.grid, past.queues, queues, companions)
