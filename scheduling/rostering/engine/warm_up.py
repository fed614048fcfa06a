"""Compiles the engine, so that the first roster does not have to wait for it.

python -m shiftcast.scheduling.rostering.engine.warm_up [MODULE ...]

Minutes of work, shared by two processes. The best days of one agent are most of it, and what is
above them is optimised together with them once more, so they come first, while the other process
runs the modules that are named and compiles what does without them. What one has compiled the other
loads from the disk: each part below has in it what nobody else compiles at that time. Were it not
so, no more than time would be lost.
"""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from runpy import run_module

import numpy as np

from ....data.people import Contract
from ....data.shifts import WantedShift
from ..problem import RosterProblem
from .bound import LagrangianBound
from .by_columns import LONG
from .columns.ascent import Ascent
from .columns.following import look_ahead
from .columns.oracle import CrewOracle
from .columns.window import Window
from .compile import Compiled, compile_problem
from .limit import SolveLimit
from .local_search import LocalSearch
from .one_agent import best_exactly, price_agent
from .solver import solve, tiny
from .weeks import leave

BESIDE = "--beside"  # marks the other process


def long_horizon() -> RosterProblem:
    """One agent's weeks, so many that they are made window by window: one shift wanted a day."""
    short = tiny()
    grid = replace(short.grid, days=LONG + 7)
    wanted = tuple(
        WantedShift(grid.first_day + timedelta(day), short.shifts[0].code, 1, 100.0, 1.0)
        for day in range(grid.days)
    )
    return replace(short, grid=grid, demands=(), meetings=(), wanted=wanted)


def paid_hours() -> RosterProblem:
    """A week of one agent who must be paid two shifts: a total that is folded into the
    automaton."""
    grid = replace(tiny().grid, days=7)
    contract = Contract("contract", min_minutes=2 * 480)
    return replace(tiny(), grid=grid, demands=(), meetings=(), contracts=(contract,))


def best_days(compiled: Compiled) -> None:
    """One agent's best legal roster."""
    best_exactly(0, compiled.crew, compiled.tables, compiled.options, compiled.scratch())


def cover(compiled: Compiled) -> None:
    """People who come and go, and what that is worth."""
    search = LocalSearch(compiled, np.random.default_rng(1))
    crew, options = compiled.crew, compiled.options
    leave(0, search.weeks, crew, search.cover, options)
    price_agent(0, crew, search.cover, options, search.scratch)
    search.count_true_points()
    search.hold_meetings(compiled)


def window() -> None:
    """Prices of a long horizon, and its first weeks at them."""
    compiled = compile_problem(long_horizon())
    ascent = Ascent(compiled)
    ascent.run(1, 1.0, 1.0, lambda: 1.0)
    following = look_ahead(ascent, 7, ascent.reached[:, :, 6])
    Window(compiled, compiled.nobody(), 0, 7, following).standing([0])


def sweep(compiled: Compiled) -> None:
    """Moves of the search."""
    LocalSearch(compiled, np.random.default_rng(1)).begin(None)


def bounds(compiled: Compiled) -> None:
    """What rosters cost at the least."""
    empty = compiled.cover(compiled.problem.weights)
    LagrangianBound(compiled).start_from(empty.supply, empty.cells)


def columns(compiled: Compiled) -> None:
    """Rosters at the prices of column generation."""
    oracle = CrewOracle(compiled)
    oracle.price(np.zeros(oracle.coupling.rows), [0])


def beside(modules: list[str]) -> None:
    """What the other process does. The end of its input says that the best days are there."""
    for module in modules:
        run_module(module, run_name="__main__")
    cover(compile_problem(tiny()))
    compiled = compile_problem(paid_hours())
    window()
    sys.stdin.read()
    bounds(compiled)


def main(modules: list[str]) -> None:
    command = [sys.executable, "-m", "shiftcast.scheduling.rostering.engine.warm_up", BESIDE]
    with subprocess.Popen([*command, *modules], stdin=subprocess.PIPE) as other:
        compiled = compile_problem(tiny())
        best_days(compiled)
        assert other.stdin is not None
        other.stdin.close()
        sweep(compiled)
        columns(compiled)
    if other.returncode != 0:
        sys.exit("The engine was not compiled: see the error above.")
    # So few agents that columns are looked for too: nothing is left to compile but rare paths.
    for problem in (tiny(), long_horizon()):
        solve(problem, SolveLimit(seconds=1.0), np.random.default_rng(1))


if __name__ == "__main__":
    beside(sys.argv[2:]) if sys.argv[1:2] == [BESIDE] else main(sys.argv[1:])
