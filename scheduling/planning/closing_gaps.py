"""What closes one period that is short of agents: shifts of overtime, offered for that period."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..rostering.problem import RosterProblem
from ..rostering.roster import Roster
from ..rostering.why.short import shortage
from .offers import Overtime, overtime_offers

ENOUGH = 0.9  # of the hours short: a gap of which this much is closed counts as closed


@dataclass(frozen=True)
class GapOvertime:
    """Overtime for a period that is `short` agent-hours short: the fewest of the best offers that
    close it, or all that help, and the agent-hours that they close together."""

    short: float
    closed: float
    offers: tuple[Overtime, ...]

    @property
    def is_enough(self) -> bool:
        return self.closed >= ENOUGH * self.short


def gap_overtime(
    problem: RosterProblem, roster: Roster, queue: str, first: int, last: int
) -> GapOvertime:
    """Offers for the intervals from `first` to `last`, both included, in which a queue is short;
    nothing that begins before the roster is frozen to. Every rule holds but those of the contract
    that whoever works overtime goes beyond (`offers.CONTRACT`)."""
    alone = _only(problem, queue, first, last)
    short = float(shortage(alone, roster).sum()) * problem.grid.interval_min / 60
    chosen: list[Overtime] = []
    closed = 0.0
    for offer in overtime_offers(alone, roster, problem.frozen_until):
        if closed >= ENOUGH * short:
            break
        chosen.append(offer)
        closed += offer.hours
    return GapOvertime(short, closed, tuple(chosen))


def _only(problem: RosterProblem, queue: str, first: int, last: int) -> RosterProblem:
    """The problem with nobody wanted but in the period."""
    inside = np.arange(problem.grid.size)
    inside_mask = (inside >= first) & (inside <= last)
    demands = tuple(
        replace(
            demand,
            required=np.where(inside_mask & (demand.queue == queue), demand.required, 0.0),
            points=None,
        )
        for demand in problem.demands
    )
    return replace(problem, demands=demands)
