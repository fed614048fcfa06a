"""Queues with less than four weeks of history: what they borrow from the nearest other queue.

The day's level is the donor's (its season, holidays and promotions in it) times a ratio that the
queue's own days tell: one for all days, one for each weekday, and how much more or less strongly
the queue feels events, each shrunk by how little is known. The intraday shape is the donor's, bent
as the queue's own contacts bend it.

Measured on the last 7, 14 and 21 days of shops, ambulances and the sample centre: a ratio that
wanders, and one that forgets, gain nothing on so few days; residuals with long tails do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .day_marks import DayMarks
from .day_matrix import divided
from .events import stated_effects
from .short_history import short_daily_level
from .week_pattern import bins_of, learn_week

Array = NDArray[np.float64]

# Of the measure of distance, in squared log units: weight of the intraday shape's (Hellinger)
# distance, and of the squared log ratio of sizes.
_SHAPE_WEIGHT = 0.5
_SIZE_WEIGHT = 0.02

# Standard deviation of log ratios: between weekdays, and of single days (usual, and what is tried).
_USUAL_SD = (0.05, 0.08)
_WEEKDAY_CHOICES = (0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32)
_DAY_CHOICES = (0.01, 0.02, 0.04, 0.08, 0.16, 0.32)
_EVENT_SHARE = 0.16  # of an event's log factor, by which all events may be felt otherwise
_SINGLE_EVENT_SHARE = 0.3  # and any single one besides
_LEVEL_SD = 1.0
_TAIL = 4.0  # degrees of freedom of single days' t distribution
_STEPS = 4
_MOST_APART = 3.0
_CLOSED_SHARE = 0.01
_UNLIKE_SD = 0.25  # of days that the donor does not open on

_SHAPE_ROUNDS = 3
_USUAL_BEND = 0.2
_FLOOR = 0.02  # share of a shape spread evenly over open slots, so that nothing is impossible
_LEAST_DAY_SHARE = 0.3
_PSEUDO_CONTACTS = 2.0
_MOST_RATIO = 6.0


def nearest_queue(
    totals: Array, contacts: Sequence[Array], cold: int, candidates: Sequence[int]
) -> int | None:
    """The candidate most like the queue `cold` on the days that both are known.

    `totals` is (queues, known days), `contacts` (days, slots) of each queue, NaN where unknown;
    all may be cut to the last weeks. Likeness is that of the days' movement, weekdays included,
    and of the intraday shape; size plays a small part. `candidates` are the queues with history
    enough to lend; None if there are none, or none is known on a day with contacts of the queue.
    """
    others = [queue for queue in candidates if queue != cold]
    apart = {queue: _apart(totals, contacts, cold, queue) for queue in others}
    near = min(others, key=lambda queue: apart[queue], default=None)
    return near if near is not None and np.isfinite(apart[near]) else None


def _apart(totals: Array, contacts: Sequence[Array], cold: int, queue: int) -> float:
    own, other = totals[cold], totals[queue]
    both = (own > 0) & (other > 0)
    if not both.any():
        return float("inf")
    ratio = np.log(own[both] / other[both])
    movement = float(((ratio - ratio.mean()) ** 2).sum()) / max(len(ratio) - 1, 1)
    shape = _shape_distance(contacts[cold][both], contacts[queue][both])
    return movement + _SHAPE_WEIGHT * shape + _SIZE_WEIGHT * float(ratio.mean()) ** 2


def _shape_distance(own: Array, other: Array) -> float:
    """Squared Hellinger distance of two intraday shapes, less what chance makes of it."""
    counts = np.stack([np.nansum(own, axis=0), np.nansum(other, axis=0)])
    total = counts.sum(axis=1)
    if (total <= 0).any():
        return 0.0
    roots = np.sqrt(counts / total[:, None])
    chance = (int((counts > 0).any(axis=0).sum()) - 1) / 4.0 * float((1.0 / total).sum())
    return max(float(((roots[0] - roots[1]) ** 2).sum()) - chance, 0.0)


def borrowed_level(
    own_totals: Array,
    donor_level: Array,
    marks: DayMarks,
    donor_effects: Mapping[str, Array] | None = None,
) -> tuple[Array, Array]:
    """Contacts to expect on each day of the queue's `marks` and the standard deviation of their
    log, chance counts aside: both (days,).

    `own_totals` (known days,) is NaN where unknown, one at least above zero (else ValueError).
    `donor_level` (days,) is what the donor's own forecast expects in history and horizon, with
    season and events, and `donor_effects` the log factor of each event in it by label, (days,):
    one that does not concern the queue, or whose effect on it the planner states, is taken out.
    Days with a stated effect do not teach. Days on which the donor does not open take the queue's
    own weekday means.
    """
    if not (np.nan_to_num(own_totals) > 0).any():
        raise ValueError("no day of the queue has contacts: there is no level to borrow for")
    known = len(own_totals)
    level, felt = _fitting(donor_level, donor_effects or {}, marks)
    usual = float(np.median(level[level > 0])) if (level > 0).any() else 0.0
    lent = level > _CLOSED_SHARE * usual
    stated = np.sum([*stated_effects(marks).values(), np.zeros(marks.days)], axis=0)
    taught = np.isfinite(own_totals) & lent[:known] & (stated[:known] == 0.0)
    taught &= ~marks.closed[:known] & ~marks.outage[:known]
    expected = short_daily_level(own_totals, marks).mean
    log_sd = np.full(marks.days, _UNLIKE_SD)
    if own_totals[taught].sum() > 0:
        days = np.flatnonzero(taught)
        ratio = _Ratio(days, marks.weekday_weights(), felt)
        log_ratio, sd = _log_ratio(own_totals[days], level, ratio)
        expected = np.where(lent, level * np.exp(log_ratio), expected)
        log_sd = np.where(lent, sd, np.maximum(sd, _UNLIKE_SD))
    return expected, log_sd


def _fitting(
    donor_level: Array, donor_effects: Mapping[str, Array], marks: DayMarks
) -> tuple[Array, Array]:
    """The donor's level with the queue's own events, and the log factor of those that are the
    donor's to know: both (days,)."""
    stated = stated_effects(marks)
    concerned = {promotion.name for promotion in marks.promotions}
    concerned |= {mark.label for mark in marks.holiday if mark is not None}
    concerned |= {*marks.special, *marks.school}
    change = np.sum([*stated.values(), np.zeros(marks.days)], axis=0)
    felt = np.zeros(marks.days)
    for label, log in donor_effects.items():
        if label in stated or label not in concerned:
            change = change - log
        else:
            felt = felt + log
    return donor_level * np.exp(change), felt


