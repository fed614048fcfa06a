"""A stored plan mended with what the workspace says today: what `repair` renders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import numpy as np

from ...data.centre import Centre
from ...data.errors import InputError, Problem, Problems
from ...data.grid import TimeGrid
from ...forecasting.forecast import Forecast
from ...forecasting.tables import read_forecast
from ...scheduling.planning.exchanging import exchange_days
from ...scheduling.planning.plan import Plan
from ...scheduling.planning.repairing import Repair, repair_plan
from ...scheduling.planning.stages import Progress, StageClock
from ...scheduling.rostering.engine import SolveLimit
from ...scheduling.rostering.roster import Violation
from ..report.closing import sought_overtime
from .absences import read_absences
from .as_planned import as_planned
from .exchanges import AskedWishes, read_wishes
from .folder import Workspace, open_workspace
from .load import load_plan
from .manifest import Absent
from .plan_files import sources_of, store_plan
from .plans import StoredPlan, find_plan
from .published import read_published

REFORECAST = "track --reforecast"


@dataclass(frozen=True)
class RepairWish:
    """What a planner asks of a repair. `absent` are texts like A017:2026-12-08..2026-12-09 or
    A017:2026-12-08@14:00;
    `since` is when changes may begin (None: now); None elsewhere leaves it to shiftcast.toml."""

    plan: str | None = None
    absent: tuple[str, ...] = ()
    since: datetime | None = None
    forecast: Path | None = None
    reforecast: bool = False
    actuals: Path | None = None
    breaks_only: bool = False
    seconds: float | None = None
    rounds: int | None = None


@dataclass(frozen=True)
class Start:
    """What a repair starts from: the workspace of today, a plan and the moment from which it may
    change. `absent` is who was absent in earlier repairs besides what the files say."""

    place: Workspace
    stored: StoredPlan
    base: Plan
    since: datetime
    absent: tuple[Absent, ...]

    @property
    def frozen_until(self) -> int:
        return self.base.grid.minute_of(self.since)

    def centre(self, absent: Sequence[Absent]) -> Centre:
        """The centre of today, with what was preferred for the plan, and these absences."""
        return as_planned(self.place.centre, self.stored.manifest, absent)


@dataclass(frozen=True)
class MadeRepair:
    """A mended plan that is not stored yet; `broken` are the rules that wishes would break."""

    start: Start
    repair: Repair
    absent: tuple[Absent, ...]
    forecast_from: str | None
    seconds: float
    broken: tuple[Violation, ...] = ()

    def store(self, language: str) -> StoredPlan:
        """Stores the mended plan under a name of its own."""
        place, stored = self.start.place, self.start.stored
        sources = replace(
            sources_of(place, self.seconds, stored.manifest.prefer),
            repaired_from=stored.name,
            absent=self.absent,
            forecast_from=self.forecast_from,
        )
        currency = place.settings.currency
        mended = self.repair.plan
        return store_plan(
            place.folder,
            mended,
            sources,
            language=language,
            currency=currency,
            closing=sought_overtime(mended),
        )


def make_repair(folder: Path, wish: RepairWish, now: datetime, progress: Progress) -> MadeRepair:
    """Mends a plan for the agents, rules and absences that the workspace's files hold today.

    Raises InputError with every absence that cannot be read, or if the plan's days are over;
    NoSolutionError if no roster keeps every rule.
    """
    with StageClock(progress).stage("read"):
        start = start_from(folder, wish.plan, wish.since, now)
        problems = Problems()
        told = read_absences(wish.absent, start.place.centre.agents, start.base, problems)
        problems.raise_if_any()
        forecast, forecast_from = _forecast(start, wish)
    absent = (*start.absent, *told)
    seconds = wish.seconds or start.place.settings.roster_seconds
    repair = repair_plan(
        start.base,
        start.centre(absent),
        start.frozen_until,
        limit=SolveLimit(seconds, wish.rounds),
        forecast=forecast,
        breaks_only=wish.breaks_only,
        progress=progress,
    )
    source = forecast_from or start.stored.manifest.forecast_from
    return MadeRepair(start, repair, absent, source, seconds)


def make_exchange(
    folder: Path,
    plan: str | None,
    since: datetime | None,
    absent: Sequence[str],
    asked: AskedWishes,
    now: datetime,
    progress: Progress,
) -> MadeRepair:
    """A plan with swaps and changes granted beside absences. Raises InputError with every absence
    and every wish that cannot be read."""
    with StageClock(progress).stage("read"):
        start = start_from(folder, plan, since, now)
        problems, today = Problems(), start.place.centre
        told = read_absences(absent, today.agents, start.base, problems)
        wishes = read_wishes(asked, today, start.base.grid, problems)
        problems.raise_if_any()
    everyone = (*start.absent, *told)
    centre = start.centre(everyone)
    found = exchange_days(start.base, centre, wishes, start.frozen_until, progress)
    manifest = start.stored.manifest
    return MadeRepair(
        start,
        found.repair,
        everyone,
        manifest.forecast_from,
        manifest.roster_seconds,
        found.broken,
    )


def start_from(folder: Path, plan: str | None, since: datetime | None, now: datetime) -> Start:
    """Reads the workspace and the plan of a name or, without one, of a moment."""
    place = open_workspace(folder)
    local = now.astimezone(place.grid(now.date(), 1).zone)
    stored = plan_to_mend(folder, plan, (since or local).date())
    base = load_plan(folder, stored)
    _check_grid(place, stored, base.grid)
    moment = _since(base.grid, since, local)
    return Start(place, stored, base, moment, stored.manifest.absent)


def plan_to_mend(folder: Path, name: str | None, day: date) -> StoredPlan:
    """The plan of that name; without one the plan published for the day, else for the next day that
    one is published for, else the newest."""
    if name is not None:
        return find_plan(folder, name)
    days = read_published(folder).days
    coming = [published for published in days if published >= day]
    return find_plan(folder, days[min(coming)] if coming else None)


def _check_grid(place: Workspace, stored: StoredPlan, grid: TimeGrid) -> None:
    centre = place.centre
    if (centre.tz, centre.interval_min) != (grid.tz, grid.interval_min):
        params = {"plan": stored.name, "interval": grid.interval_min, "tz": grid.tz}
        raise InputError(Problem("track.other_grid", params))


def _since(grid: TimeGrid, asked: datetime | None, now: datetime) -> datetime:
    """When changes may begin: as asked (by the plan's clock, if it has no offset), else now, or the
    plan's first day if now is outside. InputError if what is asked is outside."""
    first, end = grid.moment(0), grid.moment(int(grid.day_minute[-1]))
    if asked is None:
        return now if first <= now < end else first
    moment = asked.replace(tzinfo=grid.zone) if asked.tzinfo is None else asked
    moment = moment.astimezone(grid.zone)
    if not first <= moment < end:
        values = {"moment": f"{moment:%Y-%m-%d %H:%M}", "first": grid.first_day}
        raise InputError(Problem("repair.outside", {**values, "last": grid.last_day}))
    return moment


def _forecast(start: Start, wish: RepairWish) -> tuple[Forecast | None, str | None]:
    """Another forecast on the plan's days and where it came from; handle times that it does not
    tell are those of the plan. None, None if none was asked for."""
    base = start.base
    if wish.reforecast:
        from ..track_result import forecast_anew
        from .tracking import source_of_workspace

        source = source_of_workspace(
            start.place.folder, start.stored.name, None, None, wish.actuals, start.since
        )
        return forecast_anew(source, base.seed), REFORECAST
    if wish.forecast is None:
        return None, None
    made = read_forecast(wish.forecast, base.grid, base.forecast.queues)
    if not made.mean.any():
        span = {"first": base.grid.first_day, "last": base.grid.last_day}
        raise InputError(Problem("repair.other_forecast", span, wish.forecast.name))
    aht_s = np.where(np.isfinite(made.aht_s), made.aht_s, base.forecast.aht_s)
    return replace(made, aht_s=aht_s), wish.forecast.name
