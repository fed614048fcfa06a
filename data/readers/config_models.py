"""The shape of shiftcast.toml: every table and key there is, with its type and range.

Nothing here knows what a clock time or a time zone is: `config.py` gives the values their meaning.
"""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ..rules import Weights

Share = Annotated[float, Field(gt=0, le=1)]
Positive = Annotated[float, Field(gt=0, le=1e9)]
NotNegative = Annotated[float, Field(ge=0, le=1e9)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Days = Annotated[int, Field(ge=0, le=7)]
Hours = Annotated[float, Field(ge=0, le=168)]
Run = Annotated[int, Field(ge=1, le=31)]
Weeks = Annotated[int, Field(ge=1, le=53)]


def _as_range(value: object) -> object:
    """`5` means `[5, 5]`."""
    return [value, value] if isinstance(value, int | float) else value


def _as_list(value: object) -> object:
    """`"DE"` means `["DE"]`."""
    return [value] if isinstance(value, str) else value


def _as_price(value: object) -> object:
    """`false` means a price that is never paid."""
    return math.inf if value is False else value


OneOrList = BeforeValidator(_as_list)
# One number, or the least and the most.
OneOrRange = BeforeValidator(_as_range)
TwoEnds = Field(min_length=2, max_length=2)
# Points for an hour, or false for what must never be broken; left out: as the rule is.
OwnPrice = Annotated[Annotated[float, Field(ge=0)] | None, BeforeValidator(_as_price)]
# Most of something, in so many weeks.
MostInWeeks = Annotated[list[Annotated[int, Field(ge=0, le=366)]], TwoEnds]


class Table(BaseModel):
    """Only the keys named here, each of its own type (no text where a number belongs)."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class CentreTable(Table):
    name: Name
    time_zone: Name
    country: str | None = None
    interval_minutes: Literal[5, 10, 15, 20, 30, 60] = 15
    first_weekday: str = "monday"
    routing: Literal["roster", "skills"] = "roster"
    name_order: Literal["family-first", "given-first"] | None = None
    language: Literal["en", "zh-CN"] = "en"
    currency: str = ""


class FilesTable(Table):
    contacts: Name | None = None
    calendar: Name | None = None
    agents: Name | None = None
    shifts: Name | None = None
    time_off: Name | None = None
    requests: Name | None = None
    fixed: Name | None = None
    adjustments: Name | None = None
    meetings: Name | None = None
    shift_demand: Name | None = None


class ContactsTable(Table):
    unit: Literal["contacts", "people", "sessions", "turns", "messages"] | None = None
    demand: Literal["offered", "handled"] = "offered"
    short_abandon_weight: Annotated[float, Field(ge=0, le=1)] | None = None
    short_abandon_seconds: NotNegative = 5.0
    columns: dict[str, str] = Field(default_factory=dict)
    queues: dict[str, str] = Field(default_factory=dict)


class QueueTable(Table):
    name: Name
    channel: Literal["phone", "chat", "email"] = "phone"
    skill: str = ""
    service_level: Share | None = None
    within_seconds: NotNegative | None = None
    definition: Literal[
        "offered", "answered", "excluding_short_abandons", "including_short_abandons"
    ] = "offered"
    max_asa_seconds: NotNegative | None = None
    max_abandonment: Share | None = None
    max_occupancy: Share | None = None
    deadline_hours: Positive | None = None
    deadline_share: Share = 0.95
    patience_seconds: Positive | None = None
    handle_seconds: Positive | None = None
    handle_time_by_concurrency: list[Annotated[float, Field(ge=1, le=100)]] = Field(
        default_factory=lambda: [1.0], min_length=1, max_length=20
    )
    shrinkage: Annotated[float, Field(ge=0, lt=1)] = 0.0
    weight: Positive = 1.0
    hold: Literal["day", "interval"] = "day"
    arrivals: Literal["modified", "stationary"] = "modified"
    handle_cv: Annotated[float, Field(ge=0, le=10)] = 1.0
    risk: Annotated[float, Field(ge=0.5, lt=1)] | None = None
    objective: Literal["agents", "service"] = "agents"
    max_wait_seconds: NotNegative | None = None
    wait_percentile: Annotated[float, Field(gt=0, lt=1)] = 0.9
    lines: Annotated[int, Field(ge=1, le=100_000)] | None = None
    max_blocked: Share | None = None
    redial_share: Annotated[float, Field(ge=0, lt=1)] = 0.0
    redial_minutes: Positive = 10.0
    platform: Name | None = None
    reply_share: Share | None = None
    reply_within_seconds: Positive | None = None
    reply_counts: Literal["customers", "turns", "whole_chats"] | None = None
    reply_window: str | None = None
    turns_per_chat: Annotated[float, Field(ge=1, le=1000)] = 6.0
    opening: dict[str, str] | None = None


class LimitsTable(Table):
    """The limits that a contract may set for itself, and the rules for everybody."""

    rest_hours: Hours | None = None
    weekly_rest_hours: Hours | None = None
    max_consecutive_days: Run | None = None
    min_consecutive_days: Run | None = None
    min_consecutive_days_off: Run | None = None
    max_day_hours: Annotated[float, Field(gt=0, le=24)] | None = None
    max_week_hours: Hours | None = None
    max_average_week_hours: Hours | None = None
    average_weeks: Weeks | None = None
    overtime_hours: Hours | None = None
    max_weekends: MostInWeeks | None = None
    free_weekend_every: Annotated[int, Field(ge=2, le=53)] | None = None
    whole_weekends: bool | None = None
    max_nights: MostInWeeks | None = None
    max_consecutive_nights: Annotated[int, Field(ge=0, le=31)] | None = None
    morning_after_night: bool | None = None
    shift_limits: dict[str, Annotated[int, Field(ge=0)]] | None = None
    shift_limit_weeks: Weeks | None = None
    rotation: Literal["none", "fixed", "forward"] | None = None


class ContractTable(LimitsTable):
    id: Name
    shifts: list[str] = Field(default_factory=list)
    days_per_week: Annotated[list[Days], TwoEnds, OneOrRange] = Field(
        default_factory=lambda: [0, 6]
    )
    hours_per_week: Annotated[list[Hours], TwoEnds, OneOrRange] | None = None
    hours_per_period: Annotated[list[NotNegative], TwoEnds, OneOrRange] | None = None
    period_weeks: Weeks = 4
    days_off_together: Annotated[int, Field(ge=0, le=7)] = 0
    start_spread_hours: Annotated[float, Field(ge=0, le=24)] | None = None
    hourly_cost: NotNegative = 0.0
    opt_out: bool = False


class LawAdjustedTable(Table):
    """What a planner may put in the place of a law's number."""

    rest_hours: Hours | None = None
    weekly_rest_hours: Hours | None = None
    max_day_hours: Annotated[float, Field(gt=0, le=24)] | None = None
    max_average_week_hours: Hours | None = None
    average_weeks: Weeks | None = None
    hours_per_week: Hours | None = None
    days_per_week: Annotated[int, Field(ge=1, le=7)] | None = None


class RulesTable(LimitsTable):
    rest_hours: Hours = 11.0
    max_consecutive_days: Run = 6
    seats: Annotated[int, Field(ge=1)] | None = None
    night: str = "00:00-05:00"
    weekend: list[str] = Field(default_factory=lambda: ["sat", "sun"])
    early_before: str | None = None
    late_after: str | None = None
    breaks_at_once: int | str | None = None
    soft: dict[str, NotNegative] = Field(default_factory=dict)
    law: Annotated[list[str], OneOrList] = Field(default_factory=list)
    law_adjusted: LawAdjustedTable | None = None


class SiteTable(Table):
    name: Name
    time_zone: Name


class BreaksTable(Table):
    from_hours: Annotated[float, Field(ge=0, le=24)]
    breaks: str


class HoursTable(Table):
    days: str = "mon-sun"
    hours: str = "00:00-24:00"


class LeastStaffingTable(HoursTable):
    soft: OwnPrice = None
    agents: Annotated[int, Field(ge=1)]
    skill: str = ""
    queue: str = ""
    team: str = ""
    site: str = ""
    people: list[str] = Field(default_factory=list)


class SeatLimitTable(HoursTable):
    soft: OwnPrice = None
    seats: Annotated[int, Field(ge=0)]
    site: str = ""


class PairingTable(Table):
    soft: OwnPrice = None
    agents: list[str] = Field(min_length=2)


class WeightsTable(Table):
    under: NotNegative = Weights.under
    over: NotNegative = Weights.over
    evenness: NotNegative = Weights.evenness
    request: NotNegative = Weights.request
    fairness: NotNegative = Weights.fairness
    fairness_early: NotNegative = Weights.fairness_early
    fairness_late: NotNegative = Weights.fairness_late
    fairness_requests: NotNegative = Weights.fairness_requests
    steady_start: NotNegative = Weights.steady_start
    queue_change: NotNegative = Weights.queue_change
    overtime: NotNegative = Weights.overtime
    cost: NotNegative = Weights.cost
    change: NotNegative = Weights.change
    break_change: NotNegative = Weights.break_change


class RosterTable(Table):
    seconds: Positive = 30.0
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 1
    correct_rounds: Annotated[int, Field(ge=0, le=10)] = 3
    prefer: Literal["coverage", "cost", "people"] | None = None


class ExportTable(Table):
    hr_template: Name | None = None


class ConfigFile(Table):
    centre: CentreTable
    files: FilesTable = FilesTable()
    contacts: ContactsTable = ContactsTable()
    queue: list[QueueTable] = Field(min_length=1)
    contract: list[ContractTable] = Field(default_factory=list)
    rules: RulesTable = RulesTable()
    site: list[SiteTable] = Field(default_factory=list)
    breaks: list[BreaksTable] = Field(default_factory=list)
    least_staffing: list[LeastStaffingTable] = Field(default_factory=list)
    seat_limit: list[SeatLimitTable] = Field(default_factory=list)
    together: list[PairingTable] = Field(default_factory=list)
    apart: list[PairingTable] = Field(default_factory=list)
    weights: WeightsTable = WeightsTable()
    roster: RosterTable = RosterTable()
    export: ExportTable = ExportTable()
