"""Who carries what from the published weeks: what `plans --fairness` shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..data.grid import TimeGrid
from ..scheduling.planning.carried import MEMORY_DAYS, carried_shares
from ..scheduling.planning.rosters import site_clocks
from .console import Console, Result
from .workspace.folder import Workspace, assignments_before, previous_rows
from .workspace.published import read_published

MOST_AGENTS = 20  # that a terminal shows; JSON has all
_COUNTS = ("nights", "weekends", "early", "late", "refused")


@dataclass(frozen=True)
class CarriedLine:
    """An agent's shifts of the last weeks that are shared fairly, by kind, and requests refused."""

    agent: str
    nights: int
    weekends: int
    early: int
    late: int
    refused: int


@dataclass(frozen=True)
class FairnessResult(Result):
    """Agents with the most first. The days are those that the next plan looks back on; none if
    nothing is published."""

    first_day: date | None
    last_day: date | None
    agents: tuple[CarriedLine, ...]

    def show(self, console: Console) -> None:
        if self.first_day is None or self.last_day is None:
            console.say("cli.fairness.nothing")
            return
        first, last = self.first_day.isoformat(), self.last_day.isoformat()
        console.heading("cli.fairness.heading", first=first, last=last)
        columns = [console.text(f"cli.column.{name}") for name in ("agent", *_COUNTS)]
        rows = [
            (line.agent, *(str(getattr(line, name)) for name in _COUNTS))
            for line in self.agents[:MOST_AGENTS]
        ]
        console.table(columns, rows)
        if len(self.agents) > MOST_AGENTS:
            console.say("cli.fairness.more", count=len(self.agents) - MOST_AGENTS)


def fairness_result(place: Workspace) -> FairnessResult:
    """What the agents carry into the week after the last published day. InputError if a published
    roster cannot be read."""
    last = read_published(place.folder).last_day
    if last is None:
        return FairnessResult(None, None, ())
    centre = place.centre
    after = TimeGrid(last + timedelta(days=1), 1, centre.interval_min, centre.tz)
    before = assignments_before(previous_rows(place), after)
    clocks = site_clocks(centre, after)
    found = carried_shares(before, clocks, centre.rules, centre.requests)
    lines = [
        CarriedLine(one.agent, one.nights, one.weekends, one.early, one.late, one.refused)
        for one in found
    ]
    lines.sort(key=lambda line: (-sum(getattr(line, name) for name in _COUNTS), line.agent))
    return FairnessResult(after.first_day - timedelta(days=MEMORY_DAYS), last, tuple(lines))
