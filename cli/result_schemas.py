"""The JSON Schema of what each command prints with `--json`, made from the results' own types."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from typing import Any, get_type_hints

from pydantic import create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import FloatSchema

from .console import SCHEMA_VERSION

PROBLEMS = "problems"
"""What a command prints on standard error in place of its result when an input is wrong."""

# Module and class of each command's results; several where an option asks for another one.
RESULTS: Mapping[str, tuple[str, ...]] = {
    "init": ("commands.init.InitResult",),
    "check": ("commands.check.InputsResult", "commands.check.RosterResult"),
    "plan": ("commands.plan.PlanResult",),
    "publish": ("commands.publish.PublishResult",),
    "withdraw": ("commands.withdraw.WithdrawResult",),
    "plans": ("commands.plans.PlansResult", "fairness_view.FairnessResult"),
    "simulate": ("simulate_view.SimulateResult",),
    "whatif": ("whatif_view.WhatIfResult", "sweep_view.SweepResult"),
    "capacity": ("capacity_view.CapacityResult",),
    "compare": ("compare_view.CompareResult",),
    "track": ("track_view.TrackResult",),
    "repair": ("repair_view.RepairResult",),
    "report": ("commands.report.ReportResult",),
    "export": (
        "commands.export.ExportResult",
        "commands.export.TemplateList",
        "commands.export.CopyResult",
    ),
    "forecast": ("commands.forecast.ForecastResult",),
    "backtest": ("commands.backtest.BacktestResult",),
    "staff": ("commands.staff.StaffResult", "calibrate_view.CalibrateResult"),
    "roster": ("commands.roster.RosterOnlyResult", "story_view.StoryResult"),
    "schema": ("commands.schema.SchemaResult",),
    PROBLEMS: ("console.ProblemsRecord",),
}


class _Schema(GenerateJsonSchema):
    """A number without a meaning is null, as `Console` writes it."""

    def float_schema(self, schema: FloatSchema) -> JsonSchemaValue:
        return {"type": ["number", "null"]}


def result_schema(command: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a command's results; KeyError if there is no such command."""
    schemas = [_schema_of(path) for path in RESULTS[command]]
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"shiftcast {command} --json",
    }
    if len(schemas) == 1:
        return {**schemas[0], **head}
    parts: dict[str, Any] = {}
    for schema in schemas:
        parts |= schema.pop("$defs", {})
    return {**head, "anyOf": schemas, "$defs": parts}


def _schema_of(path: str) -> dict[str, Any]:
    place, _, name = path.rpartition(".")
    module = import_module(f".{place}", __package__)
    hints = get_type_hints(getattr(module, name), None, {**_types(), **vars(module)})
    fields: dict[str, Any] = {key: (hint, ...) for key, hint in hints.items()}
    model = create_model(name, **fields)
    schema: dict[str, Any] = model.model_json_schema(mode="serialization", schema_generator=_Schema)
    schema["properties"] = {"schema_version": {"const": SCHEMA_VERSION}, **schema["properties"]}
    schema["required"] = ["schema_version", *schema.get("required", ())]
    return schema


def _types() -> dict[str, Any]:
    """Every type of the command line by name: results name some that they import for types only."""
    found: dict[str, Any] = {}
    package = import_module(__package__)
    for entry in pkgutil.iter_modules(package.__path__):
        if not entry.ispkg and not entry.name.startswith("_"):
            module = import_module(f".{entry.name}", __package__)
            found |= {key: kind for key, kind in vars(module).items() if isinstance(kind, type)}
    return found
