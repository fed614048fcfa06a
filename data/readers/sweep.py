"""A sweep, `KEY=FROM:TO:STEP` → one scenario for each value of a key of scenario files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from ..centre import Centre
from ..errors import InputError, Problems
from ..rules import ALWAYS_HARD, RULE_NAMES
from ..scenario import Scenario
from .config_law import ADJUSTABLE
from .config_models import ContractTable, RulesTable
from .scenario import scenario_content, scenario_of
from .scenario_models import PromotionTable, ShiftTable, TargetTable

MOST_POINTS = 25
PLACE = "--sweep"

_BY_NAME = (
    "volume", "deflection", "handle_time", "patience", "shrinkage", "overtime_hours", "concurrency",
    "voluntary_hours",
)  # fmt: skip
# Tables that may be given again: what the parts of a dotted key between the table's name and the
# changed number select, in order, and which of them may be left out.
_ENTRIES: Mapping[str, tuple[str, ...]] = {
    "promotion": ("type", "phase"),
    "absence": (),
    "hire": ("contract", "skills"),
    "training": ("skill",),
    "shift": ("code",),
    "contract": ("id",),
}
_OF_ROSTERS = frozenset({
    "absence", "hire", "training", "overtime_hours", "voluntary_hours", "shift", "contract",
    "rules",
})  # fmt: skip
_NEEDED = {"promotion": 1, "absence": 0, "hire": 0, "training": 1, "shift": 1, "contract": 1}


def _taking_numbers(table: type[BaseModel], **needed: str) -> frozenset[str]:
    """The keys of a table that may be a number, as 3 may be for every one of them."""

    def takes(key: str) -> bool:
        try:
            table.model_validate({**needed, key: 3})
        except ValidationError:
            return False
        return True

    return frozenset(key for key in table.model_fields if takes(key))


_NUMBERS: Mapping[str, frozenset[str]] = {
    "promotion": frozenset(PromotionTable.model_fields) & {"size", "effect", "handle_effect"},
    "absence": frozenset({"count"}),
    "hire": frozenset({"count"}),
    "training": frozenset({"count"}),
    "target": frozenset(TargetTable.model_fields) - {"definition"},
    "shift": _taking_numbers(ShiftTable, code="-"),
    "contract": _taking_numbers(ContractTable, id="-"),
    "rules": _taking_numbers(RulesTable),
}
_OF_RULES: Mapping[str, frozenset[str]] = {
    "soft": frozenset(RULE_NAMES) - ALWAYS_HARD,
    "law_adjusted": frozenset(ADJUSTABLE),
}
"""The tables within `[rules]` whose numbers can be swept too."""


@dataclass(frozen=True)
class Sweep:
    """A key of scenario files and its values, each with its scenario. `without` is the scenario
    that they all change further: a file's, or one that changes nothing."""

    key: str
    values: tuple[float, ...]
    scenarios: tuple[Scenario, ...]
    without: Scenario

    @property
    def roster_only(self) -> bool:
        """Whether the key leaves contacts and agents needed as they are."""
        return self.key.partition(".")[0] in _OF_ROSTERS


def read_sweep(text: str, file: Path | None, centre: Centre) -> Sweep:
    """The sweep that a planner asks for, on top of a scenario file if one is named.

    The key is that of a scenario file, with dots: `volume.chat`, `target.phone.service_level`,
    `promotion.double12.size` (or `promotion.double12.returns.size` for one phase), `hire.count`
    (or `hire.CONTRACT.count`, `hire.CONTRACT.SKILL+SKILL.count`), `absence.count`,
    `training.SKILL.count`, `concurrency.chat`, `rules.rest_hours`, `rules.soft.nights`,
    `rules.law_adjusted.rest_hours`, `contract.part.hours_per_week`, `shift.E8.paid_minutes`. Both
    ends belong to the range. Raises InputError with every problem of key, range, values and file.
    """
    problems = Problems()
    key, _, span = text.partition("=")
    path = tuple(part.strip() for part in key.split("."))
    if not _is_key(path):
        problems.add("sweep.unknown_key", file=PLACE, what=key.strip())
    values = _values(span, text, problems)
    content: dict[str, Any] = {}
    without = Scenario("")
    if file is not None:
        try:
            _, content = scenario_content(file)
            without = scenario_of(content, centre, file.stem, file.name)
        except InputError as error:
            problems.extend(error.problems)
    if len(problems):
        raise InputError(problems)
    scenarios = []
    for value in values:
        name = f"{'.'.join(path)} = {value}"
        changed = {**_with(content, path, value), "name": name}
        scenarios.append(scenario_of(changed, centre, name, PLACE))
    return Sweep(".".join(path), values, tuple(scenarios), without)


def _is_key(path: tuple[str, ...]) -> bool:
    table, number = path[0], path[-1]
    if table in _BY_NAME:
        return len(path) == 2
    if table == "rules" and len(path) == 3:
        return number in _OF_RULES.get(path[1], ())
    if table == "rules":
        return len(path) == 2 and number in _NUMBERS[table]
    if table == "target":
        return len(path) == 3 and number in _NUMBERS[table]
    if table not in _ENTRIES:
        return False
    selected = len(path) - 2
    return number in _NUMBERS[table] and _NEEDED[table] <= selected <= len(_ENTRIES[table])


def _values(span: str, text: str, problems: Problems) -> tuple[float, ...]:
    """Every value from the first to the last, counted in decimals so that 0.7:0.9:0.1 has three."""
    try:
        first, last, step = (Decimal(part.strip()) for part in span.split(":"))
    except (InvalidOperation, ValueError):
        problems.add("sweep.not_a_range", file=PLACE, given=text)
        return ()
    if not all(number.is_finite() for number in (first, last, step)) or step <= 0 or last < first:
        problems.add("sweep.range_order", file=PLACE, given=span)
        return ()
    count = int((last - first) / step) + 1
    if count > MOST_POINTS:
        problems.add("sweep.too_many", file=PLACE, count=count, most=MOST_POINTS)
        return ()
    return tuple(_number(first + step * i) for i in range(count))


def _number(value: Decimal) -> float:
    """A whole number as such: agents are counted."""
    return int(value) if value == value.to_integral_value() else float(value)


def _with(content: Mapping[str, Any], path: tuple[str, ...], value: float) -> dict[str, Any]:
    """The content of a scenario file with one number set, or one entry more of a table that has
    several; nobody hired, trained or away is no entry."""
    table = path[0]
    if table not in _ENTRIES:
        inner = content.get(table, {})
        changed = {path[1]: value} if len(path) == 2 else _with(inner, path[1:], value)
        return {**content, table: {**inner, **changed}}
    if path[-1] == "count" and value == 0:
        return dict(content)
    entry: dict[str, Any] = dict(zip(_ENTRIES[table], path[1:-1], strict=False))
    if "skills" in entry:
        entry["skills"] = [skill.strip() for skill in entry["skills"].split("+")]
    entry[path[-1]] = value
    return {**content, table: [*content.get(table, []), entry]}
