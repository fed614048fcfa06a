"""The daily level of one queue: what every model of days hands to what makes intervals of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .events import Feature


@dataclass(frozen=True)
class DailyLevel:
    """Expected contacts of each day of the marks, in history and beyond: shape (days,).

    `effects` holds each event's log factor, `event_sd` the standard deviation of the log of all
    events of the day together, `residual` log(actual / expected) of the ordinary days that taught,
    NaN elsewhere (all of shape (days,)). `betas` are the coefficients learned, by feature.
    """

    mean: NDArray[np.float64]
    residual: NDArray[np.float64]
    event_sd: NDArray[np.float64]
    effects: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    betas: dict[Feature, float] = field(default_factory=dict)
