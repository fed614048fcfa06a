"""What came on each day of a history, beside what its usual profile lets expect."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.fft import dct

from ..day_matrix import divided
from .lessons import normalised

_LEAST_KNOWN = 0.5
# What a day's own shape adds to the variance 1 / total of its waves: a day of 500 contacts then
# tells half as much as chance alone would let it. Counts as seven days until more are known.
_OWN_VARIANCE, _OWN_DAYS = 0.002, 7.0
_SLOW_WAVES = 4
_WILD = 9.0  # squares beyond as many medians are cut


@dataclass(frozen=True)
class DaySums:
    """`share` (days, slots) is the usual share of each slot in the known part of its day, `count`
    what came in it, `open` whether it is open and known. `total` (days,) is each day's contacts,
    its gaps filled in, and `weight` what a contact of the day counts for: 0 if the day tells
    nothing, and less on large days, whose shapes differ by more than chance."""

    share: NDArray[np.float64]
    count: NDArray[np.float64]
    open: NDArray[np.bool_]
    total: NDArray[np.float64]
    weight: NDArray[np.float64]

    @property
    def taught(self) -> NDArray[np.bool_]:
        taught: NDArray[np.bool_] = self.weight > 0
        return taught

    def against(self, base: NDArray[np.float64]) -> DaySums:
        """The same days beside other profiles (days, slots)."""
        return replace(self, share=normalised(np.where(self.open, base, 0.0)))


def day_sums(
    contacts: NDArray[np.float64],
    base: NDArray[np.float64],
    telling: NDArray[np.bool_],
    ordinary: NDArray[np.bool_],
) -> DaySums:
    """`contacts` (days, slots), NaN where unknown, beside the profiles `base` of the same days, 0
    in closed slots. Only days that are `telling` (days,) may tell, if most of them is known; the
    `ordinary` ones (days,) tell how far days of one profile differ by more than chance."""
    known = np.isfinite(contacts) & (base > 0)
    count = np.where(known, contacts, 0.0)
    part = divided(np.where(known, base, 0.0).sum(axis=1), base.sum(axis=1))
    total = divided(count.sum(axis=1), part)
    telling = telling & (part >= _LEAST_KNOWN) & (total > 0)
    share = normalised(np.where(known, base, 0.0))
    own = _own_variance(share, count, ordinary & telling)
    return DaySums(share, count, known, total, telling / (1.0 + total * own))


def _own_variance(
    share: NDArray[np.float64], count: NDArray[np.float64], days: NDArray[np.bool_]
) -> float:
    """Variance of the days' own shapes, on the scale on which chance has 1 / day total: what the
    slowest waves of their deviations have beyond chance."""
    if not days.any():
        return _OWN_VARIANCE
    total = count[days].sum(axis=1, keepdims=True)
    apart = divided(count[days] / total - share[days], np.sqrt(share[days]))
    squares = dct(apart, norm="ortho", axis=1)[:, 1 : _SLOW_WAVES + 1] ** 2
    excess = (
        np.minimum(squares, _WILD * np.median(squares, axis=0)).mean(axis=1) - 1.0 / total[:, 0]
    )
    found = (excess.sum() + _OWN_DAYS * _OWN_VARIANCE) / (len(excess) + _OWN_DAYS)
    return max(float(found), 0.0)
