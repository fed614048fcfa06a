"""Intraday profiles: how a day's contacts spread over its clock slots.

The profile of a weekday is a mean of its recent days, older ones fading, pooled with weekdays
that open alike and smoothed over neighbouring slots. How fast days fade, how strongly is pooled
and how wide is smoothed are chosen per queue: the settings under which the last weeks, each
forecast from the weeks before it, were likeliest. So a small queue pools and smooths, and a large
one hardly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from .day_matrix import divided

CHECKED_WEEKS = 8
_HALF_LIFE_WEEKS = (4.0, 8.0, 16.0, 52.0)
_POOLED_CONTACTS = (10.0, 100.0, 1_000.0, 10_000.0)
_SMOOTHING = (0, 1, 2)
_FLOOR = 1e-3  # share of a profile spread evenly over open slots, so that nothing is impossible
_DAY_TYPE_PRIOR = 300.0
_DAY_TYPE_CAP = 500.0


@dataclass(frozen=True)
class ProfileSettings:
    """`half_life` in weeks, `pooled` in contacts that the pooled profile counts for, `smoothing`
    in passes of a (¼, ½, ¼) mean over slots."""

    half_life: float = 8.0
    pooled: float = 100.0
    smoothing: int = 0


@dataclass(frozen=True)
class ProfileCheck:
    """How profiles did on past weeks, given the true day totals: `expected` and `actual` contacts
    of each checked day, shape (checked days, slots), actual NaN where unknown."""

    expected: NDArray[np.float64]
    actual: NDArray[np.float64]


@dataclass(frozen=True)
class _Weeks:
    """A history cut into weeks: contacts (weeks, 7, slots), nothing where unknown, oldest first;
    the last week ends on the history's last day, `weekdays` tells which day stands where."""

    contacts: NDArray[np.float64]
    weekdays: NDArray[np.int64]


