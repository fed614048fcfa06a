"""How much each member's forecast counts, from what it was off by at past origins.

Weights are those with the least mean squared error over past days, as in Bates & Granger (The
combination of forecasts, Operational Research Quarterly 20, 1969), held to 0–1 and pulled towards
what all queues together say and to equal weights, because few past weeks tell little.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

Errors = NDArray[np.float64]

_POOLED_DAYS = 56.0  # what all queues together say counts for so many days of one queue
_EQUAL_SHARE = 0.3  # of the best member's squared error, put on the weights' distance from equal
_LARGEST_ERROR = 1.0


def relative_errors(
    expected: NDArray[np.float64], actual: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(expected − actual) over the queue's mean actual, shapes (…, days); a day counts as off by
    its queue's mean at most. NaN where the actual is unknown."""
    known = np.isfinite(actual)
    count = np.maximum(known.sum(axis=-1, keepdims=True), 1)
    usual = np.where(known, actual, 0.0).sum(axis=-1, keepdims=True) / count
    error = (expected - actual) / np.maximum(usual, 1e-9)
    clipped: NDArray[np.float64] = np.clip(error, -_LARGEST_ERROR, _LARGEST_ERROR)
    return clipped


def weights(errors: Errors) -> NDArray[np.float64]:
    """Weight of each member for each queue: shape (queues, members), rows summing to 1.

    `errors` is (members, queues, past days), NaN where a queue's day was not forecast.
    """
    members, queues, _ = errors.shape
    if members == 1:
        return np.ones((queues, 1))
    known = np.isfinite(errors).all(axis=0)
    found = np.where(known, errors, 0.0)
    products = np.einsum("mqd,nqd->qmn", found, found)
    days = known.sum(axis=1).astype(np.float64)
    own = products / np.maximum(days, 1.0)[:, None, None]
    size = np.trace(own, axis1=1, axis2=2) / members
    told = (days > 0) & (size > 0)
    scaled = own / np.where(told, size, 1.0)[:, None, None]
    everyone = scaled[told].mean(axis=0) if told.any() else np.eye(members)
    share = (days / (days + _POOLED_DAYS))[:, None, None]
    mixed = np.where(told[:, None, None], share * scaled + (1.0 - share) * everyone, everyone)
    return np.stack([_least(second_moment) for second_moment in mixed])


def _least(second_moment: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights w ≥ 0, Σw = 1 with the least w'Sw + λ|w − equal|²: a least squares problem whose
    last row, weighted heavily, holds the sum."""
    members = len(second_moment)
    pull = _EQUAL_SHARE * float(np.diag(second_moment).min())
    root = np.linalg.cholesky(second_moment + 1e-9 * np.eye(members)).T
    equal = np.full(members, 1.0 / members)
    rows = np.concatenate([root, np.sqrt(pull) * np.eye(members), 1e3 * np.ones((1, members))])
    target = np.concatenate([np.zeros(members), np.sqrt(pull) * equal, [1e3]])
    found, _ = nnls(rows, target)
    total: NDArray[np.float64] = found / found.sum()
    return total
