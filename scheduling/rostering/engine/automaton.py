"""All counters of an agent's rules at once: one automaton over the days of the grid.

States are tuples of the counters' states. Only states that some agent can reach, and from which
the last day can still be reached, are kept, and those with the same future are one: they are
numbered day by day, so that the search for a week is a walk through a small table.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..problem import RosterProblem
from ..rules.base import Counter, Day, DayKind, DayWork, State, day_of

Product = tuple[State, ...]


@dataclass(frozen=True)
class Tally:
    """Counts night shifts, or weekend shifts, for fairness. It forbids nothing."""

    nights: bool

    def start(self) -> State:
        return 0

    def step(self, state: State, day: Day, work: DayWork, strict: bool) -> State | None:
        assert isinstance(state, int)
        counted = work.night if self.nights else day.weekend
        return state + (work.kind is DayKind.SHIFT and counted)


@dataclass(frozen=True)
class Automaton:
    """`step[d, s, k]` is the state after day d of doing `works[k]` in state s, or −1 if a rule
    forbids it; `tallies[s]` are the final tallies (weekends, nights, as far as counted) of state s
    after the last day, `initial` the number of each product state before the first day (−1 where
    no legal days follow)."""

    step: NDArray[np.int32]
    tallies: tuple[tuple[int, ...], ...]
    initial: dict[Product, int]


def replay(
    counters: Sequence[Counter], problem: RosterProblem, past: dict[int, DayWork]
) -> Product:
    """The product state on the grid's first morning: `past` holds what was done on earlier days
    (negative numbers). Other days were off or, without any history, excuse as unpaid leave."""
    states: list[State] = [counter.start() for counter in counters]
    unknown = DayWork(DayKind.OFF if problem.history else DayKind.UNPAID_LEAVE)
    # Start on a week's first day, far enough back for any run.
    first = -7 * (1 + (-min(past, default=0)) // 7)
    first -= (problem.weekday(first) - problem.first_weekday) % 7
    for number in range(first, 0):
        day = day_of(problem, number)
        work = past.get(number, unknown)
        for i, counter in enumerate(counters):
            if isinstance(counter, Tally):
                continue
            states[i] = counter.step(states[i], day, work, False)
    return tuple(states)


def build(
    counters: Sequence[Counter],
    problem: RosterProblem,
    works: Sequence[DayWork],
    possible: Collection[DayWork],
    initial: Sequence[Product],
) -> Automaton:
    """The automaton from the given initial states over the grid's days. Of the day works, which
    number its columns, only the possible ones are followed."""
    days = [day_of(problem, number) for number in range(problem.grid.days)]
    layers: list[list[Product]] = [sorted(set(initial), key=repr)]
    moves: list[list[list[int]]] = []
    for day in days:
        numbers: dict[Product, int] = {}
        table = []
        for state in layers[-1]:
            row = []
            for work in works:
                after = _step(counters, state, day, work) if work in possible else None
                row.append(-1 if after is None else numbers.setdefault(after, len(numbers)))
            table.append(row)
        moves.append(table)
        layers.append(list(numbers))
    tallies = [i for i, counter in enumerate(counters) if isinstance(counter, Tally)]
    tallies.sort(key=lambda i: counters[i] == Tally(nights=True))
    ends = [tuple(state[i] for i in tallies) for state in layers[-1]]
    final, number = _numbered(ends)
    merged = []
    for table in reversed(moves):
        # −1 stands for a step that leads nowhere; states with the same steps are one.
        rows = [tuple(-1 if to < 0 else number[to] for to in row) for row in table]
        dead = (-1,) * len(works)
        kept, number = _numbered([row for row in rows if row != dead])
        place = dict(zip(kept, range(len(kept)), strict=True))
        number = [place.get(row, -1) for row in rows]
        merged.append(kept)
    merged.reverse()
    width = max(len(final), *(len(rows) for rows in merged), 1)
    step = np.full((len(days), width, len(works)), -1, dtype=np.int32)
    for d, rows in enumerate(merged):
        if rows:
            step[d, : len(rows)] = rows
    initial_numbers = {state: number[i] for i, state in enumerate(layers[0])}
    return Automaton(step, tuple(final), initial_numbers)


def _numbered(values: list[tuple[Any, ...]]) -> tuple[list[tuple[Any, ...]], list[int]]:
    """The different values in order of appearance, and the number of each."""
    place = {value: i for i, value in enumerate(dict.fromkeys(values))}
    return list(place), [place[value] for value in values]


def _step(counters: Sequence[Counter], state: Product, day: Day, work: DayWork) -> Product | None:
    after = []
    for counter, part in zip(counters, state, strict=True):
        next_part = counter.step(part, day, work, True)
        if next_part is None:
            return None
        after.append(next_part)
    return tuple(after)
