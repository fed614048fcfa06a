"""Scenarios beside a plan: what the terminal shows of them, and what programs get as JSON."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..data.messages import text
from ..scheduling.kpis import paid_by_day
from ..scheduling.planning.early_leaves import gone_home
from ..scheduling.planning.whatif import WhatIf
from .console import Console, Result
from .metric_words import metric_number
from .report.wording import Wording
from .workspace.trying import Tried


@dataclass(frozen=True)
class ComparisonRow:
    """One metric of a queue (or of "all") in the base and in each scenario."""

    metric: str
    queue: str
    base: float
    scenarios: tuple[float, ...]


@dataclass(frozen=True)
class VoluntaryLine:
    """Who goes home early, how many hours that are not paid then, and what they would have cost."""

    agents: int
    paid_hours: float
    saved: float


@dataclass(frozen=True)
class ScenarioLine:
    """A scenario: which stages it made necessary, whose week it changes, and who goes home early
    (None: nobody is offered to)."""

    name: str
    file: str
    recomputed: tuple[str, ...]
    changed_agents: tuple[str, ...]
    voluntary: VoluntaryLine | None


@dataclass(frozen=True)
class WhatIfResult(Result):
    plan: str
    currency: str
    scenarios: tuple[ScenarioLine, ...]
    comparison: tuple[ComparisonRow, ...]
    page: str | None

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
            if scenario.voluntary is not None:
                words = voluntary_words(scenario.voluntary, self.currency, console.language)
                console.line(f"{scenario.name}: {words}")
        if self.page is not None:
            console.say("compare.file", file=self.page)


def whatif_result(tried: Tried, files: Sequence[Path], page: str | None) -> WhatIfResult:
    found = tried.found
    lines = tuple(
        ScenarioLine(
            one.scenario.name,
            str(path),
            one.recomputed,
            one.changed_agents,
            voluntary_line(one),
        )
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
    return WhatIfResult(tried.plan, tried.currency, lines, rows, page)


def voluntary_line(found: WhatIf) -> VoluntaryLine | None:
    """What going home early saves; None if the scenario does not offer it."""
    if not any(found.scenario.voluntary_min.values()):
        return None
    plan = found.plan
    whole = paid_by_day(plan.centre, plan.roster)
    ended = paid_by_day(plan.centre, gone_home(plan.roster, found.leaves))
    hours, saved = (float((whole[name] - ended[name]).sum()) for name in ("paid_hours", "cost"))
    return VoluntaryLine(len({leave.shift.agent for leave in found.leaves}), hours, saved)


def voluntary_words(line: VoluntaryLine, currency: str, language: str) -> str:
    wording = Wording(language)
    if not line.agents:
        return text("whatif.voluntary_nobody", language)
    saved = f"{wording.number(line.saved)} {currency}".strip()
    hours = wording.number(line.paid_hours, 1)
    return text("whatif.voluntary", language, agents=line.agents, hours=hours, saved=saved)


def _shown(row: ComparisonRow, console: Console) -> tuple[str, ...]:
    wording = Wording(console.language)
    values = (row.base, *row.scenarios)
    queue = console.text("cli.whatif.all") if row.queue == "all" else row.queue
    numbers = [metric_number(row.metric, value, wording) for value in values]
    return console.text(f"cli.metric.{row.metric}"), queue, *numbers
