"""shiftcast whatif: scenarios beside a plan."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import options
from ..completion import plan_names
from ..console import Console, Result, session

if TYPE_CHECKING:
    from ...scheduling.planning.whatif import WhatIf


@dataclass(frozen=True)
class ComparisonRow:
    """One metric of a queue (or of "all") in the base and in each scenario."""

    metric: str
    queue: str
    base: float
    scenarios: tuple[float, ...]


@dataclass(frozen=True)
class ScenarioLine:
    """A scenario: which stages it made necessary, and whose week it changes."""

    name: str
    file: str
    recomputed: tuple[str, ...]
    changed_agents: tuple[str, ...]


@dataclass(frozen=True)
class WhatIfResult(Result):
    plan: str
    scenarios: tuple[ScenarioLine, ...]
    comparison: tuple[ComparisonRow, ...]

    def show(self, console: Console) -> None:
        columns = [
            console.text("cli.column.metric"),
            console.text("cli.column.queue"),
            console.text("cli.column.base"),
            *(scenario.name for scenario in self.scenarios),
        ]
        rows = [_shown(row, console) for row in self.comparison]
        console.heading("cli.whatif.heading", plan=self.plan)
        console.table(columns, rows, text_columns=2)
        for scenario in self.scenarios:
            stages = [console.text(f"stage.{name}") for name in scenario.recomputed]
            listed = console.text("planning.list_join").join(stages) or "–"
            console.say("cli.whatif.recomputed", name=scenario.name, stages=listed)


def whatif(
    scenarios: Annotated[
        list[Path], typer.Argument(metavar="SCENARIO...", help="Scenario files (TOML).")
    ],
    workspace: options.Workspace = options.HERE,
    plan: Annotated[
        str | None,
        typer.Option(
            "--plan",
            help="Name of the base plan.",
            show_default="the newest",
            autocompletion=plan_names,
        ),
    ] = None,
    seconds: Annotated[
        float | None,
        typer.Option(
            "--seconds",
            min=1,
            help="Time limit of each roster search.",
            show_default="as for the plan",
        ),
    ] = None,
    rounds: options.Rounds = None,
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Show what would follow from a scenario, side by side with a plan. Nothing is stored."""
    with session(workspace, lang, as_json=json, quiet=quiet) as console:
        from ...data.errors import InputError, Problems
        from ...data.readers.scenario import read_scenario
        from ...scheduling.planning.whatif import what_if
        from ...scheduling.rostering.engine import SolveLimit
        from ..workspace.folder import check_workspace
        from ..workspace.forecaster import forecaster_of
        from ..workspace.load import load_plan
        from ..workspace.plans import find_plan

        check_workspace(workspace)
        stored = find_plan(workspace, plan)
        with console.progress() as progress:
            progress.stage("read")
            base = load_plan(workspace, stored)
            problems = Problems()
            wanted = []
            for path in scenarios:
                try:
                    wanted.append(read_scenario(path, base.centre))
                except InputError as error:
                    problems.extend(error.problems)
            problems.raise_if_any()
            limit = SolveLimit(seconds or stored.manifest.roster_seconds, rounds)
            forecaster = forecaster_of(workspace)
            found = [
                what_if(base, one, limit=limit, progress=progress, forecaster=forecaster)
                for one in wanted
            ]
        console.warn(base.warnings)
        console.deliver(_result(stored.name, scenarios, found))


def _result(plan: str, files: list[Path], found: list[WhatIf]) -> WhatIfResult:
    lines = tuple(
        ScenarioLine(one.scenario.name, str(path), one.recomputed, one.changed_agents)
        for path, one in zip(files, found, strict=True)
    )
    tables = [one.comparison.set_index(["metric", "queue"]) for one in found]
    keys = dict.fromkeys(key for table in tables for key in table.index)
    rows = tuple(
        ComparisonRow(
            metric,
            queue,
            base=next(
                float(t.loc[key, "base"]) for t in tables if (key := (metric, queue)) in t.index
            ),
            scenarios=tuple(float(t["scenario"].get((metric, queue), math.nan)) for t in tables),
        )
        for metric, queue in keys
    )
    return WhatIfResult(plan, lines, rows)


def _shown(row: ComparisonRow, console: Console) -> tuple[str, ...]:
    from ..metric_words import metric_number
    from ..report.wording import Wording

    wording = Wording(console.language)
    values = (row.base, *row.scenarios)
    queue = console.text("cli.whatif.all") if row.queue == "all" else row.queue
    numbers = [metric_number(row.metric, value, wording) for value in values]
    return console.text(f"cli.metric.{row.metric}"), queue, *numbers
