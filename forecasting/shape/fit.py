"""A queue's usual intraday shape: members, blended by how they did on the weeks just past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..day_matrix import divided
from .factor_profile import FactorProfile
from .faded_profile import FadedProfile
from .lessons import Lessons, floored, lessons, normalised
from .member import MemberShape, ShapeMember

MEMBERS: tuple[ShapeMember, ...] = (FadedProfile(), FactorProfile())

_WEIGHT_SD = 0.25  # of a weight about its equal share, before anything is checked


@dataclass(frozen=True)
class ProfileCheck:
    """How blended profiles, each made from the weeks before, did on past weeks, given the true day
    totals: `expected` and `actual` contacts of each checked day, shape (checked days, slots),
    actual NaN where unknown."""

    expected: NDArray[np.float64]
    actual: NDArray[np.float64]


@dataclass(frozen=True)
class ShapeFit:
    """`usual` (7, slots) is the share of a day's contacts in each slot by weekday (0 is Monday):
    rows sum to 1 and are 0 in closed slots, or all 0 where a weekday is closed. `weights` by
    member sum to 1; there are none where nothing was to be learned."""

    usual: NDArray[np.float64]
    check: ProfileCheck
    weights: dict[str, float]


def fit_shape(
    contacts: NDArray[np.float64],
    weekday: NDArray[np.int64],
    is_open: NDArray[np.bool_],
    members: Sequence[ShapeMember] = MEMBERS,
) -> ShapeFit:
    """The usual shape of the days after a history.

    `contacts` is (days, slots), oldest first, NaN where unknown or not to be learned from (special
    days too); `weekday` (days,) with Monday = 0; `is_open` (7, slots) are the slots in which each
    weekday opens.
    """
    taught = lessons(contacts, weekday, is_open)
    if contacts.shape[1] == 1 or not taught.learned.any():
        even = floored(np.ones(is_open.shape), is_open)
        checked = even[taught.weekday[taught.checked_days]]
        return ShapeFit(even, _check(checked, taught), {})
    shapes = [member.fit(taught) for member in members]
    weights = _weights(shapes, taught)
    usual = np.tensordot(weights, np.stack([shape.usual for shape in shapes]), axes=1)
    checked = np.tensordot(weights, np.stack([shape.checked for shape in shapes]), axes=1)
    by_member = {member.name: float(w) for member, w in zip(members, weights, strict=True)}
    return ShapeFit(usual, _check(checked, taught), by_member)


def _weights(shapes: Sequence[MemberShape], taught: Lessons) -> NDArray[np.float64]:
    """Weight of each member, summing to 1: shape (members,).

    The weights of least deviance over the checked weeks (to second order: weighted least squares
    along the differences between members), shrunk to equal ones as far as they are uncertain. How
    uncertain is read off how much days disagree, because a day's slots err together (White,
    Econometrica 50, 1982).
    """
    equal = np.full(len(shapes), 1.0 / len(shapes))
    actual = taught.actual[taught.checked_days]
    known = np.isfinite(actual)
    checked = normalised(np.where(known, np.stack([shape.checked for shape in shapes]), 0.0))
    mean = checked.mean(axis=0)
    total = np.nansum(actual, axis=1)
    # Differences between members that leave the sum of weights alone: (members, members − 1).
    contrasts = np.linalg.svd(np.eye(len(shapes)) - equal)[0][:, :-1]
    apart = np.einsum("mc,mds->cds", contrasts, checked)
    chance = divided(np.ones(mean.shape), mean)
    by_day = np.einsum(
        "cds,ds->dc", apart, (np.nan_to_num(actual) - total[:, None] * mean) * chance
    )
    curvature = np.einsum("cds,bds,ds->cb", apart, apart, chance * total[:, None])
    spread = by_day.T @ by_day
    if not spread.any():
        return equal
    spread += 1e-9 * np.trace(spread) * np.eye(len(spread))
    precision = curvature @ np.linalg.solve(spread, curvature)
    towards = curvature @ np.linalg.solve(spread, by_day.sum(axis=0))
    prior = np.eye(len(spread)) / _WEIGHT_SD**2
    weights = np.maximum(equal + contrasts @ np.linalg.solve(precision + prior, towards), 0.0)
    found: NDArray[np.float64] = weights / weights.sum()
    return found


def _check(checked: NDArray[np.float64], taught: Lessons) -> ProfileCheck:
    """`checked` profiles (checked days, slots), scaled to what is known of each day."""
    actual = taught.actual[taught.checked_days]
    share = np.where(np.isfinite(actual), checked, 0.0).sum(axis=1)
    total = np.nansum(actual, axis=1)
    return ProfileCheck(checked * divided(total, share)[:, None], actual)
