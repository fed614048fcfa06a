"""The kernel: one agent's best legal roster under given prices.

A walk over the days finds the cheapest legal sequence of shift options. Each hard rule is there
once: as a missing option, a step of the automaton, a rest between two shifts, a total that is
judged at the end of its period, or the window that the start times of a week lie in.

Start windows belong to calendar weeks: within each week every window is tried (`days`) that can
still lead to the best, and the best value of each node is kept, so the result is exact for horizons
of several weeks too. That takes long; where it need not be the best roster of several weeks, only
the most promising ends of each week go on. Where only the automaton binds, `backward` is enough.
"""

from __future__ import annotations

import numpy as np

from ...machine_code import inner, number, woven
from .agent_rules import AgentRules, span_of, with_totals
from .days import Memory, Task, slot_of, walk_days
from .memo import Memo, remember, remembered
from .multipliers import best_prices, relaxation
from .outlook import least_after, outlook_of
from .periods import terms_of
from .stretch import Stretch, ending, part, spare
from .totals import TotalTables
from .week import FloatArray, IntArray, Options
from .windows import least_of_windows

FIRST_DEPTH = 8.0  # points above the least, of rosters that are looked for first,
DEEPER = 4.0  # and so many times as many where there are none,
DEEPEST = 1e4  # until all are looked for
PATIENCE = 16  # windows in a row that lead to nothing better, for each end of a week that goes on,
# until others are left out
WIDER = 16  # times as many ends go on where so few lead to no roster
ONE, ALL = number(1), number(1 << 40)


@woven
def best_roster(
    a: int,
    keep: Memory,
    rules: AgentRules,
    tables: TotalTables,
    options: Options,
    value: FloatArray,
    stretch: Stretch,
    weeks: IntArray,
    known: Memo,
    cutoff: float,
    greedy: bool,
    chosen: IntArray,
) -> tuple[float, float]:
    """(points, least) of agent a's best legal roster of a stretch, whose option a day (−1:
    off) goes into `chosen` on its days; no roster costs less than `least`. Points are inf if there
    is none below `cutoff`; where it is `greedy`, the roster may not be the best, nor found. If
    `keep` gets full, that is so too, and nothing is known.

    `value` is what each option costs, `weeks` holds the first day of each calendar week of the
    stretch and its end. What follows the stretch is counted in.
    """
    keep.full[0] = False
    if stretch.state < 0:
        return np.inf, np.inf
    carried = ~rules.lazy
    carried |= known.bound[a, : len(carried)]
    while True:
        which = np.flatnonzero(carried)
        terms = terms_of(with_totals(rules, which), tables, part(stretch, which), options, value)
        price, relaxed = remembered(known, a, which, terms.periods), relaxation(terms)
        if len(price) > 0:
            best_prices(price, terms, relaxed, 0.0)
            remember(known, a, which, terms.periods, price)
        outlook = outlook_of(price, terms, relaxed)
        task = Task(terms, weeks, options, value, outlook, which[:0], relaxed.prices[:0])
        if greedy:
            found = _widened(keep, task, cutoff, chosen)
        else:
            found = _deepened(keep, task, cutoff, chosen)
        least = min(outlook.least if greedy else found, cutoff)
        if found == np.inf or keep.full[0]:
            return found, least
        left = spare(rules, tables, options, stretch, chosen)
        more = rules.lazy & ~carried & (left < 0)
        if not more.any():
            known.bound[a, : len(carried)] = rules.lazy & (left <= 0)
            return found, least
        carried |= more


@woven
def _deepened(keep: Memory, task: Task, cutoff: float, chosen: IntArray) -> float:
    """The cheapest roster below `cutoff`; fills `chosen`. First those rosters are looked for that
    cost little more than the least to be expected, then dearer ones: what cannot be among them is
    not followed (iterative deepening: Korf 1985, Artif. Intell. 27)."""
    least, depth = task.outlook.least, FIRST_DEPTH
    if least >= cutoff:
        return np.inf
    while depth < DEEPEST and least + depth < cutoff:
        found = walk_weeks(keep, task, least + depth, ALL, chosen)
        if found < np.inf:
            return found
        depth *= DEEPER
    return walk_weeks(keep, task, cutoff, ALL, chosen)


@woven
def _widened(keep: Memory, task: Task, cutoff: float, chosen: IntArray) -> float:
    """A cheap roster below `cutoff`, along the most promising end of each week; fills `chosen`.
    Whether there is any roster at all must come out: without a cutoff more ends go on if need
    be."""
    ends = ONE
    while task.outlook.least < cutoff:
        found = walk_weeks(keep, task, cutoff, ends, chosen)
        if found < np.inf or cutoff < np.inf or keep.full[0] or not keep.left[0]:
            return found
        ends *= WIDER
    return np.inf


