"""Compiles the engine, so that the first roster does not have to wait for it.

python -m shiftcast.scheduling.rostering.engine.warm_up
"""

from dataclasses import replace
from datetime import timedelta

import numpy as np

from ....data.shifts import WantedShift
from ..problem import RosterProblem
from .by_columns import LONG
from .limit import SolveLimit
from .solver import solve, tiny


def long_horizon() -> RosterProblem:
    """One agent's weeks, so many that they are made window by window: one shift wanted a day."""
    short = tiny()
    grid = replace(short.grid, days=LONG + 7)
    wanted = tuple(
        WantedShift(grid.first_day + timedelta(day), short.shifts[0].code, 1, 100.0, 1.0)
        for day in range(grid.days)
    )
    return replace(short, grid=grid, demands=(), meetings=(), wanted=wanted)


if __name__ == "__main__":
    # So few agents that columns are looked for too: nothing is left to compile but rare paths.
    for problem in (tiny(), long_horizon()):
        solve(problem, SolveLimit(seconds=1.0), np.random.default_rng(1))
