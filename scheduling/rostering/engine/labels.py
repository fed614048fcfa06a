"""Labels: ways to a state with certain totals, by number.

Of several ways to the same state and totals on a day the cheapest stays; more of a total that
merely has a most is never better than less.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...machine_code import inner, number
from .stretch import Stretch
from .week import FloatArray, IntArray

FEWEST = 1024  # labels that memory is taken for at first; a power of two
NEXT = number(1)  # label after the way that has not begun


class Labels(NamedTuple):
    """Labels by number."""

    day: NDArray[np.int32]  # of the stretch; the number of days for a complete roster
    state: NDArray[np.int32]
    totals: NDArray[np.int32]  # (labels, totals)
    cost: FloatArray
    before: NDArray[np.int32]  # the label on the day before
    kind: NDArray[np.int32]  # of work that led here
    done: NDArray[np.bool_]  # followed already, or beaten
    other: NDArray[np.int32]  # another one that differs in mere mosts only; −1 none


@inner
def _labels(room: int, totals: int) -> Labels:
    return Labels(
        np.zeros(room, dtype=np.int32),
        np.zeros(room, dtype=np.int32),
        np.zeros((room, totals), dtype=np.int32),
        np.zeros(room),
        np.zeros(room, dtype=np.int32),
        np.zeros(room, dtype=np.int32),
        np.zeros(room, dtype=np.bool_),
        np.zeros(room, dtype=np.int32),
    )


@inner
def _twice(labels: Labels) -> Labels:
    """The same labels with room for twice as many."""
    count, totals = labels.totals.shape
    larger = _labels(2 * count, totals)
    larger.day[:count] = labels.day
    larger.state[:count] = labels.state
    larger.totals[:count] = labels.totals
    larger.cost[:count] = labels.cost
    larger.before[:count] = labels.before
    larger.kind[:count] = labels.kind
    larger.done[:count] = labels.done
    larger.other[:count] = labels.other
    return larger


@inner
def _place(
    index: NDArray[np.int32],
    labels: Labels,
    day: int,
    state: int,
    totals: IntArray,
    lazy: NDArray[np.bool_],
) -> int:
    """Where the index (a power of two long) holds the last label of a day, state and totals other
    than the lazy ones, or would hold it."""
    mask = len(index) - 1
    code = day * 1009 + state + 1
    for r in range(len(totals)):
        if not lazy[r]:
            code = code * 1_000_003 + totals[r]
    code *= 0x9E3779B97F4A7C1
    at = (code ^ (code >> 29)) & mask
    while index[at] >= 0:
        label = index[at]
        same = labels.day[label] == day and labels.state[label] == state
        for r in range(len(totals)):
            same = same and (lazy[r] or labels.totals[label, r] == totals[r])
        if same:
            break
        at = (at + 1) & mask
    return at


@inner
def _indexed(
    index: NDArray[np.int32], labels: Labels, lazy: NDArray[np.bool_]
) -> NDArray[np.int32]:
    """An index twice as long that holds the same."""
    longer = np.full(2 * len(index), -1, dtype=np.int32)
    totals = np.zeros(labels.totals.shape[1], dtype=np.int64)
    for label in index:
        if label >= 0:
            totals[:] = labels.totals[label]
            day, state = labels.day[label], labels.state[label]
            longer[_place(longer, labels, day, state, totals, lazy)] = label
    return longer


@inner
def _beaten(
    labels: Labels, last: int, cost: float, totals: IntArray, lazy: NDArray[np.bool_]
) -> bool:
    """Whether one of the labels that differ in lazy totals only, `last` and those before it, is no
    worse in anything. Those that the new one beats are done."""
    label = last
    while label >= 0:
        less = more = False
        for r in range(len(totals)):
            if lazy[r]:
                less = less or totals[r] < labels.totals[label, r]
                more = more or totals[r] > labels.totals[label, r]
        if labels.cost[label] <= cost and not less:
            return True
        if cost <= labels.cost[label] and not more:
            labels.done[label] = True
        label = labels.other[label]
    return False


@inner
def first_label(stretch: Stretch, totals: int) -> Labels:
    """The way that has not begun yet, as label 0."""
    labels = _labels(FEWEST, totals)
    labels.state[0], labels.before[0] = stretch.state, -1
    labels.totals[0] = stretch.totals
    return labels


@inner
def add_label(
    labels: Labels,
    index: NDArray[np.int32],
    count: int,
    day: int,
    state: int,
    totals: IntArray,
    cost: float,
    before: int,
    kind: int,
    lazy: NDArray[np.bool_],
) -> tuple[Labels, NDArray[np.int32], bool]:
    """Labels and index, grown if there were `count` already, and whether the new label was added:
    not if another one beats it."""
    place = _place(index, labels, day, state, totals, lazy)
    if _beaten(labels, index[place], cost, totals, lazy):
        return labels, index, False
    if count == len(labels.cost):
        labels = _twice(labels)
        index = _indexed(index, labels, lazy)
        place = _place(index, labels, day, state, totals, lazy)
    labels.day[count], labels.state[count], labels.cost[count] = day, state, cost
    labels.totals[count] = totals
    labels.before[count], labels.kind[count] = before, kind
    labels.other[count], index[place] = index[place], count
    return labels, index, True