@inner
def walk_weeks(keep: Memory, task: Task, cutoff: float, ends: int, chosen: IntArray) -> float:
    """The cheapest roster below `cutoff` by the walk over all weeks, so many ends of each of which
    go on; fills `chosen`."""
    stretch, weeks = task.terms.stretch, task.weeks
    keep.full[0] = keep.left[0] = False
    keep.entered[0, 0], keep.counts[0] = _first_place(task), 1
    keep.entry[0, 0, :] = np.inf
    keep.entry[0, 0, stretch.rank] = 0.0
    last = len(weeks) - 1
    for w in range(last):
        _week(keep, task, cutoff, ends, w)
    found, at, rank = _best_exit(keep, task, last)
    if found >= cutoff or keep.full[0]:
        return np.inf
    near = found + 1e-6 + 1e-9 * abs(found)
    for w in range(last - 1, -1, -1):
        place = keep.entered[w + 1, at]
        # The days of this week and window again: those of others have taken their place.
        side, number = walk_days(keep, task, near, w, int(keep.window[w, at, rank]))
        at = slot_of(place, keep.days[side], number)
        for d in range(weeks[w + 1] - 1, weeks[w] - 1, -1):
            day = d - weeks[w]
            chosen[d] = keep.option[day, at, rank]
            at, rank = int(keep.before[day, at, rank]), int(keep.rank[day, at, rank])
    return found


@inner
def _first_place(task: Task) -> int:
    rules, stretch = task.terms.rules, task.terms.stretch
    place, stride = stretch.state * span_of(rules), 1
    for r in range(len(stretch.totals)):
        place += stretch.totals[r] * stride
        stride *= rules.span[r]
    return place


@woven
def _week(keep: Memory, task: Task, cutoff: float, ends: int, w: int) -> None:
    """The start windows of a week; the best of them at each node of the next week's entry, of which
    so many are kept."""
    rules, exits, window, count = task.terms.rules, keep.entry[w + 1], keep.window[w], 0
    # At the end of a stretch, and where one end of a week goes on, only the best one matters.
    only = ends == 1 or w + 2 == len(task.weeks)
    promised, _, _ = _best_exit(keep, task, w)
    entered = np.inf
    for n in range(keep.counts[w]):
        entered = min(entered, keep.entry[w, n].min())
    around = least_after(task.weeks[w + 1] - task.terms.stretch.first, task.outlook)
    least = least_of_windows(task, cutoff - promised, w) + (entered + around)
    best, tried = cutoff, 0
    keep.ends.now[0] += 1
    for _ in range(len(least)):
        i = int(np.argmin(least))
        if least[i] >= best - 1e-9 or keep.full[0]:
            break
        if promised + rules.window_cost[i] >= best - 1e-9:
            least[i] = np.inf
            continue
        if tried >= PATIENCE * ends:
            keep.left[0] = True
            break
        least[i], tried = np.inf, tried + 1
        side, number = walk_days(keep, task, best, w, i)
        for n in range(number):
            place = keep.days[side].place[n]
            at = slot_of(place, keep.ends, count)
            if at < 0:
                keep.full[0] = True
                break
            if at == count:
                exits[at, :] = np.inf
                count += 1
            for j in range(rules.rest.ranks):
                cost = keep.cost[side, n, j] + rules.window_cost[i]
                if cost < exits[at, j]:
                    exits[at, j], window[at, j] = cost, i
                    if only:
                        through = cost + _later(task, w + 1, place, j)
                        if through < best:
                            best, tried = through, 0
    keep.entered[w + 1, :count], keep.counts[w + 1] = keep.ends.place[:count], count
    if count > ends:
        _keep_most_promising(keep, task, w + 1, ends)


@inner
def _keep_most_promising(keep: Memory, task: Task, w: int, ends: int) -> None:
    """Leaves out all but so many ways to the end of a week before week w."""
    promised = np.full(keep.counts[w], np.inf)
    for n in range(len(promised)):
        for j in range(task.terms.rules.rest.ranks):
            if keep.entry[w, n, j] < np.inf:
                cost = keep.entry[w, n, j] + _later(task, w, keep.entered[w, n], j)
                promised[n] = min(promised[n], cost)
    most = np.sort(promised)[ends - 1]
    kept = 0
    for n in range(len(promised)):
        if promised[n] <= most and kept < ends:
            keep.entered[w, kept] = keep.entered[w, n]
            keep.entry[w, kept], keep.window[w - 1, kept] = keep.entry[w, n], keep.window[w - 1, n]
            kept += 1
    keep.counts[w], keep.left[0] = kept, True


@inner
def _best_exit(keep: Memory, task: Task, w: int) -> tuple[float, int, int]:
    """(points, slot, rank) of the most promising way to the end of a week before week w, what is
    still to come counted in; (inf, −1, −1) if there is none."""
    found, at, rank = np.inf, -1, -1
    for n in range(keep.counts[w]):
        for j in range(task.terms.rules.rest.ranks):
            cost = keep.entry[w, n, j]
            if cost < np.inf:
                cost += _later(task, w, keep.entered[w, n], j)
                if cost < found:
                    found, at, rank = cost, n, j
    return found, at, rank


@woven
def _later(task: Task, w: int, place: int, rank: int) -> float:
    """What is to come from week w on: exactly after the stretch, at the least before its end."""
    rules, stretch, outlook = task.terms.rules, task.terms.stretch, task.outlook
    span, days = span_of(rules), task.weeks[w] - stretch.first
    totals, coded = np.zeros(len(stretch.totals), dtype=np.int64), place % span
    for r in range(len(totals)):
        totals[r] = coded % rules.span[r]
        coded //= rules.span[r]
    if w + 1 == len(task.weeks):
        return ending(stretch, place // span, rank, totals, rules, task.terms.tables)
    points = outlook.to_go[days, place // span] + outlook.later[days]
    for r in range(len(totals)):
        points += outlook.totals[outlook.of[r, days], totals[r]]
    return points
