"""All counters of an agent's rules at once: one automaton over the days of the grid.

States are tuples of the counters' states. Only states that some agent can reach, and from which
the last day can still be reached, are kept, and those with the same future are one: they are
numbered day by day, so that the search for a roster is a walk through a small table. Totals that
grow over weeks (hours of a month, nights) are not states: the automaton says what a day adds to
them, and the walk carries them along.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..problem import RosterProblem
from ..rules.base import Day, DayKind, DayWork, State, day_of
from .layers import Move, Table, advance, alike, units_of
from .layers import Priced as Priced
from .week import FloatArray, IntArray

Product = tuple[State, ...]


@dataclass(frozen=True)
class Automaton:
    """`step[d, s, k]` is the state after day d of doing `works[k]` in state s, or −1 if a rule
    forbids it; `price[d, s, k]` its points; `units[i, d, s, k]` what it adds to the totals of the
    i-th counter that only tallies. `initial` is the number of each product state before the first
    day (−1 where no legal days follow)."""

    step: NDArray[np.int32]
    price: NDArray[np.float64]
    units: NDArray[np.int32]
    initial: dict[Product, int]


def replay(
    counters: Sequence[Priced], problem: RosterProblem, past: dict[int, DayWork]
) -> tuple[Product, dict[int, tuple[int, ...]]]:
    """The product state on the grid's first morning, and what each earlier day added to the totals
    of each counter that only tallies: `past` holds what was done on earlier days (negative
    numbers). Other days were off or, without any history, are unknown."""
    states: list[State] = [priced.counter.start() for priced in counters]
    missing = DayWork(DayKind.OFF if problem.history else DayKind.UNKNOWN)
    # Start on a week's first day, far enough back for any run.
    first = -7 * (1 + (-min(past, default=0)) // 7)
    first -= (problem.weekday(first) - problem.first_weekday) % 7
    added: dict[int, tuple[int, ...]] = {}
    for number in range(first, 0):
        day, work = day_of(problem, number), past.get(number, missing)
        steps = [p.counter.step(s, day, work) for p, s in zip(counters, states, strict=True)]
        states = [step.state for step in steps]
        tallied = zip(counters, steps, strict=True)
        added[number] = tuple(step.units for priced, step in tallied if priced.price is None)
    return tuple(states), added


def build(
    counters: Sequence[Priced],
    problem: RosterProblem,
    works: Sequence[DayWork],
    possible: Collection[DayWork],
    initial: Sequence[Product],
) -> Automaton:
    """The automaton from the given initial states over the grid's days. Of the day works, which
    number its columns, only the possible ones are followed."""
    follow = frozenset(possible)
    followed = np.array([k for k, work in enumerate(works) if work in follow], dtype=np.int64)
    tables = [Table(priced, [works[k] for k in followed]) for priced in counters]
    begins = sorted(set(initial), key=repr)
    numbers = [[t.number(s) for t, s in zip(tables, state, strict=True)] for state in begins]
    layer = np.array(numbers, dtype=np.int64).reshape(len(begins), len(tables))
    days = _merged(tables, _mornings(tables, layer, problem, len(followed)))
    numbers_of = {state: int(days[0].number[i]) for i, state in enumerate(begins)}
    return _automaton(days, followed, len(works), numbers_of)


@dataclass(frozen=True, eq=False)
class Morning:
    """The product states of a morning and where the day leads from them; `reached` is the layer of
    the next morning."""

    day: Day
    layer: IntArray
    move: Move
    reached: IntArray


def _mornings(
    tables: Sequence[Table], layer: IntArray, problem: RosterProblem, works: int
) -> list[Morning]:
    """The mornings from a first layer on. Those of weeks that begin alike are the same ones."""
    known: dict[tuple[Day, bytes], Morning] = {}
    found: list[Morning] = []
    for number in range(problem.grid.days):
        day = day_of(problem, number)
        key = day, layer.tobytes()
        if key not in known:
            known[key] = Morning(day, layer, *advance(tables, layer, day, works))
        found.append(known[key])
        layer = found[-1].reached
    return found


@dataclass(frozen=True, eq=False)
class Merged:
    """A day of the automaton: what the works followed do from each state. `number` is the state of
    each row of the layer."""

    step: NDArray[np.int32]
    price: FloatArray
    units: IntArray  # (counters that tally, states, works)
    number: IntArray


def _merged(tables: Sequence[Table], mornings: Sequence[Morning]) -> list[Merged]:
    """The days with states of the same future made one. Days alike with the same future are the
    same ones."""
    known: dict[tuple[Morning, bytes], Merged] = {}
    number = np.zeros(len(mornings[-1].reached), dtype=np.int64)
    days: list[Merged] = []
    for morning in reversed(mornings):
        key = morning, number.tobytes()
        if key not in known:
            known[key] = _with_future(tables, morning, number)
        days.append(known[key])
        number = days[-1].number
    return days[::-1]


def _with_future(tables: Sequence[Table], morning: Morning, future: IntArray) -> Merged:
    """A day whose next morning's states have these numbers."""
    told, number, stand_for = alike(morning.move, future)
    step = told[stand_for]
    units = units_of(tables, morning.layer[stand_for], morning.day, step.shape[1])
    return Merged(
        step,
        np.where(step < 0, 0.0, morning.move.price[stand_for]),
        np.where(step < 0, 0, units),
        number,
    )


def _automaton(
    days: Sequence[Merged], followed: IntArray, works: int, initial: dict[Product, int]
) -> Automaton:
    shape = (len(days), max(1, *(len(day.step) for day in days)), works)
    step = np.full(shape, -1, dtype=np.int32)
    price = np.zeros(shape)
    units = np.zeros((len(days[0].units), *shape), dtype=np.int32)
    for d, day in enumerate(days):
        here = np.ix_(np.arange(len(day.step)), followed)
        step[d][here], price[d][here] = day.step, day.price
        for i, added in enumerate(day.units):
            units[i, d][here] = added
    return Automaton(step, price, units, initial)