def weekday_profiles(
    contacts: NDArray[np.float64], weekday: NDArray[np.int64], is_open: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], ProfileCheck]:
    """Share of a day's contacts in each slot, by weekday: shape (7, slots), each row summing to 1
    (0 where the weekday is closed).

    `contacts` is (days, slots), NaN where unknown or not to be learned from (special days too);
    `is_open` (7, slots) are the slots in which a queue usually opens.
    """
    weeks = _weeks(contacts, weekday)
    checked = min(CHECKED_WEEKS, len(weeks.contacts) // 2)
    settings = ProfileSettings()
    if checked and contacts.shape[1] > 1:
        half_lives = _HALF_LIFE_WEEKS if len(weeks.contacts) > CHECKED_WEEKS else (8.0,)
        choices = [
            ProfileSettings(*choice) for choice in product(half_lives, _POOLED_CONTACTS, _SMOOTHING)
        ]
        settings = _likeliest(weeks, is_open, checked, choices)
    sums = _faded(weeks, settings.half_life, 1)[-1]
    return _profiles(sums, is_open, settings), _check(contacts, weeks, is_open, checked, settings)


def day_type_ratio(
    contacts: NDArray[np.float64], usual: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How a type of day bends the usual profile: a ratio a slot, shape (slots,), 1 where little
    is known (a gamma prior of mean 1 and the weight of 300 contacts spread as usual).

    `contacts` holds the days of that type, (days, slots), NaN where unknown; `usual` the profile
    each would have had as an ordinary day. A large day counts as 500 contacts at most, because
    days of one type differ from each other by more than chance.
    """
    known = np.isfinite(contacts)
    if not known.any():
        return np.ones(contacts.shape[1])
    total = np.where(known, contacts, 0.0).sum(axis=1)
    share = np.where(known, usual, 0.0).sum(axis=1)
    weight = np.minimum(1.0, _DAY_TYPE_CAP / np.maximum(total, 1e-9))
    weight = np.where((total > 0) & (share > 0.5), weight, 0.0)
    expected = np.where(known, usual, 0.0) * (total / np.maximum(share, 1e-9) * weight)[:, None]
    actual = np.where(known, contacts, 0.0) * weight[:, None]
    prior = _DAY_TYPE_PRIOR * usual.mean(axis=0)
    above, below = actual.sum(axis=0) + prior, expected.sum(axis=0) + prior
    return divided(above, below, 1.0)


def _weeks(contacts: NDArray[np.float64], weekday: NDArray[np.int64]) -> _Weeks:
    days, slots = contacts.shape
    whole = -(-days // 7)
    padded = np.zeros((whole * 7, slots))
    padded[whole * 7 - days :] = np.nan_to_num(contacts)
    order = (weekday[-1] + 1 + np.arange(7)) % 7
    return _Weeks(padded.reshape(whole, 7, slots), order)


def _faded(weeks: _Weeks, half_life: float, origins: int) -> NDArray[np.float64]:
    """Fading sum of contacts by weekday over the weeks before each of the last `origins` weeks'
    ends: shape (origins, 7 by weekday number, slots); the last one has seen everything."""
    keep = 0.5 ** (1.0 / half_life)
    total = np.zeros(weeks.contacts.shape[1:])
    sums = []
    for week in weeks.contacts:
        total = total * keep + week
        sums.append(total)
    by_place = np.stack(sums[-origins:])
    by_weekday = np.empty_like(by_place)
    by_weekday[:, weeks.weekdays] = by_place
    return by_weekday


def _profiles(
    sums: NDArray[np.float64], is_open: NDArray[np.bool_], settings: ProfileSettings
) -> NDArray[np.float64]:
    """Profiles (…, 7, slots) from faded sums of the same shape."""
    alike = np.array([[_alike(a, b) for b in is_open] for a in is_open], dtype=np.float64)
    pooled = normalised(np.einsum("ab,...bs->...as", alike, sums) + 1e-9 * is_open)
    shape = normalised(sums + settings.pooled * pooled)
    for _ in range(settings.smoothing):
        shape = _smoothed(shape, is_open)
    even = normalised(is_open.astype(np.float64))
    return normalised((1.0 - _FLOOR) * shape + _FLOOR * even)


def _alike(a: NDArray[np.bool_], b: NDArray[np.bool_]) -> bool:
    """Whether two weekdays open in nearly the same slots: they share nine tenths of them."""
    either = int((a | b).sum())
    return either == 0 or int((a & b).sum()) >= 0.9 * either


def normalised(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    return divided(rows, rows.sum(axis=-1, keepdims=True))


def _smoothed(rows: NDArray[np.float64], is_open: NDArray[np.bool_]) -> NDArray[np.float64]:
    """A (¼, ½, ¼) mean over open slots only; nothing leaks into closed ones."""

    def spread(x: NDArray[np.float64]) -> NDArray[np.float64]:
        return 0.5 * x + 0.25 * (np.roll(x, 1, axis=-1) + np.roll(x, -1, axis=-1))

    weight = is_open.astype(np.float64)
    mean = spread(rows * weight) / np.maximum(spread(weight), 1e-9)
    return np.where(is_open, mean, rows)


def _likeliest(
    weeks: _Weeks, is_open: NDArray[np.bool_], checked: int, choices: Sequence[ProfileSettings]
) -> ProfileSettings:
    """The settings with the least multinomial deviance over the checked weeks."""
    actual = np.empty_like(weeks.contacts[-checked:])
    actual[:, weeks.weekdays] = weeks.contacts[-checked:]
    faded = {h: _faded(weeks, h, checked + 1)[:-1] for h in {c.half_life for c in choices}}

    def deviance(settings: ProfileSettings) -> float:
        shape = _profiles(faded[settings.half_life], is_open, settings)
        return float(-(actual * np.log(np.maximum(shape, 1e-6))).sum())

    return min(choices, key=deviance)


def _check(
    contacts: NDArray[np.float64],
    weeks: _Weeks,
    is_open: NDArray[np.bool_],
    checked: int,
    settings: ProfileSettings,
) -> ProfileCheck:
    if not checked:
        nothing = np.empty((0, contacts.shape[1]))
        return ProfileCheck(nothing, nothing)
    shape = _profiles(_faded(weeks, settings.half_life, checked + 1)[:-1], is_open, settings)
    in_order = shape[:, weeks.weekdays].reshape(checked * 7, -1)
    actual = contacts[-checked * 7 :]
    share = np.where(np.isfinite(actual), in_order, 0.0).sum(axis=1)
    total = np.nansum(actual, axis=1)
    return ProfileCheck(in_order * divided(total, share)[:, None], actual)
