"""How many agents each queue needs, in the form that its work allows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from ...data.grid import TimeGrid


class RequirementForm(StrEnum):
    """What a requirement is made of: agents in every interval, the service that each number of
    agents gives, or work with deadlines."""

    AGENTS = "agents"
    CURVE = "curve"
    DEADLINE = "deadline"


@dataclass(frozen=True)
class AgentRequirement:
    """Agents needed in every interval, for work that waits (phone, chat).

    `on_queue` is the fractional number of agents that must be on the queue, `rostered` what must
    be rostered so that `on_queue` is left after unplanned shrinkage: on_queue ÷ (1 − shrinkage).
    Both have shape (grid.size,); closed intervals are zero. `beyond_reach` marks the intervals in
    which no number of agents meets every target (None: there are none).
    """

    form: ClassVar[RequirementForm] = RequirementForm.AGENTS

    queue: str
    on_queue: NDArray[np.float64]
    rostered: NDArray[np.float64]
    beyond_reach: NDArray[np.bool_] | None = None


@dataclass(frozen=True)
class StaffingCurve:
    """The service of each number of agents in every interval, for work that waits.

    Column r of `good` and `counted` is for r rostered agents, random absence included; both have
    shape (grid.size, most + 1) and are in contacts (turns, where a reply rate counts them), so
    that days are sums of intervals. Their ratio is the service that the queue is judged by: its
    service level, else its reply rate, else the share that is answered.
    """

    form: ClassVar[RequirementForm] = RequirementForm.CURVE

    queue: str
    good: NDArray[np.float64]
    counted: NDArray[np.float64]

    @property
    def service(self) -> NDArray[np.float64]:
        """Share of 1, shape (grid.size, most + 1); NaN where no contacts come."""
        nobody = np.full_like(self.good, np.nan)
        return np.divide(self.good, self.counted, out=nobody, where=self.counted > 0)


@dataclass(frozen=True)
class DeadlineWork:
    """Work that may be done later (e-mail, tickets).

    `work` is the rostered agent-time that arrives in each interval, in agent-intervals (contacts ×
    handle time ÷ interval ÷ (1 − shrinkage)); `latest` the index of the last interval in which it
    may be done (grid.size − 1 or beyond if due after the horizon); `open` where it may be worked.
    `backlog` is what waits at the start, in agent-intervals, due by `backlog_latest`.
    All arrays have shape (grid.size,).
    """

    form: ClassVar[RequirementForm] = RequirementForm.DEADLINE

    queue: str
    work: NDArray[np.float64]
    latest: NDArray[np.int64]
    open: NDArray[np.bool_]
    backlog: float = 0.0
    backlog_latest: int = 0


@dataclass(frozen=True)
class PoolingGain:
    """Rostered agent-hours that `queues` need each for itself, and what they need together, where
    agents take contacts of several; `met` says whether a simulation met every target with it."""

    queues: tuple[str, ...]
    lone_hours: float
    hours: float
    met: bool


@dataclass(frozen=True)
class StaffingRequirement:
    """The requirement of every queue on one grid, in the order of the centre's queues. `pooling`
    is what sharing agents gains; None where queues are staffed each for itself. `curves` are those
    of the queues whose roster is paid by the service that its agents give."""

    grid: TimeGrid
    queues: tuple[AgentRequirement | DeadlineWork, ...]
    pooling: PoolingGain | None = None
    curves: tuple[StaffingCurve, ...] = ()

    def __post_init__(self) -> None:
        for queue in self.queues:
            arrays = (
                (queue.on_queue, queue.rostered)
                if isinstance(queue, AgentRequirement)
                else (queue.work, queue.latest, queue.open)
            )
            if any(array.shape != (self.grid.size,) for array in arrays):
                raise ValueError(f"requirement of {queue.queue} does not fit the grid")
