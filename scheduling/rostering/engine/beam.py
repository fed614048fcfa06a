"""Day by day with the most promising labels only: a roster where the best one takes too long."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...machine_code import inner
from .best_first import stepped
from .labels import FEWEST, NEXT, add_label, first_label
from .outlook import Outlook
from .periods import Terms
from .reach import Reach
from .week import FloatArray, IntArray


@inner
def follow_beam(
    cutoff: float,
    width: int,
    terms: Terms,
    outlook: Outlook,
    reach: Reach,
    way: IntArray,
) -> tuple[float, bool]:
    """(points of a roster below `cutoff`, inf if none is found; whether all labels were followed).
    Of each day the `width` labels of the least bounds go on. Fills `way` (days,) with the roster's
    kinds of work."""
    rules, offers, stretch = terms.rules, terms.offers, terms.stretch
    days, count, begin, everything = len(offers.many), NEXT, 0, True
    totals = np.zeros(len(rules.unit), dtype=np.int64)
    labels, index = first_label(stretch, len(totals)), np.full(2 * FEWEST, -1, dtype=np.int32)
    found, at, final = np.inf, -1, -1
    for i in range(days):
        end = count
        bounds = [0.0 for _ in range(0)]
        for label in range(begin, end):
            if labels.done[label]:
                continue
            for j in range(offers.many[i]):
                k = offers.kinds[i, j]
                cost, bound = stepped(k, label, labels, terms, outlook, reach, totals)
                if bound >= min(cutoff, found):
                    continue
                if i + 1 == days:
                    found, at, final = bound, label, k
                    continue
                to = rules.step[stretch.first + i, labels.state[label], k]
                labels, index, added = add_label(
                    labels, index, count, i + 1, to, totals, cost, label, k, rules.lazy
                )
                if added:
                    bounds.append(bound)
                    count += 1
        begin = end
        if len(bounds) > width:
            everything = False
            _keep(width, np.array(bounds), labels.done[begin:count])
    if at >= 0:
        way[days - 1] = final
        for i in range(days - 2, -1, -1):
            way[i], at = labels.kind[at], labels.before[at]
    return found, everything


@inner
def _keep(width: int, bounds: FloatArray, done: NDArray[np.bool_]) -> None:
    """Marks all but the `width` least bounds as done."""
    for place in np.argsort(bounds)[width:]:
        done[place] = True
