"""The member that learns across queues: gradient boosting on daily totals (`boosted_days`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...day_marks import DayMarks
from ..boosted_days import BoostedDays, learn_boosted_days


@dataclass(frozen=True)
class Boosted:
    """A `LevelMember`: one LightGBM model of all queues' days."""

    name: str = "boosted"
    least_days: int = 84
    seed: int = 1

    def learn(
        self, totals: NDArray[np.float64], marks: Sequence[DayMarks], days: int
    ) -> BoostedDays:
        return learn_boosted_days(totals, marks, days, self.seed)
