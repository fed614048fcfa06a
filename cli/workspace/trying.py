"""What-ifs of a workspace: its stored plan, scenario files beside it, one number in a sweep."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...data.centre import Centre
from ...data.errors import InputError, Problem, Problems
from ...data.readers.scenario import read_scenario
from ...data.readers.sweep import PLACE, Sweep, read_sweep
from ...scheduling.planning.plan import Plan
from ...scheduling.planning.stages import Progress
from ...scheduling.planning.sweeping import SweepPoint, sweep, sweep_of_needs
from ...scheduling.planning.whatif import WhatIf, what_if
from ...scheduling.rostering.engine import SolveLimit
from .folder import check_workspace, input_file
from .forecaster import forecaster_of
from .load import load_plan, plan_inputs
from .plans import StoredPlan, find_plan

SECONDS, SECONDS_AN_AGENT = 3.0, 1 / 15
"""Of each roster search: 7 for 60 agents, 23 for 300."""


@dataclass(frozen=True)
class WhatIfWish:
    """What a planner wants to see beside a plan: scenario files, or a sweep, on top of one file
    perhaps; `quick` sweeps stop before rosters. None leaves it to the plan."""

    scenarios: tuple[Path, ...]
    plan: str | None = None
    sweep: str | None = None
    quick: bool = False
    seconds: float | None = None
    rounds: int | None = None

    def check(self) -> None:
        """InputError with everything that does not go together."""
        problems = Problems()
        if self.sweep is None and not self.scenarios:
            problems.add("sweep.nothing_asked")
        if self.sweep is None and self.quick:
            problems.add("sweep.quick_alone")
        if self.sweep is not None and len(self.scenarios) > 1:
            problems.add("sweep.one_scenario", count=len(self.scenarios))
        problems.raise_if_any()

    def limit(self, stored: StoredPlan, base: Plan) -> SolveLimit:
        """As asked for. Searches that start from a good roster need less time than that one took:
        seconds enough to change it, and more for more agents."""
        usual = SECONDS + SECONDS_AN_AGENT * len(base.centre.agents)
        seconds = self.seconds or min(usual, stored.manifest.roster_seconds)
        return SolveLimit(seconds, self.rounds)


@dataclass(frozen=True)
class Tried:
    """Scenarios beside the plan of this name."""

    plan: str
    base: Plan
    found: tuple[WhatIf, ...]
    currency: str


@dataclass(frozen=True)
class Swept:
    """A sweep beside the plan of this name; `points` have rosters unless it was a quick one."""

    plan: str
    base: Plan
    asked: Sweep
    points: tuple[SweepPoint, ...]
    currency: str
    rosters: bool

    @property
    def judged_by(self) -> Centre:
        """The centre with the targets that hold without the swept key."""
        grid = self.base.grid
        return self.asked.without.apply_to(self.base.centre, grid.first_day, grid.last_day)


def try_scenarios(workspace: Path, wish: WhatIfWish, progress: Progress) -> Tried:
    """Every scenario file beside the plan; InputError with the problems of all files."""
    stored, base = _base(workspace, wish, progress)
    problems = Problems()
    wanted = []
    for path in wish.scenarios:
        try:
            wanted.append(read_scenario(input_file(workspace, path), base.centre))
        except InputError as error:
            problems.extend(error.problems)
    problems.raise_if_any()
    limit, forecaster = wish.limit(stored, base), forecaster_of(workspace)
    found = tuple(
        what_if(base, one, limit=limit, progress=progress, forecaster=forecaster) for one in wanted
    )
    return Tried(stored.name, base, found, _currency(stored))


def try_sweep(workspace: Path, wish: WhatIfWish, progress: Progress) -> Swept:
    """The sweep beside the plan; InputError with every problem of key, range and file, or where a
    quick sweep has nothing to tell."""
    stored, base = _base(workspace, wish, progress)
    file = input_file(workspace, wish.scenarios[0]) if wish.scenarios else None
    asked = read_sweep(wish.sweep or "", file, base.centre)
    forecaster = forecaster_of(workspace)
    range_ = base, asked.values, asked.scenarios
    if wish.quick:
        if asked.roster_only:
            raise InputError(Problem("sweep.need_unchanged", {"what": asked.key}, PLACE))
        points = sweep_of_needs(*range_, progress=progress, forecaster=forecaster)
    else:
        limit = wish.limit(stored, base)
        points = sweep(*range_, limit=limit, progress=progress, forecaster=forecaster)
    return Swept(stored.name, base, asked, tuple(points), _currency(stored), not wish.quick)


def _base(workspace: Path, wish: WhatIfWish, progress: Progress) -> tuple[StoredPlan, Plan]:
    check_workspace(workspace)
    stored = find_plan(workspace, wish.plan)
    progress.stage("read")
    return stored, load_plan(workspace, stored)


def _currency(stored: StoredPlan) -> str:
    return plan_inputs(stored).settings.currency
