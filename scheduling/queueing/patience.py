"""What becomes of contacts that find every agent busy and are not endlessly patient.

With every agent busy, work is finished at a constant rate M and each waiting contact gives up at
rate θ = 1/patience. The wait that an infinitely patient contact would see then has the density

    v(t) = v(0) · exp(λ(1 − e^(−θt))/θ − Mt)

(Baccelli and Hebuterne, "On queues with impatient customers", Performance '81; Zeltyn and
Mandelbaum, Queueing Systems 51, 2005, section 4). In units of the patience, u = θt, y = λ/θ and
x = M/θ, every quantity of the queue follows from integrals of

    g(u) = exp(y(1 − e^(−u)) − qu),   q = x + 1

over the whole axis and up to the threshold, through integrations by parts in which all terms are
positive. g has one peak and falls at least exponentially on both sides, so Gauss–Legendre panels
that end where it has fallen below double precision give it to about 1e-13 from 0.01 to 50,000
erlangs and for patience from a hundredth of a second to weeks.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.polynomial.legendre import leggauss
from numpy.typing import NDArray

Array = NDArray[np.float64]

_FALL = 37.0
"""exp(−37) is below the last digit of 1."""

_NODES, _WEIGHTS = leggauss(36)
_FROM_START = 1.0 + _NODES  # nodes of a panel from its start, in halves of its width

_BLOCK = 1024
"""Elements worked on at a time, so that the nodes of all of them stay in the processor's cache."""


@dataclass(frozen=True)
class Waiting:
    """The contacts that find every agent busy, in shares of them; arrays of one shape.

    `log_weight` is log(P(every agent busy) ÷ P(exactly as many contacts as agents)). `abandon` and
    `serve` sum to 1. `served_wait` is the mean of wait × (served), in units of the patience.
    `serve_within` and `abandon_within` are the shares whose wait ends so within the threshold.
    """

    log_weight: Array
    serve: Array
    abandon: Array
    served_wait: Array
    serve_within: Array
    abandon_within: Array


def impatient_waiting(arrivals: Array, completions: Array, threshold: Array) -> Waiting:
    """Fate of those who wait: `arrivals` y = λ·patience, `completions` x = M·patience (0 or more)
    and `threshold` T ÷ patience, arrays of one shape."""
    flat = [values.ravel() for values in (arrivals, completions, threshold)]
    blocks = [
        _waiting(*(values[at : at + _BLOCK] for values in flat))
        for at in range(0, max(flat[0].size, 1), _BLOCK)
    ]
    parts = {
        field.name: np.concatenate([getattr(block, field.name) for block in blocks])
        for field in fields(Waiting)
    }
    return Waiting(**{name: part.reshape(arrivals.shape) for name, part in parts.items()})


def _waiting(y: Array, x: Array, threshold: Array) -> Waiting:
    q = x + 1.0
    peak = np.log(np.maximum(y / q, 1.0))
    # log g at its peak, written so that close y and q do not cancel; integrals are relative to it.
    height = (y - q) * peak - y * (np.expm1(-peak) + peak)
    early, middle, late = _panels(y, q, peak, threshold)
    passed = threshold > peak
    before = early + np.where(passed, middle, 0.0)
    after = late + np.where(passed, 0.0, middle)
    (mass, lost, time), (mass_before, lost_before, _) = before + after, before
    mass_after = after[0]

    # ∫ exp(y(1 − e^(−u)) − xu) du is (1 + y ∫ g) / x, and so on: by parts, nothing cancels.
    weight = np.exp(-height) + y * mass
    return Waiting(
        log_weight=height + np.log(weight),
        serve=x * mass / weight,
        abandon=(mass + y * lost) / weight,
        served_wait=x * time / weight,
        serve_within=x * mass_before / weight,
        abandon_within=(mass_before + y * (lost_before - mass_after * np.expm1(-threshold)))
        / weight,
    )


def _panels(y: Array, q: Array, peak: Array, threshold: Array) -> tuple[Array, Array, Array]:
    """Integrals of g, g·(1 − e^(−u)) and g·u (first axis) over three panels: up to the earlier of
    peak and threshold, between the two, and beyond the later one, cut where g has vanished."""
    first = np.minimum(peak, threshold)
    early_from = np.maximum(first - _reach_left(y, q, first), 0.0)
    middle_from = np.maximum(first, peak - _reach_left(y, q, peak))
    edge = peak + _reach_right(y, q, peak)
    middle_to = np.where(threshold > peak, np.minimum(threshold, edge), peak)
    late_from = np.maximum(peak, threshold)
    late_to = late_from + _reach_right(y, q, late_from)
    return (
        _panel(y, q, peak, early_from, first),
        _panel(y, q, peak, middle_from, middle_to),
        _panel(y, q, peak, late_from, late_to),
    )


def _panel(y: Array, q: Array, peak: Array, start: Array, end: Array) -> Array:
    integrals = np.zeros((3, y.size))
    some = np.flatnonzero(end > start)
    y, q, peak, start, half = y[some], q[some], peak[some], start[some], 0.5 * (end - start)[some]
    from_peak = (start - peak)[:, None] + half[:, None] * _FROM_START
    change = np.expm1(-from_peak)  # of e^(−u), against its value at the peak
    at_peak = np.exp(-peak)
    # At a distance s from the peak log g has changed by y e^(−peak) (1 − e^(−s)) − qs.
    g = np.exp((-q)[:, None] * from_peak - (y * at_peak)[:, None] * change)
    mass = half * (g @ _WEIGHTS)
    integrals[0, some] = mass
    integrals[1, some] = -np.expm1(-peak) * mass - at_peak * half * ((g * change) @ _WEIGHTS)
    integrals[2, some] = start * mass + half**2 * (g @ (_WEIGHTS * _FROM_START))
    return integrals


def _reach_right(y: Array, q: Array, start: Array) -> Array:
    """How far right of `start` (at the peak or beyond) g falls by e^(−37), or a little more:
    e^(−u) − 1 + u ≥ u²/(2 + u) makes the equation quadratic."""
    slope = q - y * np.exp(-start)
    b = _FALL - 2.0 * slope
    return (b + np.sqrt(b * b + 8.0 * q * _FALL)) / (2.0 * q)


def _reach_left(y: Array, q: Array, start: Array) -> Array:
    """How far left of `start` (at the peak or before) g falls by e^(−37), or a little more:
    e^u − 1 − u ≥ u²/2. A peak at 0 has no left side, any other has y e^(−start) ≥ q."""
    curvature = np.maximum(y * np.exp(-start), q)
    slope = curvature - q
    return 2.0 * _FALL / (slope + np.sqrt(slope * slope + 2.0 * curvature * _FALL))
