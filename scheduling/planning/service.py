"""Rosters paid by the service that agents give, where a queue's `objective` asks for it.

A missing agent then costs what the customers not served in time are worth: much where one agent
more would serve many, next to nothing where the line is served well anyway.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ...data.centre import Centre
from ...data.rules import Weights
from ...data.targets import Objective
from ...forecasting.forecast import Forecast
from ..rostering.objective import coverage_cost
from ..staffing.demand import DemandLevel, queue_demands
from ..staffing.requirement import AgentRequirement, StaffingCurve, StaffingRequirement
from .correction import NO_FACTORS, Factors

Array = NDArray[np.float64]


def with_curves(
    centre: Centre,
    forecast: Forecast,
    requirement: StaffingRequirement,
    factors: Factors = NO_FACTORS,
    demand: DemandLevel = "mean",
) -> StaffingRequirement:
    """The requirement with the staffing curve of each queue whose roster is paid by its service,
    for the contacts that the factors make of those expected. Curves that it has and that no factor
    concerns stay."""
    paid = {queue.name for queue in centre.queues if queue.objective is Objective.SERVICE}
    if not paid:
        return requirement
    from ..staffing.curve import staffing_curve  # late: scipy.stats takes half a second

    grid = forecast.grid
    curves = {curve.queue: curve for curve in requirement.curves}
    for each in queue_demands(forecast, centre, demand):
        name = each.profile.name
        if name in paid and (name in factors or name not in curves):
            by_day = np.array(factors.get(name, np.ones(grid.days)))
            raised = replace(each, contacts=each.contacts * by_day[grid.day_of])
            curves[name] = staffing_curve(raised, grid.interval_min)
    return replace(requirement, curves=tuple(curves.values()))


def service_points(
    curve: StaffingCurve, need: AgentRequirement, weights: Weights, weight: float, hours: float
) -> Array:
    """`Demand.points` of a queue: customers not served in time whom the agents needed would serve,
    and agents beyond the need. What more agents than needed would serve is not paid for: it would
    take them from queues that lack some.

    All customers of the queue have one price: the one at which the last agent needed is worth
    `weights.under` × `weight` an hour on the average over the intervals of `hours` hours each. The
    curve is replaced by the least concave one above it, since the first agents of a busy interval
    serve nobody in time.
    """
    served = concave_above(curve.good)
    heads = np.arange(served.shape[1], dtype=float)
    busy = need.rostered > 0
    last = np.clip(np.ceil(need.rostered).astype(np.int64), 1, len(heads) - 1)
    rows = np.arange(len(served))
    gained = float((served[rows, last] - served[rows, last - 1])[busy].sum())
    price = weights.under * weight * hours * int(busy.sum()) / gained if gained > 0 else 0.0
    _, over = coverage_cost(heads, need.rostered[:, None], weights, weight)
    wanted = np.array(
        [np.interp(n, heads, row) for n, row in zip(need.rostered, served, strict=True)]
    )
    points: Array = price * np.maximum(wanted[:, None] - served, 0.0) + hours * over
    return points


def concave_above(curves: Array) -> Array:
    """The least concave curve above each row: straight from one corner of its upper hull to the
    next. Shape as `curves`, (rows, points)."""
    rows, size = curves.shape
    at = np.arange(size, dtype=float)
    hulls = np.empty_like(curves)
    for row in range(rows):
        corners: list[int] = []
        for point in range(size):
            while len(corners) > 1 and _below(curves[row], corners[-2], corners[-1], point):
                corners.pop()
            corners.append(point)
        hulls[row] = np.interp(at, corners, curves[row, corners])
    return hulls


def _below(curve: Array, first: int, middle: int, last: int) -> bool:
    """Whether the middle point lies on or below the line between the other two."""
    rise = (curve[middle] - curve[first]) * (last - first)
    return bool(rise <= (curve[last] - curve[first]) * (middle - first))
