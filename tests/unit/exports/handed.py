"""A small plan handed out by templates of ours, for tests that read the files back."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from shiftcast.cli.exports.templates.library import find_template
from shiftcast.cli.exports.templates.making import export_files
from shiftcast.cli.exports.templates.names import Names
from shiftcast.cli.exports.templates.rows import Source
from shiftcast.data.errors import Problems

from tests.factories_plan import make_plan

PLAN = make_plan(agents=10)
SOURCE = Source(PLAN.centre, PLAN.problem, PLAN.roster, "en")
NAMES = Names(
    {agent.id: f"user-{agent.id}" for agent in PLAN.centre.agents},
    {
        ("E8", "07:30"): "1001",
        ("E8", ""): "1002",
        ("M8", ""): "1003",
        ("L8", ""): "1004",
        ("S8", ""): "1005",
    },
)


def files_of(
    name: str,
    source: Source = SOURCE,
    *,
    workbook: Path | None = None,
    problems: Problems | None = None,
    **values: object,
) -> dict[str, bytes]:
    """The files of a template of ours with the planner's values filled in."""
    template = find_template(name, Path("none"))
    template = replace(template, values={**template.values, **values})
    told = Problems() if problems is None else problems
    files = export_files(template, source, told, workbook)
    if problems is None:
        told.raise_if_any()
    return files


def table_of(name: str, source: Source = SOURCE, **values: object) -> list[dict[str, str]]:
    """The rows of a template's one CSV, as Python's own reader has them."""
    (content,) = files_of(name, source, **values).values()
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def bodies_of(name: str, source: Source = SOURCE, **values: object) -> list[Any]:
    """The request bodies of a template, in the order of their files."""
    files = files_of(name, replace(source, names=NAMES), **values)
    return [json.loads(files[path]) for path in sorted(files)]


def codes(problems: Problems) -> list[str]:
    return [problem.code.removeprefix("exports.") for problem in problems]
