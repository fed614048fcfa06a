"""Two plans side by side: what the terminal shows of them, and what programs get as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isnan

from ..data.messages import text
from ..scheduling.planning.comparing import (
    Figure,
    Leave,
    MetricPair,
    Move,
    PlanComparison,
    RulePair,
    WorkedShift,
)
from ..scheduling.planning.summary import ALL
from .console import Console, Result
from .metric_words import SHARES, metric_number
from .report.wording import MISSING, Wording

_WHOLE = ("under_hours", "over_hours")  # told of the centre, not of each queue
_TOLD = (
    "service_level", "reply_rate", "deadline_met", "abandonment", *_WHOLE, "paid_hours", "cost",
    "requests_met", "breaches",
)  # fmt: skip
MOST_MOVES = 20  # that a terminal shows; JSON and the page have all


@dataclass(frozen=True)
class MetricLine:
    """A metric of a queue (or of "all") in both plans, with the ranges of what is simulated;
    `by_chance` says that they overlap."""

    metric: str
    queue: str
    first: Figure
    second: Figure
    change: float
    by_chance: bool


@dataclass(frozen=True)
class RuleLine:
    rule: str
    first: int | None
    second: int | None


@dataclass(frozen=True)
class MoveLine:
    """A day on which an agent works otherwise; no shift is null, leave or illness `leave`, which
    has no times."""

    agent: str
    day: date
    first_shift: str | None
    first_start: datetime | None
    first_end: datetime | None
    second_shift: str | None
    second_start: datetime | None
    second_end: datetime | None


@dataclass(frozen=True)
class CompareResult(Result):
    first: str
    second: str
    common_days: int
    metrics: tuple[MetricLine, ...]
    rules: tuple[RuleLine, ...]
    moved_agents: int
    moves: tuple[MoveLine, ...]
    moved_breaks: int  # breaks at other times in shifts that stay, meetings counted too
    moved_break_shifts: int  # of so many shifts
    file: str | None

    def show(self, console: Console) -> None:
        wording = CompareWords(console.language)
        console.heading("compare.title", first=self.first, second=self.second)
        columns = [console.text(f"cli.column.{name}") for name in ("metric", "queue")]
        rows = [wording.metric_row(line) for line in self.metrics]
        heading = [*columns, self.first, self.second, console.text("cli.column.change")]
        console.table(heading, rows, text_columns=2)
        if any(line.by_chance for line in self.metrics):
            console.say("compare.by_chance")
        for rule in self.rules:
            console.line(wording.rule(rule))
        self._show_moves(console, wording)
        if self.file is not None:
            console.say("compare.file", file=self.file)

    def _show_moves(self, console: Console, wording: CompareWords) -> None:
        if not self.common_days:
            console.say("compare.no_common_day")
            return
        console.heading("compare.moves", agents=self.moved_agents, days=len(self.moves))
        if self.moved_breaks:
            console.line(wording.breaks(self.moved_breaks, self.moved_break_shifts))
        if not self.moves:
            return
        columns = [console.text(f"cli.column.{name}") for name in ("agent", "start")]
        rows = [wording.move_row(move) for move in self.moves[:MOST_MOVES]]
        console.table([*columns, self.first, self.second], rows, text_columns=4)
        if len(self.moves) > MOST_MOVES:
            console.say("compare.more", count=len(self.moves) - MOST_MOVES)


def compare_result(
    first: str, second: str, found: PlanComparison, file: str | None
) -> CompareResult:
    return CompareResult(
        first,
        second,
        len(found.common_days),
        tuple(map(metric_line, found.metrics)),
        tuple(RuleLine(rule.rule, rule.first, rule.second) for rule in found.rules),
        len(found.moved_agents),
        tuple(map(move_line, found.moves)),
        found.moved.breaks,
        found.moved.shifts,
        file,
    )


def metric_line(pair: MetricPair) -> MetricLine:
    return MetricLine(pair.metric, pair.queue, pair.first, pair.second, pair.change, pair.by_chance)


def move_line(move: Move) -> MoveLine:
    def parts(
        shift: WorkedShift | Leave | None,
    ) -> tuple[str | None, datetime | None, datetime | None]:
        if isinstance(shift, WorkedShift):
            return shift.code, shift.start, shift.end
        return shift, None, None

    return MoveLine(move.agent, move.day, *parts(move.first), *parts(move.second))


@dataclass(frozen=True)
class CompareWords:
    """A comparison's lines in one language, for the terminal and the page."""

    language: str

    @property
    def wording(self) -> Wording:
        return Wording(self.language)

    def say(self, key: str, **params: object) -> str:
        return text(key, self.language, **params)

    def page(self, key: str, **params: object) -> str:
        return self.say(f"compare.page.{key}", **params)

    def metric_row(self, line: MetricLine) -> tuple[str, ...]:
        """What, queue, both values with their ranges, and the change; a change that may be chance
        stands in brackets."""
        change = self._change(line)
        return (
            self.say(f"cli.metric.{line.metric}"),
            self.say("cli.whatif.all") if line.queue == ALL else line.queue,
            self.figure(line.metric, line.first),
            self.figure(line.metric, line.second),
            self.say("compare.maybe", change=change)
            if line.by_chance and change != "0"
            else change,
        )

    def differences(self, lines: Sequence[MetricLine]) -> list[str]:
        """What differs for certain, in sentences: first the service, then hours, money, people."""
        told = [
            line
            for metric in _TOLD
            for line in lines
            if line.metric == metric and not (metric in _WHOLE and line.queue != ALL)
        ]
        rows = [(line, self.metric_row(line)) for line in told if not line.by_chance]
        return [
            self.page(
                "whole" if line.queue == ALL else "of_queue",
                what=what,
                queue=queue,
                first=one,
                second=other,
                change=change,
            )
            for line, (what, queue, one, other, change) in rows
            if change not in ("0", MISSING)
        ]

    def figure(self, metric: str, figure: Figure) -> str:
        """`84.6%`, with its range if it has one: `84.6% (83.9–85.2)`."""
        said = metric_number(metric, figure.value, self.wording)
        if isnan(figure.low):
            return said
        low, high = (f"{end * 100:.1f}" for end in (figure.low, figure.high))
        return self.say("compare.ranged", value=said, low=low, high=high)

    def rule(self, rule: RuleLine | RulePair) -> str:
        counts = [MISSING if n is None else str(n) for n in (rule.first, rule.second)]
        name = self.say(f"rule.{rule.rule}.name")
        return self.say("compare.rule", rule=name, first=counts[0], second=counts[1])

    def breaks(self, breaks: int, shifts: int) -> str:
        return self.say("repair.breaks", breaks=f"{breaks:,}", shifts=f"{shifts:,}")

    def move_row(self, move: MoveLine) -> tuple[str, ...]:
        return (
            move.agent,
            self.wording.day(move.day),
            self.shift(move.first_shift, move.first_start, move.first_end),
            self.shift(move.second_shift, move.second_start, move.second_end),
        )

    def shift(self, code: str | None, start: datetime | None, end: datetime | None) -> str:
        if start is None or end is None:
            return self.say("exports.off" if code is None else "exports.leave")
        return f"{code} {self.wording.span(start, end)}"

    def _change(self, line: MetricLine) -> str:
        """`+12`, `−1.5 pp`; `0` if nothing of it is left after rounding."""
        if isnan(line.change):
            return MISSING
        said = metric_number(line.metric, abs(line.change), self.wording).rstrip("%")
        if not said.strip("0.,"):
            return "0"
        signed = f"{'+' if line.change > 0 else '−'}{said}"
        return self.say("compare.points", change=signed) if line.metric in SHARES else signed


def by_agent(moves: Iterable[MoveLine]) -> dict[str, list[MoveLine]]:
    found: dict[str, list[MoveLine]] = {}
    for move in moves:
        found.setdefault(move.agent, []).append(move)
    return found
