"""What the rosters of each agent have taught: only a place to begin from."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .periods import Periods
from .week import FloatArray, IntArray


class Memo(NamedTuple):
    """Prices of totals, and which of them bind."""

    price: FloatArray  # (agents, totals, days) of a unit of the period that a day lies in
    bound: NDArray[np.bool_]  # (agents, totals) whether a mere most was reached


def memo(agents: int, totals: int, days: int) -> Memo:
    """Nothing known yet."""
    return Memo(
        np.zeros((agents, totals, days)),
        np.zeros((agents, totals), dtype=np.bool_),
    )


@njit(cache=True, nogil=True)
def remembered(known: Memo, a: int, which: IntArray, periods: Periods) -> FloatArray:
    """Agent a's last price of each period; the periods are those of the totals `which`."""
    price = np.zeros(len(periods.total))
    for q in range(len(price)):
        price[q] = known.price[a, which[periods.total[q]], periods.first[q]]
    return price


@njit(cache=True, nogil=True)
def remember(known: Memo, a: int, which: IntArray, periods: Periods, price: FloatArray) -> None:
    """Keeps the prices for stretches of days that begin later, too."""
    first = 0 if len(price) == 0 else periods.first.min()
    for r in range(len(which)):
        for i in range(periods.of.shape[1]):
            known.price[a, which[r], first + i] = price[periods.of[r, i]]
