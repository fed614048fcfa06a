"""What a member of the level's blend is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ...day_marks import DayMarks


class MemberForecaster(Protocol):
    """A member that has learned: it expects the days after any history without learning anew."""

    def expect(
        self, totals: NDArray[np.float64], marks: Sequence[DayMarks], days: int
    ) -> NDArray[np.float64]:
        """Contacts of the `days` days after `totals` (queues, known days), NaN where a day must
        not teach: shape (queues, days)."""
        ...


class LevelMember(Protocol):
    """Anything that forecasts daily totals of all queues together."""

    @property
    def name(self) -> str: ...

    @property
    def least_days(self) -> int:
        """Days of history below which there is nothing to learn."""
        ...

    def learn(
        self, totals: NDArray[np.float64], marks: Sequence[DayMarks], days: int
    ) -> MemberForecaster:
        """Learns to forecast up to `days` days from `totals` (queues, known days); `marks` cover
        these and at least `days` more."""
        ...
