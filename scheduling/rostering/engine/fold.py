"""Automata into which totals are folded: a state for each state and totals that can meet.

Where the product stays small, the walk over the days is far quicker with one number for everything
than with totals carried along. A total that merely has a most may stay apart: it seldom binds.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ...machine_code import inner
from .automaton import Automaton
from .totals import Totals, TotalTables

IntArray = NDArray[np.int64]
ROOM = 2_000_000  # steps that an automaton may hold with the totals that have a least or a price,
LAZY_ROOM = 300_000  # and with those that merely have a most
ALL = slice(None)


def folded(
    automata: tuple[Automaton, ...],
    number: IntArray,
    initial: IntArray,
    totals: Totals,
    tables: TotalTables,
    whom: NDArray[np.bool_],
) -> tuple[tuple[Automaton, ...], IntArray, IntArray, Totals]:
    """(automata, each agent's automaton and first state, the totals that stay apart). Only the
    totals of some agents are folded in, `whom`: of those whose rest or start windows bind, and on
    short horizons. Elsewhere they cost less as they are (`course`)."""
    made: dict[tuple[object, ...], tuple[int, int, IntArray]] = {}
    found: list[Automaton] = []
    number, initial = number.copy(), initial.copy()
    totals = _of(totals, np.arange(len(number)))
    for a in range(len(number)):
        i, first, count = int(number[a]), int(initial[a]), totals.many[a]
        mine = _of(totals, a, np.arange(count))
        key = (bool(whom[a]), i, first, *(part.tobytes() for part in mine))
        if key not in made:
            automaton, start, inside = automata[i], first, np.zeros(0, dtype=np.int64)
            if whom[a]:
                automaton, start, inside = _as_many_as_fit(automaton, first, totals, a, tables)
            made[key] = (len(found), start, inside)
            found.append(automaton)
        number[a], initial[a], inside = made[key]
        if len(inside):
            _leave_out(totals, a, inside)
    return _once(found), _renumbered(found, number), initial, totals


def _as_many_as_fit(
    automaton: Automaton, first: int, totals: Totals, a: int, tables: TotalTables
) -> tuple[Automaton, int, IntArray]:
    """The automaton with totals folded in, its first state, and which totals: those with a least or
    a price all together or not at all, then those that merely have a most, the narrowest first."""
    lazy = totals.lazy[a, : totals.many[a]]
    inside = np.flatnonzero(~lazy)
    best = automaton, first, inside[:0]
    if first < 0:
        return best
    narrow = np.flatnonzero(lazy)[np.argsort(totals.span[a, np.flatnonzero(lazy)], kind="stable")]
    for more in range(len(narrow) + 1):
        chosen = np.concatenate([inside, narrow[:more]])
        if len(chosen) == 0:
            continue
        mine = _of(totals, a, chosen)
        larger = _with_totals(automaton, first, mine, tables, LAZY_ROOM if more else ROOM)
        if larger is None:
            break
        best = *larger, chosen
    return best


def _once(found: list[Automaton]) -> tuple[Automaton, ...]:
    different = {id(automaton): automaton for automaton in found}
    return tuple(different.values())


def _renumbered(found: list[Automaton], number: IntArray) -> IntArray:
    place = {key: i for i, key in enumerate(dict.fromkeys(map(id, found)))}
    return np.array([place[id(found[i])] for i in number], dtype=np.int64)


def _of(totals: Totals, a: int | IntArray, which: IntArray | slice = ALL) -> Totals:
    """A copy of an agent's totals, or of several agents': those numbered `which`."""
    return Totals(
        np.array(totals.many[a]),
        totals.unit[a][..., which].copy(),
        totals.size[a][..., which].copy(),
        totals.first[a][..., which].copy(),
        totals.table[a][..., which, :].copy(),
        totals.ends[a][..., which, :].copy(),
        totals.reach[a][..., which].copy(),
        totals.span[a][..., which].copy(),
        totals.lazy[a][..., which].copy(),
    )


def _leave_out(totals: Totals, a: int, inside: IntArray) -> None:
    """Takes the totals that are folded in off the agent's list."""
    left = np.setdiff1d(np.arange(totals.many[a]), inside)
    for part in totals:
        if part.ndim > 1:
            part[a, : len(left)] = part[a, left]
    totals.many[a] = len(left)
    totals.reach[a, : len(left)] = -1  # known for the states of before only


def _with_totals(
    automaton: Automaton,
    first: int,
    totals: Totals,
    tables: TotalTables,
    room: int,
) -> tuple[Automaton, int] | None:
    """The automaton with the totals folded in and its first state; None if it grows too large."""
    step, price, origin = _fold(
        automaton.step,
        automaton.price,
        _added(automaton, totals),
        first,
        totals.first,
        totals.span,
        totals.table,
        totals.ends,
        totals.reach,
        tables,
        max(room // (automaton.step.shape[0] * automaton.step.shape[2]), 1),
    )
    if len(step) == 0:
        return None
    units = automaton.units[:, np.arange(len(step))[:, None], origin]
    return Automaton(step, price, units, automaton.initial), 0 if step[0, 0].max() >= 0 else -1


def _added(automaton: Automaton, totals: Totals) -> NDArray[np.int32]:
    """What each step adds to the totals, in multiples of their sizes: (days, states, works,
    totals)."""
    counted = zip(totals.unit.tolist(), totals.size.tolist(), strict=True)
    return np.stack([automaton.units[unit] // size for unit, size in counted], axis=-1)


@njit(cache=True, nogil=True)
def _fold(
    step: NDArray[np.int32],
    price: NDArray[np.float64],
    units: NDArray[np.int32],
    initial: int,
    first: IntArray,
    span: IntArray,
    table: IntArray,
    ends: NDArray[np.bool_],
    reach: IntArray,
    tables: TotalTables,
    most: int,
) -> tuple[NDArray[np.int32], NDArray[np.float64], NDArray[np.int32]]:
    """(step, price, the state that each new state comes from); empty if a day has too many."""
    days, states, works = step.shape
    width = 1
    for size in span:
        width *= size
    number = np.full(states * width, -1)
    places = np.zeros((days + 1, most), dtype=np.int64)
    counts = np.zeros(days + 1, dtype=np.int64)
    # Rows are filled as they are reached: most of this memory is never touched.
    after = np.empty((days, most, works), dtype=np.int32)
    points = np.empty((days, most, works))
    index, stride = 0, 1
    for r in range(len(first)):
        index += first[r] * stride
        stride *= span[r]
    places[0, 0], counts[0] = initial * width + index, 1
    for d in range(days):
        reached = 0
        for n in range(counts[d]):
            state, left = places[d, n] // width, places[d, n] % width
            after[d, n], points[d, n] = -1, 0.0
            for k in range(works):
                to, own = step[d, state, k], price[d, state, k]
                if to < 0:
                    continue
                index, stride, coded = 0, 1, left
                for r in range(len(span)):
                    total = coded % span[r] + units[d, state, k, r]
                    coded //= span[r]
                    kind = table[r, d]
                    if ends[r, d]:
                        own += tables.points[kind, min(total, tables.points.shape[1] - 1)]
                        total = 0
                    elif d + 1 < days and (
                        total + tables.high[reach[r], d + 1, to] < tables.least[kind]
                        or total + tables.low[reach[r], d + 1, to] > tables.most[kind]
                    ):
                        own = np.inf
                    index += total * stride
                    stride *= span[r]
                if own == np.inf:
                    continue
                place = to * width + index
                if number[place] < 0:
                    if reached == most:
                        return after[:0], points[:0], after[:0, :, 0]
                    number[place] = reached
                    places[d + 1, reached] = place
                    reached += 1
                after[d, n, k], points[d, n, k] = number[place], own
        for n in range(reached):
            number[places[d + 1, n]] = -1
        counts[d + 1] = reached
    return _alive(after, points, places // width, counts)


@inner
def _alive(
    after: NDArray[np.int32], points: NDArray[np.float64], origin: IntArray, counts: IntArray
) -> tuple[NDArray[np.int32], NDArray[np.float64], NDArray[np.int32]]:
    """Only states from which the last day can be reached, numbered anew; a first state without any
    future stays alone."""
    days, _, works = after.shape
    renumbered = np.arange(int(counts[days]))
    kept = np.zeros(days, dtype=np.int64)
    for d in range(days - 1, -1, -1):
        mine = np.full(counts[d], -1)
        for n in range(counts[d]):
            alive = False
            for k in range(works):
                if after[d, n, k] >= 0:
                    after[d, n, k] = renumbered[after[d, n, k]]
                    alive = alive or after[d, n, k] >= 0
            if alive:
                m = kept[d]
                mine[n] = m
                after[d, m], points[d, m], origin[d, m] = after[d, n], points[d, n], origin[d, n]
                kept[d] += 1
        renumbered = mine
    most = max(kept.max(), 1)
    step = np.full((days, most, works), -1, dtype=np.int32)
    price = np.zeros((days, most, works))
    came = np.zeros((days, most), dtype=np.int32)
    for d in range(days):
        m = kept[d]
        step[d, :m], price[d, :m], came[d, :m] = after[d, :m], points[d, :m], origin[d, :m]
    return step, price, came
