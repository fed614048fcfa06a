"""A centre that wants one agent from 08:00 to 16:00, with prices that are easy to reckon with."""

from __future__ import annotations

import numpy as np
from shiftcast.data.rules import Weights
from shiftcast.scheduling.rostering.problem import RosterProblem

from tests.factories import FREE, a_demand, a_grid, a_problem

GRID = a_grid()
HOUR = GRID.minute_of_day // 60
BY_DAY = np.where((HOUR >= 8) & (HOUR < 16), 1.0, 0.0)  # one agent from 08:00 to 16:00
WEIGHTS = Weights(40.0, 4.0, evenness=0.0, fairness=0.0, steady_start=0.0, queue_change=0.0)


def a_centre(**changes: object) -> RosterProblem:
    told = {"demands": (a_demand(GRID, BY_DAY),), "rules": FREE, "weights": WEIGHTS, **changes}
    return a_problem(GRID, **told)
