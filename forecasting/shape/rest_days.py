"""Holidays have something of the days of rest: whose profile theirs is held against."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..day_marks import DayMarks
from ..day_matrix import divided
from .day_sums import DaySums
from .lessons import normalised

LIKE_REST = 0.5
"""How far a holiday is like a day of rest where no history tells: half."""

_SPREAD = 0.25  # variance of likeness between holidays, and of what is common to them beforehand


def rest_profile(usual: NDArray[np.float64], marks: DayMarks) -> NDArray[np.float64]:
    """Mean profile (slots,) of the weekend's days among `usual` (days, slots), all 0 if the queue
    is closed on them."""
    weekend = np.isin(marks.weekday, list(marks.weekend)) & ~marks.workday
    return normalised(usual[weekend[: len(usual)]].sum(axis=0))


def with_rest(
    usual: NDArray[np.float64],
    rest: NDArray[np.float64],
    marks: DayMarks,
    like_rest: float,
) -> NDArray[np.float64]:
    """Profiles (days, slots), those of holidays within the week mixed with `rest`."""
    if not rest.any():
        return usual
    mixed = usual.copy()
    days = _holidays_in_the_week(marks, len(usual)) & (usual.sum(axis=1) > 0)
    mixed[days] = (1.0 - like_rest) * usual[days] + like_rest * rest
    return mixed


def likeness(sums: DaySums, rest: NDArray[np.float64], marks: DayMarks) -> tuple[float, float]:
    """How far holidays are like days of rest, from 0 to 1, and how much there is to tell it: 0 if
    nothing. Each holiday's own likeness (weighted least squares) is one draw around the common."""
    days = _holidays_in_the_week(marks, len(sums.total)) & sums.taught
    if not days.any() or not rest.any():
        return LIKE_REST, 0.0
    share, count = sums.share[days], sums.count[days]
    total = count.sum(axis=1, keepdims=True)
    apart = normalised(np.where(sums.open[days], rest, 0.0)) - share
    precision = divided(np.broadcast_to(sums.weight[days, None], share.shape), share + apart / 2.0)
    known = (total * apart**2 * precision).sum(axis=1)
    towards = ((count - total * share) * apart * precision).sum(axis=1)
    own = np.clip(divided(towards, known), 0.0, 1.0)
    weight = divided(np.ones(len(known)), divided(np.ones(len(known)), known, np.inf) + _SPREAD)
    found = (weight @ own + LIKE_REST / _SPREAD) / (weight.sum() + 1.0 / _SPREAD)
    return float(found), float(weight.sum())


def _holidays_in_the_week(marks: DayMarks, days: int) -> NDArray[np.bool_]:
    holiday = np.array([mark is not None for mark in marks.holiday[:days]], dtype=bool)
    result: NDArray[np.bool_] = holiday & ~np.isin(marks.weekday[:days], list(marks.weekend))
    return result
