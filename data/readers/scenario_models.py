"""The tables of a what-if file, and what each key expects."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, AliasChoices, BaseModel, ConfigDict, Field

from ..targets import ServiceLevelDefinition
from .calendar import phase_key

Factor = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Share = Annotated[float, Field(gt=0, le=1)]
LostShare = Annotated[float, Field(ge=0, lt=1)]
Count = Annotated[int, Field(ge=1)]
MOST_CHATS = 20
Concurrency = Annotated[int, Field(ge=1, le=MOST_CHATS)]
Multiple = Annotated[float, Field(ge=1, le=100)]
Multiples = Annotated[list[Multiple], Field(min_length=1, max_length=MOST_CHATS)]

# What each key expects, said by the catalogue under ``scenario.expected.<kind>``.
EXPECTED = {
    "volume": "factor",
    "deflection": "deflection",
    "handle_time": "positive",
    "patience": "positive",
    "shrinkage": "shrinkage",
    "overtime_hours": "hours",
    "voluntary_hours": "hours",
    "size": "factor",
    "effect": "factor",
    "handle_effect": "positive",
    "first": "date",
    "last": "date",
    "from": "date",
    "to": "date",
    "count": "count",
    "skills": "names",
    "definition": "definition",
    "service_level": "share",
    "max_abandonment": "share",
    "max_occupancy": "share",
    "deadline_share": "share",
    "max_blocked": "share",
    "reply_share": "share",
    "wait_percentile": "share",
    "within_seconds": "seconds",
    "max_asa_seconds": "seconds",
    "deadline_hours": "positive",
    "max_wait_seconds": "positive",
    "reply_within_seconds": "positive",
    "promotion": "tables",
    "absence": "tables",
    "hire": "tables",
    "training": "tables",
    "target": "table",
    "concurrency": "concurrency",
    "handle_time_by_concurrency": "multiples",
    "shift": "tables",
    "paid_minutes": "minutes",
    "start_every": "minutes",
    "remove": "flag",
    "rules": "table",
    "contract": "tables",
}


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class PromotionTable(Table):
    type: str | None = None
    phase: Annotated[str, AfterValidator(phase_key)] | None = None
    name: str | None = None
    first: date | None = None
    last: date | None = None
    size: Factor | None = None
    effect: Factor | None = None
    handle_effect: Positive | None = None
    queue: str | None = None


class AbsenceTable(Table):
    agent: str | None = None
    count: Count | None = None
    first: date | None = Field(default=None, validation_alias=AliasChoices("from"))
    last: date | None = Field(default=None, validation_alias=AliasChoices("to"))


class HireTable(Table):
    count: Count
    contract: str | None = None
    skills: Annotated[list[str], Field(min_length=1)] | None = None
    first: date | None = Field(default=None, validation_alias=AliasChoices("from"))
    last: date | None = Field(default=None, validation_alias=AliasChoices("to"))


class TrainingTable(Table):
    skill: str
    agent: str | None = None
    count: Count | None = None


class TargetTable(Table):
    service_level: Share | None = None
    within_seconds: Factor | None = None
    definition: ServiceLevelDefinition | None = None
    max_asa_seconds: Factor | None = None
    max_abandonment: Share | None = None
    max_occupancy: Share | None = None
    deadline_hours: Positive | None = None
    deadline_share: Share | None = None
    max_wait_seconds: Positive | None = None
    wait_percentile: Annotated[float, Field(gt=0, lt=1)] | None = None
    max_blocked: Share | None = None
    reply_share: Share | None = None
    reply_within_seconds: Positive | None = None


class ShiftTable(Table):
    """Cells of shifts.csv, written as there."""

    code: str
    remove: bool = False
    name: str | None = None
    paid_minutes: int | None = None
    earliest_start: str | None = None
    latest_start: str | None = None
    start_every: int | None = None
    weekdays: str | None = None
    breaks: str | None = None
    kind: str | None = None
    not_before: str | None = None
    site: str | None = None


class ScenarioFile(Table):
    name: str = ""
    volume: dict[str, Factor] = {}
    deflection: dict[str, LostShare] = {}
    handle_time: dict[str, Positive] = {}
    patience: dict[str, Positive] = {}
    shrinkage: dict[str, LostShare] = {}
    promotion: list[PromotionTable] = []
    absence: list[AbsenceTable] = []
    hire: list[HireTable] = []
    training: list[TrainingTable] = []
    overtime_hours: dict[str, Factor] = {}
    voluntary_hours: dict[str, Factor] = {}
    target: dict[str, TargetTable] = {}
    concurrency: dict[str, Concurrency] = {}
    handle_time_by_concurrency: dict[str, Multiples] = {}
    shift: list[ShiftTable] = []
    rules: dict[str, Any] = {}
    contract: list[dict[str, Any]] = []
