"""Labels followed the most promising first, until one is a roster.

With the prices of totals (`multipliers`) every label has a bound of the cheapest roster through it;
whichever has the least is followed a day further (A*: Hart, Nilsson & Raphael 1968, IEEE Trans.
SSC 4(2)). Bounds never fall along a way, so the first complete roster is the best, and the least
bound left is one of every roster at any time.
"""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np

from ...machine_code import inner
from .agent_rules import judged
from .labels import FEWEST, NEXT, Labels, add_label, first_label
from .outlook import Outlook
from .periods import Terms
from .reach import Reach
from .week import IntArray

DEEPER = 1e-11
"""Part of the points that a day farther on counts as less: of equal ways the farthest goes on."""


@inner
def stepped(
    k: int,
    label: int,
    labels: Labels,
    terms: Terms,
    outlook: Outlook,
    reach: Reach,
    totals: IntArray,
) -> tuple[float, float]:
    """A label's (cost, bound) after a day of work of kind k, whose totals go into `totals`; both
    inf if that is illegal. After the last day both are what the whole roster costs."""
    rules, tables, offers, stretch, periods = terms
    i, state = labels.day[label], labels.state[label]
    d, last = stretch.first + i, i + 1 == len(offers.many)
    to = rules.step[d, state, k]
    if to < 0:
        return np.inf, np.inf
    cost = labels.cost[label] + offers.best[i, k] + rules.price[d, state, k]
    rest = stretch.after[to] if last else outlook.to_go[i + 1, to] + outlook.later[i + 1]
    for r in range(len(totals)):
        q, total = periods.of[r, i], labels.totals[label, r]
        total += rules.units[rules.unit[r], d, state, k]
        if rules.ends[r, d] or last:
            if not rules.ends[r, d]:
                total += stretch.units[r, to]
            cost += judged(tables, periods.table[q], total)
            total = 0
            if not last:
                rest += outlook.totals[periods.of[r, i + 1], 0]
        elif periods.idle[q]:
            total = 0
            rest += outlook.totals[q, 0]
        else:
            table = periods.table[q]
            if total + reach.high[r, i + 1, to] < tables.least[table]:
                return np.inf, np.inf
            if total + reach.low[r, i + 1, to] > tables.most[table]:
                return np.inf, np.inf
            rest += outlook.totals[q, total]
        totals[r] = total
    return cost, cost + rest


@inner
def follow_labels(
    cutoff: float,
    slack: float,
    room: int,
    terms: Terms,
    outlook: Outlook,
    reach: Reach,
    way: IntArray,
) -> tuple[float, float]:
    """(points, least): of a roster below `cutoff` at most `slack` points above the best, inf if
    there is none or `room` labels do not find it; and what every roster costs at the least. Fills
    `way` (days,) with its kinds of work. The larger the slack, the farther ways are followed first.
    """
    rules, offers, stretch = terms.rules, terms.offers, terms.stretch
    days, count = len(offers.many), NEXT
    totals = np.zeros(len(rules.unit), dtype=np.int64)
    labels, index = first_label(stretch, len(totals)), np.full(2 * FEWEST, -1, dtype=np.int32)
    deeper = DEEPER * (1 + abs(outlook.to_go[0, stretch.state])) + slack / days
    heap = [(-np.inf, 0)]
    least = np.inf
    while len(heap) > 0:
        least, label = heappop(heap)
        if labels.done[label]:
            continue
        labels.done[label] = True
        i = labels.day[label]
        if i == days:
            points = labels.cost[label]
            for i in range(days - 1, -1, -1):
                way[i], label = labels.kind[label], labels.before[label]
            return points, least
        if count > room:
            return np.inf, least
        for j in range(offers.many[i]):
            k = offers.kinds[i, j]
            cost, bound = stepped(k, label, labels, terms, outlook, reach, totals)
            if bound >= cutoff:
                continue
            to = rules.step[stretch.first + i, labels.state[label], k]
            labels, index, added = add_label(
                labels, index, count, i + 1, to, totals, cost, label, k, rules.lazy
            )
            if added:
                heappush(heap, (bound - deeper * (i + 1), count))
                count += 1
    return np.inf, cutoff
