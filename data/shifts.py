"""What a shift may look like."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SHIFT_STEP_MIN = 5  # every time and length of a shift is a multiple of so many minutes


class BreakKind(StrEnum):
    """A split divides the shift into pieces; a break is taken within a piece."""

    BREAK = "break"
    SPLIT = "split"


@dataclass(frozen=True)
class BreakRule:
    """One break of a shift: its length and where it may start, in minutes after shift start."""

    minutes: int
    paid: bool
    earliest_offset: int
    latest_offset: int
    kind: BreakKind = BreakKind.BREAK

    def __post_init__(self) -> None:
        if self.minutes <= 0:
            raise ValueError(f"break of {self.minutes} minutes, expected above 0")
        if not 0 <= self.earliest_offset <= self.latest_offset:
            raise ValueError(
                f"break window {self.earliest_offset}–{self.latest_offset} does not order"
            )
        if self.kind is BreakKind.SPLIT and self.paid:
            raise ValueError("the gap of a split shift cannot be paid")


@dataclass(frozen=True)
class ShiftTemplate:
    """A shift type: paid time, the starts it may have, and its breaks in order.

    Starts are clock minutes: `earliest_start`, then every `grid_min` up to `latest_start`.
    `weekdays` (Monday = 0) are those it may start on. The length is paid time plus unpaid breaks;
    it may run past midnight and belongs to the day it starts on.
    """

    code: str
    paid_min: int
    earliest_start: int
    latest_start: int
    grid_min: int = 30
    breaks: tuple[BreakRule, ...] = ()
    name: str = ""
    weekdays: frozenset[int] = frozenset(range(7))

    def __post_init__(self) -> None:
        if not 0 < self.paid_min <= 1440:
            raise ValueError(f"shift {self.code}: paid_min is {self.paid_min}, expected 1–1440")
        if not 0 <= self.earliest_start <= self.latest_start < 1440:
            raise ValueError(
                f"shift {self.code}: starts {self.earliest_start}–{self.latest_start} do not order"
            )
        if self.grid_min <= 0:
            raise ValueError(f"shift {self.code}: grid_min is {self.grid_min}, expected above 0")
        if not self.name:
            object.__setattr__(self, "name", self.code)
        earliest_end = 0
        for rule in self.breaks:
            if max(earliest_end, rule.earliest_offset) > rule.latest_offset:
                raise ValueError(f"shift {self.code}: its breaks cannot follow one another")
            earliest_end = max(earliest_end, rule.earliest_offset) + rule.minutes
        if earliest_end > self.length_min:
            raise ValueError(f"shift {self.code}: a break ends after the shift")

    @property
    def length_min(self) -> int:
        return self.paid_min + sum(rule.minutes for rule in self.breaks if not rule.paid)

    @property
    def starts(self) -> range:
        return range(self.earliest_start, self.latest_start + 1, self.grid_min)
