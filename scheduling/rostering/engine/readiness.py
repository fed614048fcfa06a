"""When agents may start: how long after a shift, and how far apart within a week."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..objective import spread_points
from ..options import ShiftOptions
from ..problem import RosterProblem
from .week import FloatArray, IntArray, Rest


def compile_rest(
    problem: RosterProblem,
    universe: ShiftOptions,
    works: NDArray[np.int64],
    rest_min: int,
    price: float,
) -> Rest:
    """Ranks of readiness (see `days`): on each day, the moments later than its first start."""
    days = problem.grid.days
    ready = universe.end + rest_min
    moments: list[IntArray] = [np.zeros(0, dtype=np.int64)]
    for d in range(1, days):
        starts = universe.start[universe.first[d] : universe.first[d + 1]]
        before = ready[universe.first[d - 1] : universe.first[d]]
        late = np.unique(np.concatenate([before, moments[-1]]))
        moments.append(late[late > starts[0]] if len(starts) else late)
    ranks = 1 + max(len(m) for m in moments)
    allowed = np.ones(universe.size, dtype=np.int64)
    priced = np.ones(universe.size, dtype=np.int64)
    after = np.zeros(universe.size, dtype=np.int64)
    carry = np.zeros((days, ranks), dtype=np.int64)
    at = np.zeros((days, ranks))
    for d in range(days):
        mine = slice(universe.first[d], universe.first[d + 1])
        allowed[mine] += np.searchsorted(moments[d], universe.start[mine], side="right")
        rested = universe.start[mine] + (rest_min if np.isfinite(price) else 0)
        priced[mine] += np.searchsorted(moments[d], rested, side="right")
        at[d, 1 : len(moments[d]) + 1] = moments[d]
        if d + 1 < days:
            after[mine] = _rank(moments[d + 1], ready[mine])
            carry[d, 1 : len(moments[d]) + 1] = _rank(moments[d + 1], moments[d])
    a_minute = price / 60 if np.isfinite(price) else 0.0
    begun = universe.start.astype(float) * a_minute
    alike = np.zeros(universe.size, dtype=np.int64)
    for d in range(days):
        mine = slice(universe.first[d], universe.first[d + 1])
        keys = np.stack([works[mine], after[mine], allowed[mine], begun[mine]], axis=1)
        alike[mine] = np.unique(keys, axis=0, return_inverse=True)[1].ravel()
    return Rest(allowed, after, carry, ranks, priced, at * a_minute, begun, alike)


def _rank(moments: IntArray, ready: IntArray) -> IntArray:
    """1 + place among the moments; 0 for a readiness too early to matter."""
    place = np.searchsorted(moments, ready)
    found = place < len(moments)
    found[found] = moments[place[found]] == ready[found]
    ranks: IntArray = np.where(found, place + 1, 0)
    return ranks


def start_windows(
    problem: RosterProblem, universe: ShiftOptions, spread_min: int | None
) -> tuple[IntArray, FloatArray]:
    """Start windows (lowest, highest clock minute) with their price in points.

    Where a steady start has a price, windows grow by whole hours, as the price does; so they do
    beyond a spread that is the most by a soft rule.
    """
    steady, wide = problem.weights.steady_start, problem.points_of("start_spread")
    clocks = np.unique(universe.clock)
    if len(clocks) == 0:
        return np.array([[0, 1440]], dtype=np.int64), np.zeros(1)
    reach = int(clocks[-1] - clocks[0])
    most = reach if spread_min is None else min(spread_min, reach)
    widths = {most}
    if steady:
        widths |= set(range(0, most, 60))
    if most < reach and np.isfinite(wide):
        beyond = range(most + 60, reach + 60, 60)
        widths |= {min(width, reach) for width in beyond}
        if steady:
            widths |= set(range(0, reach, 60))
    best: dict[tuple[int, int], float] = {}
    for width in sorted(widths):
        above = -(-max(width - most, 0) // 60)
        points = spread_points(steady, width) + (wide * above if above else 0.0)
        for low in clocks:
            high = int(clocks[clocks <= low + width][-1])
            # The same window at a lower price makes the dearer one useless.
            best[int(low), high] = min(points, best.get((int(low), high), np.inf))
    if len(best) > 1 and not steady and most == reach:
        return np.array([[clocks[0], clocks[-1]]], dtype=np.int64), np.zeros(1)
    return np.array(list(best), dtype=np.int64), np.array(list(best.values()))
