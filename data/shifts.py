"""What a shift may look like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SHIFT_STEP_MIN = 5  # every time and length of a shift is a multiple of so many minutes


class BreakKind(StrEnum):
    """A split divides the shift into pieces; a break is taken within a piece."""

    BREAK = "break"
    SPLIT = "split"


class ShiftKind(StrEnum):
    WORK = "work"
    ON_CALL = "on_call"  # to be reached, not at work: covers no queue and takes no seat


@dataclass(frozen=True)
class BreakRule:
    """One break of a shift: its length and where it may start, in minutes after shift start.

    `gap_min` is the least time at work between its start and the end of the break before it, or
    the start of the shift.
    """

    minutes: int
    paid: bool
    earliest_offset: int
    latest_offset: int
    kind: BreakKind = BreakKind.BREAK
    gap_min: int = 0

    def __post_init__(self) -> None:
        if self.minutes <= 0:
            raise ValueError(f"break of {self.minutes} minutes, expected above 0")
        if not 0 <= self.earliest_offset <= self.latest_offset:
            raise ValueError(
                f"break window {self.earliest_offset}–{self.latest_offset} does not order"
            )
        if self.gap_min < 0:
            raise ValueError(f"a break after {self.gap_min} minutes of work, expected 0 or more")
        if self.kind is BreakKind.SPLIT and self.paid:
            raise ValueError("the gap of a split shift cannot be paid")


def earliest_break_end(breaks: tuple[BreakRule, ...]) -> int | None:
    """Minutes after the start of a shift at which the last of its breaks can be over at the
    earliest (0 without breaks); None if they cannot follow one another in their windows."""
    over = 0
    for rule in breaks:
        start = max(over + rule.gap_min, rule.earliest_offset)
        if start > rule.latest_offset:
            return None
        over = start + rule.minutes
    return over


@dataclass(frozen=True)
class BreakPlan:
    """The breaks of every shift of `from_paid_min` paid minutes or more that names none itself and
    has no plan of longer shifts."""

    from_paid_min: int
    breaks: tuple[BreakRule, ...]

    def __post_init__(self) -> None:
        if self.from_paid_min < 0 or earliest_break_end(self.breaks) is None:
            raise ValueError(f"the breaks from {self.from_paid_min} minutes on cannot be taken")


def planned_breaks(plans: tuple[BreakPlan, ...], paid_min: int) -> tuple[BreakRule, ...]:
    """The breaks that the plans give a shift of so many paid minutes."""
    fitting = [plan for plan in plans if plan.from_paid_min <= paid_min]
    return max(fitting, key=lambda plan: plan.from_paid_min).breaks if fitting else ()


@dataclass(frozen=True)
class ShiftTemplate:
    """A shift type: paid time, the starts it may have, and its breaks in order.

    Starts are clock minutes: `earliest_start`, then every `grid_min` up to `latest_start`.
    `weekdays` (Monday = 0) are those it may start on. The length is paid time plus unpaid breaks;
    it may run past midnight and belongs to the day it starts on. On the day after it none of the
    shifts `not_before` may start. Only agents of its `site` work it; empty: everybody.
    """

    code: str
    paid_min: int
    earliest_start: int
    latest_start: int
    grid_min: int = 30
    breaks: tuple[BreakRule, ...] = ()
    name: str = ""
    weekdays: frozenset[int] = frozenset(range(7))
    kind: ShiftKind = ShiftKind.WORK
    not_before: frozenset[str] = frozenset()
    site: str = ""

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
        over = earliest_break_end(self.breaks)
        if over is None:
            raise ValueError(f"shift {self.code}: its breaks cannot follow one another")
        if over > self.length_min:
            raise ValueError(f"shift {self.code}: a break ends after the shift")

    @property
    def length_min(self) -> int:
        return self.paid_min + sum(rule.minutes for rule in self.breaks if not rule.paid)

    @property
    def starts(self) -> range:
        return range(self.earliest_start, self.latest_start + 1, self.grid_min)


@dataclass(frozen=True)
class Site:
    """A place of work with a clock of its own: its shifts' times are in its time zone (IANA)."""

    name: str
    tz: str


@dataclass(frozen=True)
class WantedShift:
    """So many agents wanted on a shift of a day. `under` and `over` are points for each agent too
    few or too many."""

    day: date
    shift_code: str
    wanted: int
    under: float = 100.0
    over: float = 1.0

    def __post_init__(self) -> None:
        if min(self.wanted, self.under, self.over) < 0:
            raise ValueError(f"shift {self.shift_code} on {self.day}: a number below 0")
