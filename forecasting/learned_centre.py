"""All that the history taught about every queue, and the forecast that follows for a calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from ..data.calendar import Calendar
from ..data.grid import TimeGrid
from .cold_start import borrowed_profile, nearest_queue
from .day_marks import CalendarIndex, DayMarks
from .day_matrix import divided, to_days, to_intervals
from .event_effects import event_effects
from .forecast import QUANTILES, Forecast
from .forecast_parts import EventEffect, Explanation
from .handle_time.fit import pool_handle_effects
from .level.cold_levels import borrowed, short_level
from .level.companions import Companion
from .level.level_forecast import LevelForecast
from .level.pooled_effects import pooled_levels
from .parallel import Mapper
from .past_performance import past_performance
from .queue_days import QueueDays, QueueWays, queue_days
from .queue_learning import LearnedQueue
from .ranges import Spread, day_noise, sample_counts, sample_rates, slot_deviation
from .shape.event_shapes import pooled_event_ratios

Array = NDArray[np.float64]

HEART = "prophet"


@dataclass(frozen=True)
class LearnedCentre:
    """What the days of `history` (its grid) before the horizon `grid` taught: each queue apart,
    by `names`, and the companions all queues together."""

    grid: TimeGrid
    history: TimeGrid
    names: tuple[str, ...]
    queues: tuple[LearnedQueue, ...]
    companions: tuple[Companion, ...]

    def forecast(
        self,
        calendar: Calendar,
        open_mask: NDArray[np.bool_] | None,
        rng: np.random.Generator,
        paths: int,
        mapped: Mapper,
    ) -> Forecast:
        """The horizon with the events of `calendar`, which up to the horizon must be those that
        were learned from; `open_mask` (queues, grid.size) or None, hours as in history."""
        first, days = self._first, self.grid.days
        index = CalendarIndex(calendar, self.history.first_day, first + days + 1)
        marks = [index.marks(name) for name in self.names]
        asked = [_Asked(queue, mark, days) for queue, mark in zip(self.queues, marks, strict=True)]
        levels, donors = self._with_cold(pooled_levels(mapped(_level, asked)), marks)
        past = past_performance(self.queues, self.companions)
        heart = np.stack([level.mean for level in levels])
        members = np.stack([heart, *self._companions_say(marks)])
        blended = np.einsum("qm,mqd->qd", past.weights, members)
        ways = self._ways(donors)
        made = [
            queue_days(queue, marks[row], first, levels[row], blended[row], ways[row], hours)
            for row, (queue, hours) in enumerate(
                zip(self.queues, self._hours(open_mask), strict=True)
            )
        ]
        mean = to_intervals(np.stack([one.mean for one in made]), self.grid)
        noise = day_noise(rng, paths, len(made), days, past.shared)
        sampled = np.empty((paths, len(made), self.grid.size))
        for row, (one, stretch) in enumerate(zip(made, past.stretch, strict=True)):
            slot_sd = slot_deviation(self.queues[row].shape.check)
            spread = Spread(one.day_covariance * stretch**2, slot_sd)
            rates = to_intervals(sample_rates(one.mean, spread, noise[row], rng), self.grid)
            sampled[:, row] = sample_counts(rates, rng)
        if open_mask is not None:
            mean, sampled = mean * open_mask, sampled * open_mask
        p10, p50, p90 = np.quantile(sampled, QUANTILES, axis=0)
        return Forecast(
            grid=self.grid,
            queues=self.names,
            mean=mean,
            p10=p10,
            p50=p50,
            p90=p90,
            aht_s=to_intervals(np.stack([one.aht_s for one in made]), self.grid),
            paths=sampled,
            effects={
                (name, label): to_intervals(added, self.grid)
                for name, one in zip(self.names, made, strict=True)
                for label, added in one.effects.items()
            },
            events=self._events(levels, marks, made),
            explanation=Explanation(
                **{kind: np.stack([one.factors[kind] for one in made]) for kind in made[0].factors},
                members_say=divided(blended, heart, 1.0),
                members=(HEART, *(one.name for one in self.companions)),
                weights=past.weights,
                past_wape=past.wape,
            ),
            borrowed={self.names[cold]: self.names[donor] for cold, donor in donors.items()},
            shifts=self._shifts(),
        )

    @property
    def _first(self) -> int:
        return self.history.day_number(self.grid.first_day)

    def _companions_say(self, marks: Sequence[DayMarks]) -> list[Array]:
        totals = np.stack([queue.totals for queue in self.queues])
        return [one.expect(totals, marks, self.grid.days) for one in self.companions]

    def _with_cold(
        self, levels: Sequence[LevelForecast], marks: Sequence[DayMarks]
    ) -> tuple[list[LevelForecast], dict[int, int]]:
        """The levels, those of queues with too little history borrowed from the nearest queue, and
        from which one each was."""
        warm = [row for row, queue in enumerate(self.queues) if queue.level is not None]
        recent = np.stack([queue.totals for queue in self.queues])[:, : self.history.days]
        recent = recent[:, -len(self.queues[0].recent) :]
        contacts = [queue.recent for queue in self.queues]
        found, donors = list(levels), {}
        for row, queue in enumerate(self.queues):
            donor = None if queue.level is not None else nearest_queue(recent, contacts, row, warm)
            if donor is not None:
                donors[row] = donor
                found[row] = borrowed(queue.totals, marks[row], self.grid.days, levels[donor])
        return found, donors

    def _shifts(self) -> dict[str, tuple[date, ...]]:
        """The days on which each queue's level jumped."""
        begin = self.history.first_day
        return {
            name: tuple(begin + timedelta(days=day) for day in queue.level.shifts)
            for name, queue in zip(self.names, self.queues, strict=True)
            if queue.level is not None and queue.level.shifts
        }

    def _ways(self, donors: Mapping[int, int]) -> list[QueueWays]:
        bends = pooled_event_ratios([queue.events for queue in self.queues])
        handle_times = pool_handle_effects([queue.handle_time for queue in self.queues])
        weekday = (np.arange(self.history.days) + self.history.first_day.weekday())[
            -len(self.queues[0].recent) :
        ] % 7
        ways = []
        for row, queue in enumerate(self.queues):
            usual = queue.shape.usual
            if row in donors:
                lent = self.queues[donors[row]].shape.usual
                usual = borrowed_profile(queue.recent, lent, weekday, queue.open)
            ways.append(QueueWays(usual, bends[row], handle_times[row]))
        return ways

    def _hours(self, open_mask: NDArray[np.bool_] | None) -> list[NDArray[np.bool_] | None]:
        """The planner's hours of each queue, (days, slots); None where there are none."""
        if open_mask is None:
            return [None] * len(self.queues)
        return [to_days(row.astype(np.float64), self.grid) > 0 for row in open_mask]

    def _events(
        self,
        levels: Sequence[LevelForecast],
        marks: Sequence[DayMarks],
        made: Sequence[QueueDays],
    ) -> tuple[EventEffect, ...]:
        return tuple(
            effect
            for name, level, mark, one in zip(self.names, levels, marks, made, strict=True)
            for effect in event_effects(
                name, level, mark, self._first, self.grid.days, one.effects, one.handle_factors
            )
        )


@dataclass(frozen=True)
class _Asked:
    """A queue whose `days` days after its totals are asked for."""

    queue: LearnedQueue
    marks: DayMarks
    days: int


def _level(asked: _Asked) -> LevelForecast:
    queue = asked.queue
    if queue.level is None:
        return short_level(queue.totals, asked.marks, asked.days)
    return queue.level.expect(queue.totals, asked.marks, asked.days)
