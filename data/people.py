"""Who can work, on what terms, and what they asked for."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from .rules import Rotation, Rules, limit_faults


@dataclass(frozen=True)
class Contract:
    """Terms shared by a group of agents. Days and minutes are per week (of the centre's weekday).

    `shift_codes` empty means every shift. None leaves a limit to the centre's `Rules`, or open;
    limits that have a name of `Rules` mean what they mean there.
    `max_start_spread_min`: latest minus earliest start clock time within a week.
    `min_period_min` and `max_period_min`: paid minutes of `period_weeks` weeks together.
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
    min_period_min: int = 0
    max_period_min: int | None = None
    period_weeks: int = 4
    max_day_min: int | None = None
    max_week_min: int | None = None
    max_average_week_min: int | None = None
    average_weeks: int | None = None
    min_weekly_rest_min: int | None = None
    min_run_days: int | None = None
    min_run_days_off: int | None = None
    max_weekends: tuple[int, int] | None = None
    free_weekend_every: int | None = None
    whole_weekends: bool | None = None
    max_nights: tuple[int, int] | None = None
    max_consecutive_nights: int | None = None
    shift_limits: tuple[tuple[str, int], ...] | None = None
    shift_limit_weeks: int | None = None
    morning_after_night: bool | None = None
    rotation: Rotation | None = None
    overtime_min: int | None = None
    opt_out: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.min_days <= self.max_days <= 7:
            raise ValueError(
                f"contract {self.id}: days a week {self.min_days}–{self.max_days} are not in 0–7"
            )
        for least, most in (
            (self.min_minutes, self.max_minutes),
            (self.min_period_min, self.max_period_min),
        ):
            if most is not None and not 0 <= least <= most:
                raise ValueError(f"contract {self.id}: minutes {least}–{most} do not order")
        if self.period_weeks < 1:
            raise ValueError(f"contract {self.id}: a period of {self.period_weeks} weeks")
        for fault in limit_faults(vars(self)):
            raise ValueError(f"contract {self.id}: {fault}")

    def terms(self, rules: Rules) -> Rules:
        """The rules of a centre as they hold under this contract: its own limits before theirs."""
        own = {limit: getattr(self, limit) for limit in OWN_LIMITS}
        return replace(rules, **{name: value for name, value in own.items() if value is not None})


OWN_LIMITS = tuple(
    sorted({field.name for field in fields(Rules)} & {field.name for field in fields(Contract)})
)
"""The limits of `Rules` that a contract may set for itself."""


@dataclass(frozen=True)
class Agent:
    """A named agent. `availability` is Monday first: None any time, () not at all, else
    (earliest start, latest end) in clock minutes of the shift's day; the end may exceed 1440.
    `second_skills`, among the `skills`, are those to help out with: routed by skill, such contacts
    come to the agent after those of the others. `proficiency` names skills that the agent has less
    or more of than others: 0.8 does the work of 0.8 agents. `site` limits the agent to the shifts
    of a site; empty works anywhere. `first_day` and `last_day` are those of employment, both
    included; None is before and after everything. `family_name` is the part of `name` that is the
    family's; empty where it is to be told from the order."""

    id: str
    name: str
    contract: str
    skills: frozenset[str]
    team: str = ""
    availability: tuple[tuple[int, int] | tuple[()] | None, ...] = (None,) * 7
    hourly_cost: float | None = None
    email: str = ""
    second_skills: frozenset[str] = frozenset()
    proficiency: tuple[tuple[str, float], ...] = ()
    site: str = ""
    first_day: date | None = None
    last_day: date | None = None
    family_name: str = ""

    def __post_init__(self) -> None:
        first, last = self.first_day or date.min, self.last_day or date.max
        if last < first:
            raise ValueError(f"agent {self.id}: employment ends {last} before it begins {first}")
        if len(self.availability) != 7:
            raise ValueError(f"agent {self.id}: availability names not 7 weekdays")
        if not self.second_skills <= self.skills:
            raise ValueError(f"agent {self.id}: second_skills are not among the skills")
        for skill, level in self.proficiency:
            if skill not in self.skills or level <= 0:
                raise ValueError(f"agent {self.id}: a proficiency of {level} in {skill}")

    def employed_on(self, day: date) -> bool:
        return (self.first_day or date.min) <= day <= (self.last_day or date.max)


@dataclass(frozen=True)
class TimeOff:
    """Absence agreed beforehand, both days included. Paid days count as worked towards the
    contract's days and minutes; unpaid days do not, but lower what can be asked all the same.

    `from_minute` and `to_minute` are clock minutes on each of the days: away only from the one to
    the other. None as the end is the end of the day, and of a shift that runs past it. Hours away
    count as nothing of their own; they lie beside shifts, or cut into one as it was planned."""

    agent: str
    first: date
    last: date
    paid: bool = True
    kind: str = "leave"
    from_minute: int = 0
    to_minute: int | None = None

    def __post_init__(self) -> None:
        end = 1440 if self.to_minute is None else self.to_minute
        if not 0 <= self.from_minute < end <= 1440:
            raise ValueError(f"hours off {self.from_minute}–{self.to_minute} do not order")

    @property
    def whole_days(self) -> bool:
        return self.from_minute == 0 and self.to_minute is None


class RequestKind(StrEnum):
    DAY_OFF = "day_off"  # no shift starts on the date
    START_FROM = "start_from"  # a shift on the date starts at `minute` or later
    END_BY = "end_by"  # a shift on the date ends by `minute` (may exceed 1440)
    SHIFT = "shift"  # the shift `shift_code` is worked on the date
    SHIFT_OFF = "shift_off"  # the shift `shift_code` is not worked on the date


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
    `shift_code` is None. One that is `forbidden` must not be: that shift (at that start, if given)
    is not worked on the day; with None the day is not a day off."""

    agent: str
    day: date
    shift_code: str | None
    start_minute: int | None = None
    forbidden: bool = False
