"""Poisson weights to full double precision, from hundredths of an erlang to tens of thousands.

The states of a queue below "every agent busy" are Poisson weighted, so Erlang B, C and A all rest
on one ratio: how likely fewer than `agents` contacts in service are, against exactly `agents`.
"""

from __future__ import annotations

from math import pi

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincc, gammaln

_STIRLING_FROM = 16.0
"""From here on Stirling's series is exact to the last digit with five terms."""

_TAIL_UNDERFLOW = 1e-280


def log_poisson(count: ArrayLike, mean: ArrayLike) -> NDArray[np.float64]:
    """Natural logarithm of P(N = count) for N Poisson with `mean` above 0; arrays broadcast.

    Loader's saddle-point form (C. Loader, "Fast and accurate computation of binomial
    probabilities", 2000): no difference of large numbers, so the error stays at a few units in the
    last place where `count · log(mean) − mean − log(count!)` loses four digits at 5,000.
    """
    k, m = np.broadcast_arrays(np.asarray(count, dtype=float), np.asarray(mean, dtype=float))
    large = k >= _STIRLING_FROM
    k_large = np.where(large, k, _STIRLING_FROM)
    saddle = -_stirling_error(k_large) - _deviance(k_large, m) - 0.5 * np.log(2 * pi * k_large)
    direct = k * np.log(m) - m - gammaln(k + 1.0)
    return np.where(large, saddle, direct)


def log_odds_below(agents: ArrayLike, load_erl: ArrayLike) -> NDArray[np.float64]:
    """log(P(N < agents) ÷ P(N = agents)) for N Poisson with mean `load_erl`; arrays broadcast.

    `agents` ≥ 0 (whole or not), `load_erl` > 0. Minus infinity for 0 agents, plus infinity where
    the odds leave the range of doubles. In Erlang's terms exp of it is 1/B − 1.
    """
    n, load = np.broadcast_arrays(np.asarray(agents, dtype=float), np.asarray(load_erl, float))
    below = gammaincc(np.maximum(n, 1e-300), load)
    vanishing = (below < _TAIL_UNDERFLOW) & (n > 0)
    with np.errstate(divide="ignore"):
        odds = np.where(n > 0, np.log(below) - log_poisson(n, load), -np.inf)
    if vanishing.any():
        odds[vanishing] = np.log(_odds_by_series(n[vanishing], load[vanishing]))
    return odds


def _odds_by_series(agents: NDArray[np.float64], load: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum over j < agents of P(N = j) ÷ P(N = agents) from the top down, for load ≫ agents, where
    the terms fall geometrically."""
    term = agents / load
    total = term.copy()
    step = 1.0
    while (term > np.finfo(float).eps * total).any():
        term = term * np.maximum(agents - step, 0.0) / load
        total += term
        step += 1.0
    return total


def _stirling_error(k: NDArray[np.float64]) -> NDArray[np.float64]:
    """log(k!) − log(sqrt(2πk) (k/e)^k) for k ≥ 16."""
    square = k * k
    series = 1 / 1260 - (1 / 1680 - (1 / 1188) / square) / square
    return (1 / 12 - (1 / 360 - series / square) / square) / k


def _deviance(k: NDArray[np.float64], mean: NDArray[np.float64]) -> NDArray[np.float64]:
    """k log(k/mean) + mean − k, by its series where k and mean are close."""
    difference = k - mean
    ratio = difference / (k + mean)
    square = ratio * ratio
    series = np.zeros_like(ratio)
    for power in range(19, 1, -2):
        series = (series + 1.0 / power) * square
    close = difference * ratio + 2.0 * k * ratio * series
    return np.where(np.abs(ratio) < 0.1, close, k * np.log(k / mean) - difference)
