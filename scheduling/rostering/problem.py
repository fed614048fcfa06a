"""The roster problem: what the engine is asked and what the audit judges by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ...data.grid import TimeGrid
from ...data.people import Agent, Contract, FixedAssignment, Request, TimeOff
from ...data.rules import Rules, Weights
from ...data.shifts import ShiftTemplate
from .roster import Assignment


@dataclass(frozen=True)
class Demand:
    """What one queue wants in each interval: rostered agents (fractional, shape (grid.size,)) and
    the skill it takes; `weight` multiplies the price of a missing agent."""

    queue: str
    skill: str
    required: NDArray[np.float64]
    weight: float = 1.0


@dataclass(frozen=True)
class RosterProblem:
    """Everything a roster is made of and judged by, on one grid.

    `history` holds the published assignments before the grid (negative minutes of the same grid),
    so that rest and runs hold across its first day. `carried` gives each agent's night and weekend
    shifts of earlier weeks, for fair sharing: (nights, weekend shifts) by agent id.
    """

    grid: TimeGrid
    demands: tuple[Demand, ...]
    agents: tuple[Agent, ...]
    contracts: tuple[Contract, ...]
    shifts: tuple[ShiftTemplate, ...]
    rules: Rules
    weights: Weights
    time_off: tuple[TimeOff, ...] = ()
    requests: tuple[Request, ...] = ()
    fixed: tuple[FixedAssignment, ...] = ()
    history: tuple[Assignment, ...] = ()
    carried: tuple[tuple[str, int, int], ...] = ()

    @cached_property
    def contract_of(self) -> dict[str, Contract]:
        """Contract by agent id."""
        by_id = {contract.id: contract for contract in self.contracts}
        return {agent.id: by_id[agent.contract] for agent in self.agents}

    @cached_property
    def shift_of(self) -> dict[str, ShiftTemplate]:
        return {shift.code: shift for shift in self.shifts}

    @property
    def queues(self) -> tuple[str, ...]:
        return tuple(demand.queue for demand in self.demands)
