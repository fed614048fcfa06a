"""How many contacts are in progress where arrivals change: the modified offered load.

With enough agents for everybody, the contacts in progress at time t are those that came within a
handle time before t, on average

    m(t) = E[λ(t − S_e)] · E[S]

S being the handle time and S_e what is left of it at a random moment, of mean E[S](1 + c²)/2 with c
the coefficient of variation (S. Eick, W. Massey and W. Whitt, Management Science 39, 1993). Asking
the stationary formulas at the load m(t) instead of λ(t)·E[S] makes staffing right where arrivals
change within a few handle times (O. Jennings, A. Mandelbaum, W. Massey and W. Whitt, Management
Science 42, 1996): the load climbs from nothing after opening, and is highest some time after the
busiest arrivals.

S_e is taken as exponential, which is exact for exponential handle times:

    dm/dt = (λ E[S] − m) / E[S_e]

Arrivals are known as contacts an interval; inside it their rate is the parabola that has the
interval's mean and runs into its neighbours without a jump (no jump but at opening and closing).
For a parabola the equation has a closed solution, so nothing is stepped through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

_PEAK_AT = np.linspace(0.0, 1.0, 9)
"""Moments of an interval, in parts of it, at which the highest load is looked for."""

_STEEPEST = 3.0
"""A rate that runs into its neighbours at no more than three times its own mean has a parabola
that nowhere falls below zero (C. de Boor and B. Swartz, J. Approximation Theory 21, 1977)."""


@dataclass(frozen=True)
class _Parabola:
    """`level` + `slope` u + `bend` u², u in parts of the interval; shape (…, intervals) each."""

    level: Array
    slope: Array
    bend: Array

    def at(self, part: float | Array) -> Array:
        value: Array = self.level + part * (self.slope + part * self.bend)
        return value

    def mean(self) -> Array:
        return self.level + self.slope / 2 + self.bend / 3


@dataclass(frozen=True)
class ModifiedLoad:
    """Contacts in progress if nobody had to wait, in erlangs.

    `coming` is the rate of arrivals times the handle time, `settled` the load that would follow it
    for ever, `off` how far the load is from that at the start, a distance that falls by 1/e in
    `lag` intervals. Shape (…, intervals) each.
    """

    coming: _Parabola
    settled: _Parabola
    off: Array
    lag: Array

    def at(self, parts: Sequence[float]) -> Array:
        """The load at moments of each interval, 0 its start and 1 its end; shape (parts, …,
        intervals)."""
        moments = _along_first(parts, self.off)
        load = self.settled.at(moments) + self.off * np.exp(-moments / self.lag)
        return np.maximum(load, 0.0)

    def coming_at(self, parts: Sequence[float]) -> Array:
        """The load that is about to come, rate × handle time, at moments of each interval."""
        return np.maximum(self.coming.at(_along_first(parts, self.off)), 0.0)

    @property
    def mean(self) -> Array:
        """Over each interval."""
        load = self.settled.mean() + self.off * self.lag * -np.expm1(-1.0 / self.lag)
        return np.maximum(load, 0.0)

    @property
    def peak(self) -> Array:
        """The highest within each interval."""
        highest: Array = self.at(_PEAK_AT.tolist()).max(axis=0)
        return highest


def modified_load(
    contacts: ArrayLike, aht_s: ArrayLike, interval_s: float, handle_cv: float = 1.0
) -> ModifiedLoad:
    """The load of `contacts` that come in each interval and take `aht_s` seconds, both of shape
    (…, intervals); `handle_cv` is the handle times' coefficient of variation.

    An interval without contacts is closed: the rate jumps there. Before the first interval comes
    the last, again and again: a queue that never closes begins with contacts in progress, one that
    is closed at the end begins empty.
    """
    counts, aht = np.broadcast_arrays(np.asarray(contacts, float), np.asarray(aht_s, float))
    work = counts * aht / interval_s  # what the load would be if it followed at once
    start, end = _rates_at_the_edges(work)
    coming = _Parabola(start, 6 * work - 4 * start - 2 * end, 3 * (start + end) - 6 * work)
    # In parts of an interval. A tenth of a second stands for no handle time at all.
    lag = np.maximum(aht, 0.1) * (1 + handle_cv**2) / 2 / interval_s
    settled = _settled(coming, lag)
    kept = np.exp(-1.0 / lag)
    load_end = _carried(kept, settled.at(1.0) - settled.at(0.0) * kept)
    return ModifiedLoad(coming, settled, np.roll(load_end, 1, axis=-1) - settled.at(0.0), lag)


def _along_first(parts: Sequence[float], like: Array) -> Array:
    return np.reshape(np.asarray(parts, float), (-1, *[1] * like.ndim))


def _rates_at_the_edges(work: Array) -> tuple[Array, Array]:
    """The rate at the start and at the end of each interval.

    Between two intervals that of the curve through their means and the two beyond, (7 (b + c) −
    (a + d))/12; at opening and closing carried on straight; and within what keeps the parabola
    above zero.
    """
    before, after = np.roll(work, 1, axis=-1), np.roll(work, -1, axis=-1)
    opens, closes = before == 0, after == 0
    earlier = np.where(np.roll(opens, 1, axis=-1), 2 * before - work, np.roll(work, 2, axis=-1))
    later = np.where(closes, 2 * work - before, after)
    between = (7 * (before + work) - (earlier + later)) / 12
    start = np.where(opens, 1.5 * work - 0.5 * after, between)
    end = np.where(closes, 1.5 * work - 0.5 * before, np.roll(between, -1, axis=-1))
    start = np.clip(start, 0.0, _STEEPEST * np.where(opens, work, np.minimum(before, work)))
    end = np.clip(end, 0.0, _STEEPEST * np.where(closes, work, np.minimum(after, work)))
    alone = opens & closes
    return np.where(alone, work, start), np.where(alone, work, end)


def _settled(work: _Parabola, lag: Array) -> _Parabola:
    """The parabola that solves lag · m' = work − m; every other solution falls towards it."""
    return _Parabola(
        work.level - lag * work.slope + 2 * lag**2 * work.bend,
        work.slope - 2 * lag * work.bend,
        work.bend,
    )


def _carried(kept: Array, added: Array) -> Array:
    """The load at the end of each interval, of which `kept` of the one before and `added` are
    left; before the first comes the last. Composes neighbours two by two, four by four, …"""
    kept, load = kept.copy(), added.copy()
    step = 1
    while step < load.shape[-1]:
        load[..., step:] += kept[..., step:] * load[..., :-step]
        kept[..., step:] *= kept[..., :-step].copy()
        step *= 2
    first = load[..., -1:] / np.maximum(1.0 - kept[..., -1:], 1e-12)
    return load + kept * first
