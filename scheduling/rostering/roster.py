"""A roster, and what the engine says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ...data.grid import TimeGrid
from ...data.shifts import BreakKind
from .proficiency import ALIKE, Proficiency


@dataclass(frozen=True)
class Break:
    """A break as taken: `start` and `end` in elapsed minutes of the roster's grid."""

    start: int
    end: int
    paid: bool
    kind: BreakKind = BreakKind.BREAK


@dataclass(frozen=True)
class MeetingSpan:
    """Paid time at a meeting, away from the queues: elapsed minutes of the roster's grid."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Away:
    """A part of a planned shift in which the agent is not there after all: elapsed minutes of the
    roster's grid."""

    start: int
    end: int
    paid: bool


@dataclass(frozen=True)
class QueueSpan:
    """Time on one queue: elapsed minutes of the roster's grid, breaks and meetings not included."""

    start: int
    end: int
    queue: str


@dataclass(frozen=True)
class Assignment:
    """One shift of one agent. `day` is the grid's day number it starts on (its business date);
    `start` and `end` are elapsed minutes of the grid, so a night shift ends on the next day and a
    shift of an earlier week has negative numbers.

    Time `away` is cut out of a shift that keeps its name, its ends and its breaks: it counts as
    worked, for contract and rest, but nobody is there."""

    agent: str
    day: int
    shift_code: str
    start: int
    end: int
    breaks: tuple[Break, ...] = ()
    queues: tuple[QueueSpan, ...] = ()
    meetings: tuple[MeetingSpan, ...] = ()
    away: tuple[Away, ...] = ()

    @property
    def paid_minutes(self) -> int:
        return self.end - self.start - sum(b.end - b.start for b in self.breaks if not b.paid)

    @property
    def pieces(self) -> tuple[tuple[int, int], ...]:
        """(start, end) of each piece in the building: the whole shift, or the parts around its
        split gaps and the time away."""
        gaps = [b for b in self.breaks if b.kind is BreakKind.SPLIT]
        return tuple(self._around((*gaps, *self.away)))

    @property
    def breaks_taken(self) -> tuple[Break, ...]:
        """The breaks that do not begin in time away."""
        return tuple(
            b for b in self.breaks if not any(a.start <= b.start < a.end for a in self.away)
        )

    @property
    def there(self) -> tuple[int, int]:
        """When the agent comes and when the agent leaves."""
        pieces = self.pieces
        return (pieces[0][0], pieces[-1][1]) if pieces else (self.start, self.start)

    def working(self) -> list[tuple[int, int]]:
        """(start, end) of the time there for contacts: breaks, meetings and time away left out."""
        return self._around((*self.breaks, *self.meetings, *self.away))

    def _around(self, gaps: Iterable[Break | MeetingSpan | Away]) -> list[tuple[int, int]]:
        spans, at = [], self.start
        for gap in sorted(gaps, key=lambda gap: gap.start):
            if gap.start > at:
                spans.append((at, gap.start))
            at = max(at, gap.end)
        if self.end > at:
            spans.append((at, self.end))
        return spans


@dataclass(frozen=True)
class Roster:
    """Who works when on a grid. At most one assignment per agent and day is legal, but a roster
    edited by hand may hold anything: the audit judges it."""

    grid: TimeGrid
    assignments: tuple[Assignment, ...]

    @cached_property
    def _by_agent(self) -> dict[str, tuple[Assignment, ...]]:
        found: dict[str, list[Assignment]] = {}
        for assignment in self.assignments:
            found.setdefault(assignment.agent, []).append(assignment)
        return {agent: tuple(own) for agent, own in found.items()}

    def of_agent(self, agent: str) -> tuple[Assignment, ...]:
        return self._by_agent.get(agent, ())

    def supply(
        self,
        queues: tuple[str, ...],
        proficiency: Proficiency = ALIKE,
        step_min: int | None = None,
    ) -> NDArray[np.float64]:
        """The work of those on each queue in each interval, or step of `step_min`, in agents: shape
        (queues, steps).

        A span that covers part of a step counts as that part. Time outside the grid is left out.
        """
        step = self.grid.interval_min if step_min is None else step_min
        index = {queue: i for i, queue in enumerate(queues)}
        edges = np.zeros((len(queues), int(self.grid.day_minute[-1]) + 1))
        last = edges.shape[1] - 1
        for assignment in self.assignments:
            for span in assignment.queues:
                if span.queue in index and span.end > 0 and span.start < last:
                    units = proficiency.of(assignment.agent, span.queue)
                    edges[index[span.queue], max(span.start, 0)] += units
                    edges[index[span.queue], min(span.end, last)] -= units
        minutes = np.cumsum(edges[:, :-1], axis=1)
        units_a_step = minutes.reshape(len(queues), last // step, step).mean(axis=2)
        supply: NDArray[np.float64] = units_a_step / proficiency.unit
        return supply


class SolveStatus(StrEnum):
    OPTIMAL = "optimal"  # cost equals the bound
    FEASIBLE = "feasible"  # a legal roster; stopped by a limit
    INFEASIBLE = "infeasible"  # no legal roster exists; `conflicts` says why
    UNKNOWN = "unknown"  # none was found within the limit; `violations` are those of the closest


@dataclass(frozen=True)
class Violation:
    """A rule that a roster breaks: who, on which grid day, by how much (`amount`, in the rule's own
    unit). The catalogue says it under `key` with `params`; `fault` tells apart the ways in which a
    rule can be broken. `points` are the price of a unit where the entry of a rule that is broken
    has its own (infinite if it is hard)."""

    rule: str
    agent: str | None
    day: int | None
    params: Mapping[str, object] = field(default_factory=dict)
    fault: str = ""
    amount: float = 1.0
    points: float | None = None

    @property
    def key(self) -> str:
        """``rule.<rule>.violation``, with ``.<fault>`` if there is one."""
        return f"rule.{self.rule}.violation" + (f".{self.fault}" if self.fault else "")


@dataclass(frozen=True)
class Conflict:
    """Rules that cannot hold together, for one agent or (None) for several `people`; dropping any
    one of them would help. The catalogue has a rule's name under ``rule.<rule>.name``, and how to
    relax it under ``rule.<rule>.relax``."""

    agent: str | None
    rules: tuple[str, ...]
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class RosterResult:
    """Status, roster (None if infeasible or unknown), cost and a proven lower bound of it in the
    planner's points, the CPU seconds spent, what the audit found and, if infeasible, the conflicts.
    """

    status: SolveStatus
    roster: Roster | None
    cost: float | None
    lower_bound: float | None
    cpu_seconds: float
    violations: tuple[Violation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @property
    def gap(self) -> float | None:
        """(cost − bound) ÷ cost; 0 for a cost of 0; None without a roster."""
        if self.cost is None or self.lower_bound is None:
            return None
        return (self.cost - self.lower_bound) / self.cost if self.cost > 0 else 0.0
