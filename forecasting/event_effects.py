"""What each event to come does, with its range, in the planner's terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from ..data.calendar import Promotion
from .day_marks import DayMarks
from .forecast_parts import EventEffect
from .level.level_forecast import LevelForecast

_INNER = 1.2816
_NOTHING = (1.0, 1.0, 1.0)
_KINDS = {"holiday": "holiday", "eve": "holiday", "after": "holiday"}


@dataclass(frozen=True)
class _Run:
    """One run of an event: its days within the horizon, counted from the horizon's first."""

    label: str
    kind: str
    type: str
    phase: str
    first: date
    last: date
    days: NDArray[np.int64]
    size: float
    seen: int
    stated: float | None


def event_effects(
    queue: str,
    level: LevelForecast,
    marks: DayMarks,
    first: int,
    days: int,
    contributions: Mapping[str, NDArray[np.float64]],
    handle_factor: Mapping[str, tuple[float, float, float]],
) -> tuple[EventEffect, ...]:
    """Every run of an event with a day among the `days` from day number `first` on.

    `contributions` are the contacts that each label adds, (days, slots); `handle_factor` the
    factor on handle time of each promotion's label with its 80 % range.
    """
    return tuple(
        _effect(queue, level, run, contributions, handle_factor)
        for run in _runs(level, marks, first, days)
    )


def _effect(
    queue: str,
    level: LevelForecast,
    run: _Run,
    contributions: Mapping[str, NDArray[np.float64]],
    handle_factor: Mapping[str, tuple[float, float, float]],
) -> EventEffect:
    factor = low = high = float(run.stated) if run.stated is not None else 1.0
    if run.stated is None:
        # One run's own terms, its other days' doubts aside: the mean log factor over its days.
        weight = np.zeros(len(level.features))
        place = {feature: number for number, feature in enumerate(level.features)}
        logs = []
        for term in level.terms:
            if term.label == run.label and np.isin(term.days, run.days).all():
                logs.append(level.effects[run.label][term.days].mean())
                columns = [place[feature] for feature in term.features]
                weight[columns] += level.design[term.days[0], columns] / len(run.days)
        mean = float(np.mean(logs)) if logs else 0.0
        variance = float(weight @ level.coefficient_covariance @ weight) + level.run_variance
        reach = _INNER * float(np.sqrt(max(variance, 0.0)))
        factor, low, high = (float(np.exp(log)) for log in (mean, mean - reach, mean + reach))
    added = contributions.get(run.label)
    source = "stated" if run.stated is not None else "learned" if run.seen else "pooled"
    return EventEffect(
        queue, run.label, run.kind, run.type, run.phase, run.first, run.last,
        factor, low, high,
        0.0 if added is None else float(added[run.days].sum()),
        *handle_factor.get(run.label, _NOTHING),
        source, run.seen,
    )  # fmt: skip


def _runs(level: LevelForecast, marks: DayMarks, first: int, days: int) -> Iterable[_Run]:
    horizon = np.arange(first, first + days)
    for promotion in marks.promotions:
        inside = np.intersect1d(np.arange(marks.days)[marks.span(promotion)], horizon) - first
        if len(inside):
            yield _Run(
                promotion.name, "promotion", promotion.type, promotion.phase,
                promotion.first, promotion.last, inside, promotion.size,
                _seen(marks, promotion, first), promotion.effect,
            )  # fmt: skip
    promoted = {promotion.name for promotion in marks.promotions}
    named: dict[tuple[str, str], list[int]] = {}
    for term in level.terms:
        kind = _KINDS.get(term.features[0][0], term.features[0][0])
        if kind != "promotion" and term.label not in promoted:
            named.setdefault((kind, term.label), []).extend(term.days.tolist())
    for (kind, label), found in named.items():
        touched = np.array(sorted(set(found)))
        earlier = sum(
            mark is not None and mark.label == label and mark.number == 1
            for mark in marks.holiday[:first]
        )
        yield _Run(
            label, kind, "", "",
            marks.first + timedelta(days=first + int(touched[0])),
            marks.first + timedelta(days=first + int(touched[-1])),
            touched, 1.0, earlier if kind == "holiday" else int(label in marks.special[:first]),
            None,
        )  # fmt: skip


def _seen(marks: DayMarks, promotion: Promotion, first: int) -> int:
    """Earlier runs of the same type and phase."""
    start = marks.first + timedelta(days=first)
    return sum(
        other.type == promotion.type
        and other.phase == promotion.phase
        and other.first < start
        and other.last >= marks.first
        for other in marks.promotions
        if other.first < promotion.first
    )
