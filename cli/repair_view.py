"""A mended plan: what the terminal shows of it, and what programs get as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ..scheduling.planning.early_leaves import early_leaves
from ..scheduling.planning.offers import overtime_offers
from ..scheduling.planning.repairing import Repair, short_queues
from ..scheduling.rostering.why.short import short_blocks
from .breaches import Breach, breach_line, show_breaches
from .compare_view import (
    MOST_MOVES,
    CompareWords,
    MetricLine,
    MoveLine,
    RuleLine,
    metric_line,
    move_line,
)
from .console import Console, Result

if TYPE_CHECKING:
    from .workspace.repairing import MadeRepair

MOST_GAPS = 5  # that a terminal shows


@dataclass(frozen=True)
class AbsenceLine:
    """An agent who is absent, by id, and the shifts that fall out for it."""

    agent: str
    shifts: int


@dataclass(frozen=True)
class AwayLine:
    """Hours of a shift, by the agent's id, in which its agent is not there."""

    agent: str
    start: datetime
    end: datetime
    hours: float


@dataclass(frozen=True)
class GapLine:
    """A part of a day in which a queue stays short: agent-hours in all, and agents at the worst."""

    queue: str
    start: datetime
    end: datetime
    hours: float
    most: float


@dataclass(frozen=True)
class OvertimeLine:
    """A shift that an agent who is off could be asked for: the agent-hours short that it closes,
    beside those before it, and the rules of the contract that it goes beyond."""

    agent: str
    shift: str
    start: datetime
    end: datetime
    hours: float
    beyond: tuple[str, ...]


@dataclass(frozen=True)
class EarlyLeaveLine:
    """From when on an agent could go home, and the agent-hours over that this takes."""

    agent: str
    since: datetime
    end: datetime
    hours: float


@dataclass(frozen=True)
class RepairResult(Result):
    """`base` is the plan as it was, `plan` the mended one (null if nothing was written). The hours
    short are those of the old roster, of what is left of it, and of the mended one; `moves` are
    days of agents who are not absent on them."""

    base: str
    plan: str | None
    since: datetime
    absent: tuple[AbsenceLine, ...]
    away: tuple[AwayLine, ...]
    moved_agents: int
    moves: tuple[MoveLine, ...]
    moved_breaks: int  # breaks at other times in shifts that stay, meetings counted too
    moved_break_shifts: int  # of so many shifts
    short_before: float
    short_left: float
    short_mended: float
    gaps: tuple[GapLine, ...]
    overtime: tuple[OvertimeLine, ...]
    early_leaves: tuple[EarlyLeaveLine, ...]
    metrics: tuple[MetricLine, ...]
    rules: tuple[RuleLine, ...]
    broken: tuple[Breach, ...]  # what swaps or changes would break: then nothing is written
    violations: int
    next: str | None  # the command that publishes the mended plan

    def show(self, console: Console) -> None:
        words = CompareWords(console.language)
        wording = words.wording
        moment = f"{wording.day(self.since.date())} {self.since:%H:%M}"
        console.heading("repair.heading", plan=self.base, moment=moment)
        for line in self.absent:
            console.say("repair.absent", agent=line.agent, shifts=line.shifts)
        for away in self.away:
            console.say(
                "repair.away",
                agent=away.agent,
                day=wording.day(away.start.date()),
                span=wording.span(away.start, away.end),
                hours=wording.number(away.hours, 1),
            )
        before, left, mended = (
            wording.number(hours, 1)
            for hours in (self.short_before, self.short_left, self.short_mended)
        )
        console.say("repair.short", before=before, left=left, mended=mended)
        self._show_moves(console, words)
        differences = words.differences(self.metrics)
        if differences:
            console.heading("compare.page.differences")
            for said in differences:
                console.line(f"  {said}")
        for rule in self.rules:
            console.line(words.rule(rule))
        self._show_gaps(console, words)
        self._show_offers(console, words)
        console.line()
        if self.broken:
            console.say("repair.refused", count=len(self.broken))
            show_breaches(self.broken, console)
        elif self.plan is None:
            console.say("repair.would")
        else:
            console.say("repair.done", plan=self.plan, base=self.base)
            console.line(console.text("cli.plan.next", command=self.next), wrap=False)

    def _show_moves(self, console: Console, words: CompareWords) -> None:
        if self.moved_breaks:
            console.line(words.breaks(self.moved_breaks, self.moved_break_shifts))
        else:
            console.say("repair.no_breaks")
        if not self.moves:
            console.say("repair.nobody")
            return
        console.heading("repair.moves", agents=self.moved_agents, days=len(self.moves))
        columns = [console.text(f"cli.column.{name}") for name in ("agent", "start")]
        ends = [console.text(f"repair.column.{name}") for name in ("before", "now")]
        rows = [words.move_row(move) for move in self.moves[:MOST_MOVES]]
        console.table([*columns, *ends], rows, text_columns=4)
        if len(self.moves) > MOST_MOVES:
            console.say("repair.more", count=len(self.moves) - MOST_MOVES)

    def _show_gaps(self, console: Console, words: CompareWords) -> None:
        if not self.gaps:
            return
        wording = words.wording
        console.heading("repair.gaps")
        for gap in self.gaps[:MOST_GAPS]:
            console.say(
                "repair.gap",
                queue=gap.queue,
                day=wording.day(gap.start.date()),
                span=wording.span(gap.start, gap.end),
                hours=wording.number(gap.hours, 1),
                most=wording.number(gap.most, 1),
            )
        if len(self.gaps) > MOST_GAPS:
            console.say("repair.more", count=len(self.gaps) - MOST_GAPS)

    def _show_offers(self, console: Console, words: CompareWords) -> None:
        wording = words.wording
        if self.overtime:
            console.heading("repair.overtime")
        for shift in self.overtime:
            rules = wording.join([words.say(f"rule.{rule}.name") for rule in shift.beyond])
            console.say(
                "repair.overtime_beyond" if shift.beyond else "repair.overtime_within",
                agent=shift.agent,
                shift=shift.shift,
                day=wording.day(shift.start.date()),
                span=wording.span(shift.start, shift.end),
                hours=wording.number(shift.hours, 1),
                rules=rules,
            )
        if self.early_leaves:
            console.heading("repair.early")
        for leave in self.early_leaves:
            console.say(
                "repair.early_leave",
                agent=leave.agent,
                day=wording.day(leave.since.date()),
                at=f"{leave.since:%H:%M}",
                hours=wording.number(leave.hours, 1),
            )


