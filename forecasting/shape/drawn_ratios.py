"""Ratios of counts by slot, drawn towards ones known before as far as chance leaves them open."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.fft import dct, idct

# Strength of a bend against chance in its slowest wave, and the wave number at which it halves.
_STRENGTHS = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0)
_REACHES = (1.5, 4.0, 12.0)
_EVENLY = 0.02  # of the mean slot, added to every slot: nearly empty ones tell nothing
LEAST_RATIO = 0.05


def drawn_ratios(
    expected: NDArray[np.float64], actual: NDArray[np.float64], towards: NDArray[np.float64] | float
) -> NDArray[np.float64]:
    """Ratios (slots,) of actual contacts over `expected` ones, both (slots,), drawn towards
    `towards`, which hold altogether in slots where nothing is expected.

    What came beyond expected × towards, in deviations of Poisson chance, is a curve over the slots
    plus noise of variance 1. Its cosine waves have independent normal sizes with variance
    strength / (1 + (wave / reach)²), which steps have too: each is shrunk by variance /
    (variance + 1). Strength and reach count by their marginal likelihood, no bend at all being
    as likely beforehand as any (empirical Bayes: Efron, Large-Scale Inference, 2010, ch. 1).
    """
    ratios = np.ones(len(expected)) * towards
    is_open = expected > 0
    came = float(actual[is_open].sum())
    if came <= 0:
        return ratios
    before = ratios[is_open]
    before = before * came / float((expected[is_open] * before).sum())
    added = _EVENLY * float(expected[is_open].mean())
    usual = (expected[is_open] + added) * before
    waves = dct((actual[is_open] + added * before - usual) / np.sqrt(usual), norm="ortho")
    curve = idct(_shrinkage(waves) * waves, norm="ortho")
    ratios[is_open] = before * np.maximum(1.0 + curve / np.sqrt(usual), LEAST_RATIO)
    return ratios


def _shrinkage(waves: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of each wave that is kept, of the shape of `waves`."""
    variance = _variances(len(waves))
    likelihood = -0.5 * (np.log1p(variance) + waves**2 / (1.0 + variance)).sum(axis=1)
    likelihood[0] += np.log(len(variance) - 1.0)
    weight = np.exp(likelihood - likelihood.max())
    kept: NDArray[np.float64] = (weight / weight.sum()) @ (variance / (1.0 + variance))
    return kept


@lru_cache(maxsize=64)
def _variances(waves: int) -> NDArray[np.float64]:
    """Variance of each wave by choice of strength and reach, the first of which is no bend:
    (choices, waves)."""
    number = np.arange(waves)
    bends = [s / (1.0 + (number / reach) ** 2) for s, reach in product(_STRENGTHS, _REACHES)]
    return np.stack([np.zeros(waves), *bends])
