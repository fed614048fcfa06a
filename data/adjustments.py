"""The planner's own changes to a forecast, kept apart from the model's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Adjustment:
    """From `first` to `last` (both included), between two clock minutes, on one queue or all.

    Exactly one of `percent` (+20 adds a fifth) and `contacts` (per interval) is given.
    """

    first: date
    last: date
    reason: str
    queue: str | None = None
    from_minute: int = 0
    to_minute: int = 1440
    percent: float | None = None
    contacts: float | None = None

    def __post_init__(self) -> None:
        if (self.percent is None) == (self.contacts is None):
            raise ValueError("an adjustment is either percent or contacts, and not both")
        if self.percent is not None and self.percent < -100:
            raise ValueError(f"percent is {self.percent}, expected -100 or more")
        if self.last < self.first:
            raise ValueError(f"the adjustment ends {self.last} before it begins {self.first}")
        if not 0 <= self.from_minute < self.to_minute <= 1440:
            raise ValueError(
                f"clock minutes {self.from_minute}–{self.to_minute} are not within 0–1440"
            )
