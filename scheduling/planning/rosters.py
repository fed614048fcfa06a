"""A roster's problem, and what is to be said of a finished roster. No engine is needed for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from ...data.centre import Centre
from ...data.grid import TimeGrid
from ...data.rules import Rules, Weights
from ..rostering.audit import audit, rule_report
from ..rostering.objective import cost_breakdown
from ..rostering.problem import Carried, Demand, RosterProblem
from ..rostering.requests import request_outcomes
from ..rostering.roster import Assignment, Roster, RosterResult, SolveStatus
from ..rostering.site_clocks import SiteClocks

CHANGE = 4.0
"""Points of a day that differs from a roster to stay near, where the planner gives no price: as
dear as a refused request, or as six minutes without an agent who is needed."""


def no_demands(centre: Centre, grid: TimeGrid) -> tuple[Demand, ...]:
    """Nobody is asked for: enough to judge by the hard rules, which take no demand."""
    nobody = np.zeros(grid.size)
    return tuple(Demand(q.name, q.skill, nobody, q.weight) for q in centre.queues)


def site_clocks(centre: Centre, grid: TimeGrid) -> SiteClocks:
    """The clocks of a centre's shifts on a grid."""
    return SiteClocks(grid, centre.shifts, centre.sites)


def with_overtime(rules: Rules, weights: Weights) -> Rules:
    """The rules with the price of overtime, unless the planner has named one among them."""
    if rules.price_of("overtime") is not None:
        return rules
    return replace(rules, soft=(*rules.soft, ("overtime", weights.overtime)))


def roster_problem(
    centre: Centre,
    demands: tuple[Demand, ...],
    grid: TimeGrid,
    previous: tuple[Assignment, ...] = (),
    carried: tuple[Carried, ...] = (),
    base: Roster | None = None,
    frozen_until: int = 0,
    nearness: tuple[float, ...] = (),
) -> RosterProblem:
    """What the engine is asked and the audit judges by. `previous` holds published assignments on
    the same grid; those that begin on the grid's days or later are left out. `base` is a roster to
    stay near, at the planner's price of a changed day or, if there is none, `CHANGE`, times the
    `nearness` of the day; what begins before the minute `frozen_until` stays as it is."""
    weights = centre.weights
    if base is not None and weights.change == 0:
        weights = replace(weights, change=CHANGE)
    return RosterProblem(
        grid=grid,
        demands=demands,
        agents=centre.agents,
        contracts=centre.contracts,
        shifts=centre.shifts,
        rules=with_overtime(centre.rules, weights),
        weights=weights,
        time_off=centre.time_off,
        requests=centre.requests,
        fixed=centre.fixed,
        history=tuple(a for a in previous if a.day < 0),
        carried=carried,
        first_weekday=centre.first_weekday,
        wanted=centre.wanted_shifts,
        base=base,
        frozen_until=frozen_until,
        nearness=nearness,
        least_staffing=centre.least_staffing,
        seat_limits=centre.seat_limits,
        pairings=centre.pairings,
        meetings=centre.meetings,
        sites=centre.sites,
    )


def judged_result(
    problem: RosterProblem, roster: Roster, bound: float | None = None
) -> RosterResult:
    """What is to be said of a roster that stands: its cost and what it breaks."""
    violations = audit(problem, roster)
    cost = cost_breakdown(problem, roster).total
    lower = None if bound is None else min(bound, cost)
    return RosterResult(SolveStatus.FEASIBLE, roster, cost, lower, 0.0, violations)


def request_table(problem: RosterProblem, roster: Roster) -> pd.DataFrame:
    """Columns agent, date, kind, value (clock time or shift code), weight, met."""
    columns = ["agent", "date", "kind", "value", "weight", "met"]
    rows = []
    for outcome in request_outcomes(problem, roster):
        request = outcome.request
        value = request.shift_code or ""
        if request.minute is not None:
            value = f"{request.minute // 60:02d}:{request.minute % 60:02d}"
        kind = request.kind.value
        rows.append((request.agent, request.day, kind, value, request.weight, outcome.met))
    return pd.DataFrame(rows, columns=columns)


def rule_table(problem: RosterProblem, roster: Roster) -> pd.DataFrame:
    """Columns rule, kept (what is broken at a price counts as kept), checked (assignments looked
    at), breaches, points (what the breaches of a soft rule cost)."""
    checked = len(roster.assignments)
    rows = [
        (v.rule, v.kept, checked, len(v.broken) + len(v.priced), v.points)
        for v in rule_report(problem, roster)
    ]
    return pd.DataFrame(rows, columns=["rule", "kept", "checked", "breaches", "points"])