@dataclass(frozen=True)
class _Ratio:
    """How a queue's days (numbers `days`, (n,)) may differ from the level lent: the covariance of
    the log ratio between days by `weekday` weights (all days, 7) and events `felt` (all days,)."""

    days: NDArray[np.int64]
    weekday: Array
    felt: Array

    def covariance(self, weekday_sd: float) -> Array:
        """Of all days with the days known: (all days, n)."""
        known = self.days
        alike = weekday_sd**2 * self.weekday @ self.weekday[known].T
        events = _EVENT_SHARE**2 * np.outer(self.felt, self.felt[known])
        covariance: Array = alike + events + _LEVEL_SD**2
        return covariance

    def given(self, seen: Array, noise: Array, weekday_sd: float) -> tuple[Array, Array, float]:
        """Expected log ratio of every day and its variance, both (all days,), and the log
        likelihood of what was `seen` of the days known with variance `noise`, both (n,)."""
        across = self.covariance(weekday_sd)
        known = across[self.days] + np.diag(noise)
        solved = np.linalg.solve(known, np.column_stack([seen, across.T]))
        variance = _LEVEL_SD**2 + weekday_sd**2 * (self.weekday**2).sum(axis=1)
        variance += _EVENT_SHARE**2 * self.felt**2 - np.einsum("an,na->a", across, solved[:, 1:])
        fit = float(seen @ solved[:, 0]) + float(np.linalg.slogdet(known)[1])
        return across @ solved[:, 0], variance, -0.5 * fit


