"""What shifts are worth: each option's price with its breaks placed as well as they can be.

Prices say what one more person present costs in each slot (negative where the roster is short).
The walk over the days (`walk`) then finds an agent's cheapest legal sequence of options.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ...machine_code import inner

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


class Options(NamedTuple):
    """Shift options in slots (see `options.ShiftOptions`), and the templates' breaks."""

    first: IntArray  # (days + 1,)
    start: IntArray  # slot
    end: IntArray
    clock: IntArray
    template: IntArray
    work: IntArray  # index of the option's day work in the automaton
    cell: IntArray  # place in the cover of shifts that are wanted by number; −1 none
    breaks: IntArray  # per template: number of breaks
    break_len: IntArray  # (templates, most breaks) slots
    break_from: IntArray  # first and last slot of the break's start, after the shift's start
    break_to: IntArray
    break_gap: IntArray  # least slots at work since the break before
    break_away: IntArray  # 1 where the break is time away (a split gap)
    covers: IntArray  # per template: 1 if its working time serves queues (not on call)


class Rest(NamedTuple):
    """Ranks of readiness for one length of rest (see module docstring)."""

    allowed: IntArray  # per option: ranks below this may start it
    after: IntArray  # per option: rank on the next day
    carry: IntArray  # (days, ranks): rank on the next day after a day off
    ranks: int
    priced: IntArray  # per option: ranks from `allowed` to below this may start it at a price,
    late: FloatArray  # (days, ranks) points of the readiness, less those of the option's start
    begun: FloatArray  # per option
    alike: IntArray  # per option: number, within its day, of those that count and rest alike


@inner
def option_values(
    prefix: FloatArray,
    pause: FloatArray,
    options: Options,
    allowed: NDArray[np.bool_],
    own_cost: FloatArray,
    cell_price: FloatArray,
    value: FloatArray,
) -> None:
    """Fills `value` with each option's price, its best breaks taken; inf where not allowed.

    `prefix[t]` sums the price of being at work before slot t, `pause[t]` that of being on a break;
    `cell_price` is what one more person on a shift costs where shifts are wanted by number.
    """
    starts = np.zeros(options.break_len.shape[1], dtype=np.int64)
    for o in range(len(value)):
        if not allowed[o]:
            value[o] = np.inf
            continue
        total = own_cost[o]
        if options.covers[options.template[o]]:
            total += prefix[options.end[o]] - prefix[options.start[o]]
            total -= _breaks(prefix, pause, options, o, starts)
        if options.cell[o] >= 0:
            total += cell_price[options.cell[o]]
        value[o] = total


@inner
def _breaks(
    prefix: FloatArray, pause: FloatArray, options: Options, o: int, starts: IntArray
) -> float:
    """Largest price that the breaks of option `o` can take out of the shift; fills their starts.

    The breaks follow one another: the best of the later ones depends only on where the one before
    ends, so running maxima are enough.
    """
    k = options.template[o]
    count = options.breaks[k]
    if count == 0:
        return 0.0
    span = 0
    for b in range(count):
        span = max(span, options.break_to[k, b] - options.break_from[k, b] + 1)
    best = np.full((count, span), -np.inf)
    pick = np.zeros((count, span), dtype=np.int64)
    base = options.start[o]
    for b in range(count):
        length = options.break_len[k, b]
        low = options.break_from[k, b]
        high = options.break_to[k, b]
        before, before_at, seen = -np.inf, 0, 0
        for i in range(high - low + 1):
            at = base + low + i
            earlier = 0.0
            if b > 0:
                while seen <= options.break_to[k, b - 1] - options.break_from[k, b - 1]:
                    end = options.break_from[k, b - 1] + seen + options.break_len[k, b - 1]
                    if end + options.break_gap[k, b] > low + i:
                        break
                    if best[b - 1, seen] > before:
                        before = best[b - 1, seen]
                        before_at = seen
                    seen += 1
                earlier = before
            best[b, i] = earlier + prefix[at + length] - prefix[at]
            if not options.break_away[k, b]:
                best[b, i] -= pause[at + length] - pause[at]
            pick[b, i] = before_at
    last = count - 1
    at = 0
    for i in range(options.break_to[k, last] - options.break_from[k, last] + 1):
        if best[last, i] > best[last, at]:
            at = i
    found = best[last, at]
    for b in range(last, -1, -1):
        starts[b] = base + options.break_from[k, b] + at
        at = pick[b, at]
    return found


@njit(cache=True, nogil=True)
def place_breaks(
    prefix: FloatArray, pause: FloatArray, options: Options, o: int, starts: IntArray
) -> None:
    """Fills `starts` (most breaks,) with the best break starts of an option."""
    _breaks(prefix, pause, options, o, starts)
