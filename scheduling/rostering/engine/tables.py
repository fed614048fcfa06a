"""What agents share, stacked into arrays for the kernel."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .automaton import Automaton
from .crew import Shared
from .totals import TotalTables
from .week import FloatArray, IntArray, Rest


class Tables(NamedTuple):
    """What agents share, stacked along the first axis by the numbers in `Crew`; automata, ranks
    and windows are padded, so that the shape of the crew does not change the compiled code."""

    steps: NDArray[np.int32]  # (automata, days, states, works); −1 padding
    prices: FloatArray  # (automata, days, states, works)
    units: NDArray[np.int32]  # (automata, counters, days, states, works)
    steady: NDArray[np.int32]  # (automata, counters, days, works)
    tell: IntArray  # (automata, counters, works)
    largest: IntArray  # (automata, counters)
    alike: IntArray  # (automata, works) see `walk.Rules`
    states: IntArray  # (automata, days)
    rest: Rest  # each array with a first axis of rests
    windows: IntArray  # (sets, windows, 2)
    window_costs: FloatArray  # (sets, windows)
    window_counts: IntArray  # (sets,)
    weeks: IntArray
    totals: TotalTables


def tables_of(shared: Shared, weeks: IntArray) -> Tables:
    days, _, works = shared.automata[0].step.shape
    states = max(automaton.step.shape[1] for automaton in shared.automata)
    shape = (len(shared.automata), days, states, works)
    steps = np.full(shape, -1, dtype=np.int32)
    prices = np.zeros(shape)
    for i, automaton in enumerate(shared.automata):
        own = automaton.step.shape[1]
        steps[i, :, :own] = automaton.step
        prices[i, :, :own] = automaton.price
    alike = np.array([_alike(automaton) for automaton in shared.automata], dtype=np.int64)
    most = max(len(costs) for _, costs in shared.windows)
    windows = np.zeros((len(shared.windows), most, 2), dtype=np.int64)
    costs = np.zeros((len(shared.windows), most))
    for i, (bounds, points) in enumerate(shared.windows):
        windows[i, : len(bounds)], costs[i, : len(points)] = bounds, points
    return Tables(
        steps,
        prices,
        shared.units,
        _steady(shared.units, shared.automata),
        shared.tell,
        shared.units.max(axis=(2, 3, 4), initial=0).astype(np.int64),
        alike,
        np.array([(a.step >= 0).any(axis=2).sum(axis=1) for a in shared.automata], dtype=np.int64),
        _stacked(shared.rests),
        windows,
        costs,
        np.array([len(points) for _, points in shared.windows], dtype=np.int64),
        weeks,
        shared.totals,
    )


def _steady(units: NDArray[np.int32], automata: tuple[Automaton, ...]) -> NDArray[np.int32]:
    """(automata, counters, days, works) what a work adds in whatever state the day begins; −1 for
    the whole of a counter for which that depends on the state."""
    steady = np.empty((*units.shape[:3], units.shape[4]), dtype=np.int32)
    for i, automaton in enumerate(automata):
        possible, own = automaton.step >= 0, automaton.step.shape[1]
        for r, unit in enumerate(units[i]):
            most = np.where(possible, unit[:, :own], 0).max(axis=1)
            least = np.where(possible, unit[:, :own], np.iinfo(np.int32).max).min(axis=1)
            steady[i, r] = -1 if (least < most).any() else most
    return steady


def _alike(automaton: Automaton) -> list[int]:
    """For each work the first one that the automaton does not tell from it, totals forgotten."""
    seen: dict[bytes, int] = {}
    steps = np.ascontiguousarray(np.moveaxis(automaton.step, 2, 0))
    prices = np.ascontiguousarray(np.moveaxis(automaton.price, 2, 0))
    told = [step.tobytes() + price.tobytes() for step, price in zip(steps, prices, strict=True)]
    return [seen.setdefault(one, k) for k, one in enumerate(told)]


def _stacked(rests: tuple[Rest, ...]) -> Rest:
    """All rests with a first axis of rests, their ranks padded."""
    ranks = max(rest.ranks for rest in rests)

    def padded(table: NDArray[Any]) -> NDArray[Any]:
        return np.pad(table, ((0, 0), (0, ranks - table.shape[1])))

    return Rest(
        np.stack([rest.allowed for rest in rests]),
        np.stack([rest.after for rest in rests]),
        np.stack([padded(rest.carry) for rest in rests]),
        ranks,
        np.stack([rest.priced for rest in rests]),
        np.stack([padded(rest.late) for rest in rests]),
        np.stack([rest.begun for rest in rests]),
        np.stack([rest.alike for rest in rests]),
    )
