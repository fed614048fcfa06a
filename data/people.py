"""Who can work, on what terms, and what they asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True)
class Contract:
    """Terms shared by a group of agents. Days and minutes are per week (of the centre's weekday).

    `shift_codes` empty means every shift. None leaves a limit to the centre's `Rules`, or open.
    `max_start_spread_min`: latest minus earliest start clock time within a week.
    """

    id: str
    shift_codes: tuple[str, ...] = ()
    min_days: int = 0
    max_days: int = 6
    min_minutes: int = 0
    max_minutes: int | None = None
    min_days_off_together: int = 0
    max_start_spread_min: int | None = None
    max_consecutive_days: int | None = None
    min_rest_min: int | None = None
    hourly_cost: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.min_days <= self.max_days <= 7:
            raise ValueError(
                f"contract {self.id}: days a week {self.min_days}–{self.max_days} are not in 0–7"
            )
        if self.max_minutes is not None and not 0 <= self.min_minutes <= self.max_minutes:
            raise ValueError(
                f"contract {self.id}: minutes {self.min_minutes}–{self.max_minutes} do not order"
            )


@dataclass(frozen=True)
class Agent:
    """A named agent. `availability` is Monday first: None any time, () not at all, else
    (earliest start, latest end) in clock minutes of the shift's day; the end may exceed 1440.
    `second_skills`, among the `skills`, are those to help out with: routed by skill, such contacts
    come to the agent after those of the others."""

    id: str
    name: str
    contract: str
    skills: frozenset[str]
    team: str = ""
    availability: tuple[tuple[int, int] | tuple[()] | None, ...] = (None,) * 7
    hourly_cost: float | None = None
    email: str = ""
    second_skills: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if len(self.availability) != 7:
            raise ValueError(f"agent {self.id}: availability names not 7 weekdays")
        if not self.second_skills <= self.skills:
            raise ValueError(f"agent {self.id}: second_skills are not among the skills")


@dataclass(frozen=True)
class TimeOff:
    """Absence agreed beforehand, both days included. Paid days count as worked towards the
    contract's days and minutes; unpaid days do not, but lower what can be asked all the same."""

    agent: str
    first: date
    last: date
    paid: bool = True
    kind: str = "leave"


class RequestKind(StrEnum):
    DAY_OFF = "day_off"  # no shift starts on the date
    START_FROM = "start_from"  # a shift on the date starts at `minute` or later
    END_BY = "end_by"  # a shift on the date ends by `minute` (may exceed 1440)
    SHIFT = "shift"  # the shift `shift_code` is worked on the date


@dataclass(frozen=True)
class Request:
    """A wish, kept if it can be; `weight` is its price in the planner's points if refused."""

    agent: str
    day: date
    kind: RequestKind
    weight: float = 10.0
    minute: int | None = None
    shift_code: str | None = None


@dataclass(frozen=True)
class FixedAssignment:
    """An assignment that must stay: a shift (with its start, if given), or a day off if
    `shift_code` is None."""

    agent: str
    day: date
    shift_code: str | None
    start_minute: int | None = None