def repair_result(
    made: MadeRepair, plan: str | None, command: str | None, language: str
) -> RepairResult:
    """Everything that is to be said of a mended plan, stored under a name or not."""
    repair = made.repair
    changes = repair.changes
    overtime, early = ((), ()) if made.broken else _offers(repair, made.start.frozen_until)
    return RepairResult(
        base=made.start.stored.name,
        plan=plan,
        since=made.start.since,
        absent=_absences(repair),
        away=tuple(_hours_away(repair)),
        moved_agents=len({move.agent for move in changes}),
        moves=tuple(map(move_line, changes)),
        moved_breaks=repair.moved.breaks,
        moved_break_shifts=repair.moved.shifts,
        short_before=repair.short.before,
        short_left=repair.short.left,
        short_mended=repair.short.mended,
        gaps=_gaps(repair, made.start.since),
        overtime=overtime,
        early_leaves=early,
        metrics=tuple(map(metric_line, repair.comparison.metrics)),
        rules=tuple(RuleLine(r.rule, r.first, r.second) for r in repair.comparison.rules),
        broken=tuple(breach_line(one, repair.plan.grid, language) for one in made.broken),
        violations=len(repair.plan.result.violations),
        next=command,
    )


def _absences(repair: Repair) -> tuple[AbsenceLine, ...]:
    agents = dict.fromkeys(shift.agent for shift in repair.fallen)
    return tuple(
        AbsenceLine(agent, sum(shift.agent == agent for shift in repair.fallen)) for agent in agents
    )


def _hours_away(repair: Repair) -> Iterator[AwayLine]:
    moment = repair.plan.grid.moment
    for shift in repair.cut:
        for gap in shift.away:
            hours = (gap.end - gap.start) / 60
            yield AwayLine(shift.agent, moment(gap.start), moment(gap.end), hours)


def _gaps(repair: Repair, since: datetime) -> tuple[GapLine, ...]:
    """Where the mended roster is short from a moment on, the most hours first."""
    plan = repair.plan
    moment = plan.grid.moment
    late = short_queues(plan)
    return tuple(
        GapLine(block.queue, moment(block.start), moment(block.end), block.hours, block.most)
        for block in short_blocks(plan.problem, plan.roster)
        if moment(block.end) > since and block.queue in late
    )


def _offers(
    repair: Repair, since: int
) -> tuple[tuple[OvertimeLine, ...], tuple[EarlyLeaveLine, ...]]:
    """What could be offered from a minute of the grid on."""
    problem, roster = repair.plan.problem, repair.plan.roster
    moment = problem.grid.moment
    overtime = (
        OvertimeLine(
            offer.shift.agent,
            offer.shift.shift_code,
            moment(offer.shift.start),
            moment(offer.shift.end),
            offer.hours,
            offer.beyond,
        )
        for offer in overtime_offers(problem, roster, since, short_queues(repair.plan))
    )
    early = (
        EarlyLeaveLine(one.shift.agent, moment(one.at), moment(one.shift.end), one.hours)
        for one in early_leaves(problem, roster, since)
    )
    return tuple(overtime), tuple(early)
