"""What a forecast is made of, for people to see: days, events, members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class EventEffect:
    """What one event (a holiday, a promotion, one phase of it) does to one queue.

    `factor` multiplies the contacts of its days (their geometric mean), `factor_low` and
    `factor_high` hold it in 8 of 10 cases; `contacts` is what it adds to the forecast. The
    `handle_…` factors are those on handle time. `source` is "stated" by the planner, "learned" from
    `seen` earlier runs of the same type and phase, or "pooled" from events like it.
    """

    queue: str
    label: str
    kind: str
    type: str
    phase: str
    first: date
    last: date
    factor: float
    factor_low: float
    factor_high: float
    contacts: float
    handle_factor: float
    handle_low: float
    handle_high: float
    source: str
    seen: int


@dataclass(frozen=True)
class Explanation:
    """How each day's mean comes about, each (queues, days): contacts of an average day (`level`),
    times the factors of `weekday`, `season`, `holiday` (holidays, special and school days),
    `promotion`, and of the other members' view, `members_say`, make the model's mean.

    `members` have `weights` (queues, members), and were off by `past_wape` (queues, members) on
    the days of the last weeks, NaN where none were forecast.
    """

    level: NDArray[np.float64]
    weekday: NDArray[np.float64]
    season: NDArray[np.float64]
    holiday: NDArray[np.float64]
    promotion: NDArray[np.float64]
    members_say: NDArray[np.float64]
    members: tuple[str, ...]
    weights: NDArray[np.float64]
    past_wape: NDArray[np.float64]
