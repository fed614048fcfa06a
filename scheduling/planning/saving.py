"""What searching longer could save at the most, in the unit that planners think in."""

from __future__ import annotations

from dataclasses import dataclass

from ..rostering.problem import RosterProblem
from ..rostering.roster import RosterResult


@dataclass(frozen=True)
class Saving:
    """The points between a roster's cost and its bound, told as the agent-hours short that cost as
    many: `hours` of them, and as a `share` of the agent-hours wanted."""

    hours: float
    share: float


def most_saving(problem: RosterProblem, result: RosterResult) -> Saving | None:
    """None without a bound, or where an hour short costs nothing."""
    if result.cost is None or result.lower_bound is None or not problem.weights.under:
        return None
    hours = (result.cost - result.lower_bound) / problem.weights.under
    wanted = sum(float(demand.required.sum()) for demand in problem.demands)
    return Saving(hours, hours / max(wanted * problem.grid.interval_min / 60, 1.0))
