"""A weekday's profile as the mean of its recent days, older ones fading.

The mean is pooled with weekdays that open alike and smoothed over neighbouring slots. How fast days
fade, how strongly is pooled and how wide is smoothed follow from the queue: every setting counts by
the likelihood that it gave to the last weeks, each forecast from the weeks before it. So a small
queue pools and smooths, and a large one hardly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .lessons import Lessons, alike, dispersion, floored, normalised, smoothed
from .member import MemberShape

_HALF_LIFE_WEEKS = (4.0, 8.0, 16.0, 52.0, 500.0)
_POOLED_CONTACTS = (10.0, 100.0, 1_000.0, 10_000.0)  # that the pooled profile counts for
_SMOOTHING = (0, 1, 2, 4, 8)  # passes of a (¼, ½, ¼) mean over slots
# Of 8 weeks, 100 contacts and no smoothing, where no week can be checked.
_UNCHECKED = (0, 1, 1)


@dataclass(frozen=True)
class FadedProfile:
    name: str = "faded_profile"

    def fit(self, lessons: Lessons) -> MemberShape:
        by_week = _weeks(lessons)
        checked = lessons.checked_weeks
        choices = np.stack(list(_choices(_faded(by_week, checked + 1), lessons.is_open)))
        weight = _weights(choices[..., :-1, :, :], by_week[len(by_week) - checked :])
        profiles = np.tensordot(weight, choices, axes=3)
        weekday = lessons.weekday[lessons.checked_days]
        week = np.arange(7 * checked) // 7
        return MemberShape(usual=profiles[-1], checked=profiles[week, weekday])


def _weeks(lessons: Lessons) -> NDArray[np.float64]:
    """Contacts (weeks, 7 by weekday number, slots), oldest first; a week ends on the weekday that
    the history ends on, and the first may lack days."""
    days, slots = lessons.contacts.shape
    whole = -(-days // 7)
    padded = np.zeros((whole * 7, slots))
    padded[whole * 7 - days :] = lessons.contacts
    by_weekday = np.empty((whole, 7, slots))
    by_weekday[:, (lessons.weekday[-1] + 1 + np.arange(7)) % 7] = padded.reshape(whole, 7, slots)
    return by_weekday


def _faded(by_week: NDArray[np.float64], origins: int) -> NDArray[np.float64]:
    """Fading sums of contacts before each of the last `origins` weeks' ends, the last of which
    has seen everything: shape (half-lives, origins, 7, slots)."""
    keep = 0.5 ** (1.0 / np.array(_HALF_LIFE_WEEKS))[:, None, None]
    total = np.zeros((len(_HALF_LIFE_WEEKS), *by_week.shape[1:]))
    sums = np.empty((len(by_week), *total.shape))
    for number, week in enumerate(by_week):
        total = total * keep + week
        sums[number] = total
    return np.moveaxis(sums[len(by_week) - origins :], 0, 1)


def _choices(
    sums: NDArray[np.float64], is_open: NDArray[np.bool_]
) -> Iterator[NDArray[np.float64]]:
    """Profiles by smoothing: each (half-lives, pooled contacts, origins, 7, slots)."""
    together = alike(is_open).astype(np.float64) @ sums
    # Only a weekday of which nothing is known follows those that open otherwise.
    others = normalised(sums.sum(axis=-2, keepdims=True)) * is_open
    pooled = normalised(together + 1e-6 * others + 1e-9 * is_open)
    contacts = np.array(_POOLED_CONTACTS)[:, None, None, None]
    shape = normalised(sums[:, None] + contacts * pooled[:, None])
    done = 0
    for passes in _SMOOTHING:
        shape = smoothed(shape, is_open, passes - done)
        done = passes
        yield floored(shape, is_open)


def _weights(choices: NDArray[np.float64], actual: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weight of every choice, summing to 1: its quasi-likelihood over the checked weeks. `choices`
    is (…, weeks, 7, slots), `actual` (weeks, 7, slots)."""
    if not len(actual):
        weight = np.zeros(choices.shape[:3])
        weight[_UNCHECKED] = 1.0
        return weight
    log_likelihood = np.einsum("...wds,wds->...", np.log(np.maximum(choices, 1e-12)), actual)
    best = np.unravel_index(int(log_likelihood.argmax()), log_likelihood.shape)
    excess = (log_likelihood - log_likelihood.max()) / dispersion(choices[best], actual)
    likelihood = np.exp(excess)
    weights: NDArray[np.float64] = likelihood / likelihood.sum()
    return weights
