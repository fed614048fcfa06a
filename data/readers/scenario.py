"""A what-if file (TOML) → `Scenario`, with every error of the file at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, AliasChoices, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from ..calendar import Promotion
from ..centre import Centre
from ..errors import Problems
from ..scenario import ALL_QUEUES, AbsenceChange, PromotionChange, Scenario, TargetChange
from ..targets import Channel, ServiceLevelDefinition
from .calendar import phase_key
from .config_errors import Lines, TomlPath, spelled
from .telling import tell

Factor = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Share = Annotated[float, Field(gt=0, le=1)]
Shrinkage = Annotated[float, Field(ge=0, lt=1)]

# What each key expects, said by the catalogue under ``scenario.expected.<kind>``.
_EXPECTED = {
    "volume": "factor",
    "handle_time": "positive",
    "shrinkage": "shrinkage",
    "size": "factor",
    "effect": "factor",
    "handle_effect": "positive",
    "first": "date",
    "last": "date",
    "from": "date",
    "to": "date",
    "count": "count",
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
    "target": "table",
}


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class _Promotion(_Table):
    type: str | None = None
    phase: Annotated[str, AfterValidator(phase_key)] | None = None
    name: str | None = None
    first: date | None = None
    last: date | None = None
    size: Factor | None = None
    effect: Factor | None = None
    handle_effect: Positive | None = None
    queue: str | None = None


class _Absence(_Table):
    agent: str | None = None
    count: Annotated[int, Field(ge=1)] | None = None
    first: date = Field(validation_alias=AliasChoices("from"))
    last: date = Field(validation_alias=AliasChoices("to"))


class _Target(_Table):
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


class _File(_Table):
    name: str = ""
    volume: dict[str, Factor] = {}
    handle_time: dict[str, Positive] = {}
    shrinkage: dict[str, Shrinkage] = {}
    promotion: list[_Promotion] = []
    absence: list[_Absence] = []
    target: dict[str, _Target] = {}


def read_scenario(path: Path, centre: Centre) -> Scenario:
    """The scenario of a file, named after the file if it names itself not.

    Raises InputError with every problem: not TOML, unknown keys, values out of range, queues,
    agents or promotions that the centre does not have.
    """
    problems = Problems()
    text = _text(path, problems)
    content = _toml(text, path, problems)
    problems.raise_if_any()
    teller = _Teller(path.name, Lines(text), problems)
    try:
        table = _File.model_validate(content)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            teller.tell_detail(detail)
        problems.raise_if_any()
        raise
    _Checker(centre, teller).check(table)
    problems.raise_if_any()
    return _scenario(table, path.stem)


def _text(path: Path, problems: Problems) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        problems.add("scenario.no_file", file=str(path))
    except UnicodeDecodeError:
        problems.add("scenario.not_text", file=path.name)
    return ""


def _toml(text: str, path: Path, problems: Problems) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.add("scenario.not_toml", file=path.name, reason=str(error))
        return {}


class _Teller:
    """Tells problems of one file with the line and the spelled-out key."""

    def __init__(self, file: str, lines: Lines, problems: Problems) -> None:
        self._file = file
        self._lines = lines
        self._problems = problems

    def tell(self, code: str, path: TomlPath, **params: object) -> None:
        row, column = self._lines.of(path), spelled(path)
        tell(self._problems, code, params, file=self._file, row=row, column=column)

    def tell_detail(self, detail: ErrorDetails) -> None:
        """One pydantic error in the planner's words."""
        path, kind = detail["loc"], detail["type"]
        if kind == "extra_forbidden":
            self.tell("scenario.unknown_key", path, key=path[-1])
        elif kind == "missing":
            self.tell("scenario.missing_key", path, key=path[-1])
        else:
            names = [part for part in path if part in _EXPECTED]
            expected = _EXPECTED[str(names[-1])] if names else "text"
            expected = "table" if kind == "dict_type" else expected
            self.tell(f"scenario.bad_value.{expected}", path, value=str(detail["input"]))