def _log_ratio(own: Array, level: Array, ratio: _Ratio) -> tuple[Array, Array]:
    """Log ratio of the queue to `level` on every day, and its standard deviation with that of
    single days: both (all days,); `own` (n,) are the totals of the days known.

    The deviations of weekdays and of single days are averaged over, as likely as each is: few
    days that happen to agree are no proof of a small one.
    """
    base = float(np.log(own.sum() / level[ratio.days].sum()))
    found, tails = np.zeros(len(own)), np.ones(len(own))
    tried = [(w, d) for w in _WEEKDAY_CHOICES for d in _DAY_CHOICES]
    away = [(np.log(np.array(sd) / _USUAL_SD) ** 2).sum() for sd in tried]
    for _ in range(_STEPS):
        expected = level[ratio.days] * np.exp(base + found)
        seen = np.clip(found + own / expected - 1.0, -_MOST_APART, _MOST_APART)
        made = [ratio.given(seen, d**2 / tails + 1.0 / expected, w) for w, d in tried]
        likely = np.array([one[2] for one in made]) - 0.5 * np.array(away)
        weight = np.exp(likely - likely.max())
        weight /= weight.sum()
        means = np.stack([one[0] for one in made])
        mean = weight @ means
        found = mean[ratio.days]
        day_variance = float(weight @ np.array([d**2 for _, d in tried]))
        tails = (_TAIL + 1.0) / (_TAIL + (seen - found) ** 2 / (day_variance + 1.0 / expected))
    variance = weight @ np.stack([one[1] for one in made]) + weight @ (means - mean) ** 2
    variance += day_variance * _TAIL / (_TAIL - 2.0) + (_SINGLE_EVENT_SHARE * ratio.felt) ** 2
    return base + mean, np.sqrt(variance)


def borrowed_profile(
    own_contacts: Array,
    donor_usual: Array,
    weekday: NDArray[np.int64],
    is_open: NDArray[np.bool_],
) -> Array:
    """Share of a day's contacts in each slot, by weekday: shape (7, slots), each row summing to 1
    (0 where the weekday is closed).

    `own_contacts` is (days, slots), NaN where unknown, of the weekdays `weekday` (days,);
    `donor_usual` (7, slots) are the donor's shares, `is_open` (7, slots) the queue's own hours.
    """
    shape = _within_hours(donor_usual, is_open)
    slots = shape.shape[1]
    if slots == 1 or not (np.nan_to_num(own_contacts) > 0).any():
        return shape
    known = np.isfinite(own_contacts)
    counts, days = np.where(known, own_contacts, 0.0), np.eye(7)[weekday]
    bins = bins_of(slots)
    bend = np.zeros((7, bins))
    for turn in range(_SHAPE_ROUNDS):
        share = np.where(known, _bent(shape, bend)[weekday], 0.0).sum(axis=1)
        total = np.where(share >= _LEAST_DAY_SHARE, divided(counts.sum(axis=1), share), 0.0)
        came = _binned(days.T @ (counts * (total > 0)[:, None]), bins)
        expected = _binned(days.T @ (known * shape[weekday] * total[:, None]), bins)
        if turn == 0:
            above = came.sum(axis=0) + _PSEUDO_CONTACTS
            bend = bend + np.log(above / (expected.sum(axis=0) + _PSEUDO_CONTACTS))
        expected = expected * np.exp(bend)
        seen = bend + np.minimum(divided(came, expected, 1.0), _MOST_RATIO) - 1.0
        bend = learn_week(seen, expected, 1.0, _USUAL_BEND)
    return _bent(shape, bend)


def _within_hours(donor_usual: Array, is_open: NDArray[np.bool_]) -> Array:
    """The donor's shares within the queue's hours; where the donor is closed, those of its other
    days, or even ones."""
    even = _shares(is_open.astype(np.float64))
    anyday = _shares(np.where(is_open, donor_usual.mean(axis=0), 0.0))
    shape = _shares(np.where(is_open, donor_usual, 0.0))
    for otherwise in (anyday, even):
        shape = np.where(shape.sum(axis=1, keepdims=True) > 0, shape, otherwise)
    return (1.0 - _FLOOR) * shape + _FLOOR * even


def _bent(shape: Array, bend: Array) -> Array:
    """The shape (7, slots) times exp(bend), `bend` being (7, bins)."""
    wide = np.repeat(bend, shape.shape[1] // bend.shape[1], axis=1)
    return _shares(shape * np.exp(wide))


def _shares(rows: Array) -> Array:
    return divided(rows, rows.sum(axis=-1, keepdims=True))


def _binned(slots: Array, bins: int) -> Array:
    total: Array = slots.reshape(len(slots), bins, -1).sum(axis=2)
    return total