class _Checker:
    """What the file names must exist in the centre, and belong together."""

    def __init__(self, centre: Centre, teller: _Teller) -> None:
        self._centre = centre
        self._tell = teller.tell
        self._queues = [queue.name for queue in centre.queues]
        self._agents = [agent.id for agent in centre.agents]

    def check(self, table: _File) -> None:
        for key in ("volume", "handle_time", "shrinkage", "target"):
            allowed = self._queues if key == "target" else [*self._queues, ALL_QUEUES]
            for name in getattr(table, key):
                self._known("queue", (key, name), name, allowed)
        for index, absence in enumerate(table.absence):
            self._absence(absence, ("absence", index))
        for index, promotion in enumerate(table.promotion):
            self._promotion(promotion, ("promotion", index))
        for name, target in table.target.items():
            if name in self._queues:
                self._target(target, name)

    def _absence(self, absence: _Absence, path: TomlPath) -> None:
        if (absence.agent is None) == (absence.count is None):
            self._tell("scenario.absence_who", path)
        if absence.last < absence.first:
            self._tell("scenario.period_order", path)
        if absence.agent is not None:
            self._known("agent", (*path, "agent"), absence.agent, self._agents)

    def _promotion(self, promotion: _Promotion, path: TomlPath) -> None:
        if promotion.queue is not None:
            self._known("queue", (*path, "queue"), promotion.queue, self._queues)
        if promotion.first is not None:
            if promotion.type is None:
                self._tell("scenario.missing_key", (*path, "type"), key="type")
            if promotion.last is not None and promotion.last < promotion.first:
                self._tell("scenario.period_order", path)
        elif promotion.type is None and promotion.phase is None and promotion.name is None:
            self._tell("scenario.promotion_which", path)
        else:
            self._matching(promotion, path)

    def _matching(self, promotion: _Promotion, path: TomlPath) -> None:
        known = self._centre.calendar.promotions
        change = _promotion(promotion)
        if not any(change.matches(entry) for entry in known):
            asked = (promotion.name, promotion.type, promotion.phase)
            wanted = ", ".join(word for word in asked if word)
            self._tell("scenario.no_such_promotion", path, wanted=wanted, known=_kinds(known))

    def _target(self, target: _Target, queue: str) -> None:
        profile = self._centre.queue(queue)
        had = profile.target
        replies = (target.reply_share, target.reply_within_seconds)
        if replies != (None, None) and profile.channel is not Channel.CHAT:
            self._tell("config.replies_need_chat", ("target", queue), queue=queue)
        elif had.reply is None and sum(part is None for part in replies) == 1:
            self._tell("config.reply_pair", ("target", queue), queue=queue)
        level = had.service_level if target.service_level is None else target.service_level
        within = had.within_s if target.within_seconds is None else target.within_seconds
        if (level is None) != (within is None):
            self._tell("scenario.level_and_seconds", ("target", queue))

    def _known(self, what: str, path: TomlPath, name: str, allowed: list[str]) -> None:
        if name not in allowed:
            known = ", ".join(allowed[:12]) + (" …" if len(allowed) > 12 else "")
            self._tell(f"scenario.unknown_{what}", path, name=name, known=known)


def _kinds(promotions: Iterable[Promotion]) -> str:
    """The types of promotions with their phases, for people: `618 (eve, peak), sale`."""
    phases: dict[str, set[str]] = {}
    for entry in promotions:
        phases.setdefault(entry.type, set()).update([entry.phase] if entry.phase else [])
    return (
        ", ".join(
            f"{type_} ({', '.join(sorted(found))})" if found else type_
            for type_, found in sorted(phases.items())
        )
        or "–"
    )


def _scenario(table: _File, default_name: str) -> Scenario:
    return Scenario(
        name=table.name or default_name,
        volume=table.volume,
        handle_time=table.handle_time,
        shrinkage=table.shrinkage,
        promotions=tuple(_promotion(promotion) for promotion in table.promotion),
        absences=tuple(
            AbsenceChange(absence.first, absence.last, absence.agent, absence.count or 0)
            for absence in table.absence
        ),
        targets={name: _target(target) for name, target in table.target.items()},
    )


def _promotion(table: _Promotion) -> PromotionChange:
    return PromotionChange(**table.model_dump())


def _target(table: _Target) -> TargetChange:
    return TargetChange(
        service_level=table.service_level,
        within_s=table.within_seconds,
        definition=table.definition,
        max_asa_s=table.max_asa_seconds,
        max_abandonment=table.max_abandonment,
        max_occupancy=table.max_occupancy,
        deadline_min=None if table.deadline_hours is None else table.deadline_hours * 60,
        deadline_share=table.deadline_share,
        max_wait_s=table.max_wait_seconds,
        wait_percentile=table.wait_percentile,
        max_blocked=table.max_blocked,
        reply_share=table.reply_share,
        reply_within_s=table.reply_within_seconds,
    )
