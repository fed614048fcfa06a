"""What `track` works on: a stored forecast and what came, of a workspace or of bare files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from ...data.adjustments import Adjustment
from ...data.cleaning_gaps import CHANCE_EMPTY
from ...data.cleaning_report import Finding, FindingKind
from ...data.errors import InputError, Problem
from ...data.grid import TimeGrid
from ...data.history import ContactHistory
from ...data.readers.contacts import read_tidy_history
from ...data.readers.history_input import HistoryInput
from ...data.readers.settings import CentreInputs
from ...data.readers.workspace import read_centre_history
from ...forecasting.forecast import Forecast
from ...forecasting.tables import read_forecast, read_outside_forecast
from ...forecasting.tracking.actuals import Actuals, actuals_on, past_intervals
from .folder import Workspace, open_workspace
from .history import History, cleaned
from .load import load_forecast, plan_inputs
from .plans import StoredPlan, all_plans, find_plan
from .published import read_published

LEFT_OUT = (
    FindingKind.GAP,
    FindingKind.OUTAGE_DAY,
    FindingKind.COLLAPSED_DAY,
    FindingKind.SILENT_HOURS,
    FindingKind.OUTLIER_DAY,
    FindingKind.OUTLIER_INTERVAL,
)
"""What cleaning may find that keeps an interval out of the scores."""


@dataclass(frozen=True)
class StoredForecast:
    """A forecast to be tracked, after the planner's adjustments, under the name of its plan or
    file; `model` is the one before them, None if there were none or it is not known."""

    name: str
    forecast: Forecast
    model: Forecast | None = None
    adjustments: tuple[Adjustment, ...] = ()


@dataclass(frozen=True)
class TrackSource:
    """A stored forecast, what is known by `now` (its end at most), and what of that is left out of
    the scores."""

    stored: StoredForecast
    now: datetime
    history: ContactHistory
    actuals: Actuals
    left_out: tuple[Finding, ...]
    warnings: tuple[Problem, ...]


def source_of_workspace(
    folder: Path,
    plan: str | None,
    forecast: Path | None,
    paths: Path | None,
    actuals: Path | None,
    now: datetime | None,
) -> TrackSource:
    """A plan's forecast, or the one of a file, against the workspace's contacts; those of the file
    `actuals` come in place of the workspace's from its first row on."""
    place = open_workspace(folder)
    centre = place.centre
    raw = _contacts(place.inputs, actuals)
    if forecast is None:
        chosen = _chosen_plan(place, plan, _last_contact(raw))
        stored = _of_plan(chosen, place)
    else:
        stored = _of_file(forecast, paths, centre.tz, centre.interval_min)
    moment = _now(raw, now, stored.forecast)
    known = cleaned(_until(raw, moment), centre=centre)
    return _source(stored, known, moment, place.inputs.warnings)


def source_of_files(
    forecast: Path, paths: Path | None, actuals: Path, now: datetime | None
) -> TrackSource:
    """Two files outside any workspace, on a bare local clock."""
    raw = read_tidy_history(actuals)
    stored = _of_file(forecast, paths, raw.tz, raw.interval_min)
    moment = _now(raw, now, stored.forecast)
    return _source(stored, cleaned(_until(raw, moment)), moment, ())


def _source(
    stored: StoredForecast, known: History, now: datetime, warnings: Sequence[Problem]
) -> TrackSource:
    """Raises InputError if nothing can be compared: no day of the forecast has begun, or none of
    its queues is in the contacts."""
    grid = stored.forecast.grid
    if not set(stored.forecast.queues) & set(known.history.queues):
        theirs, ours = (", ".join(of.queues) for of in (stored.forecast, known.history))
        params = {"name": stored.name, "queues": theirs, "known": ours}
        raise InputError(Problem("track.other_queues", params))
    past = past_intervals(grid, now)
    actuals = actuals_on(stored.forecast, known.history, past)
    if not np.isfinite(actuals.offered).any():
        span: dict[str, object] = {
            "name": stored.name,
            "first": grid.first_day,
            "last": grid.last_day,
            "now": f"{now:%Y-%m-%d %H:%M}",
        }
        raise InputError(Problem("track.nothing_came", span))
    found = tuple(
        finding
        for finding in known.report.findings
        if finding.kind in LEFT_OUT and _within(finding, grid, now)
    )
    return TrackSource(stored, now, known.history, actuals, found, (*warnings, *known.warnings))


def _contacts(inputs: CentreInputs, actuals: Path | None) -> HistoryInput:
    if actuals is None:
        return read_centre_history(inputs)
    new = read_centre_history(replace(inputs, files={**inputs.files, "contacts": actuals}))
    if "contacts" not in inputs.files:
        return new
    old = read_centre_history(inputs)
    before = old.raw[old.raw["timestamp"] < new.raw["timestamp"].min()]
    return replace(
        new,
        raw=pd.concat([before, new.raw], ignore_index=True),
        notes=(*old.notes, *new.notes),
        warnings=(*old.warnings, *new.warnings),
    )


def _chosen_plan(place: Workspace, name: str | None, last: datetime) -> StoredPlan:
    """The plan of that name; without one the plan that holds for the last published day that has
    begun, else the newest that has, else the newest."""
    if name is not None:
        return find_plan(place.folder, name)
    begun = [day for day in read_published(place.folder).days if day <= last.date()]
    if begun:
        return find_plan(place.folder, read_published(place.folder).days[max(begun)])
    started = [plan for plan in all_plans(place.folder) if plan.manifest.start <= last.date()]
    return started[-1] if started else find_plan(place.folder, None)


def _of_plan(plan: StoredPlan, place: Workspace) -> StoredForecast:
    inputs = plan_inputs(plan)
    then, today = inputs.centre, place.centre
    if (then.tz, then.interval_min) != (today.tz, today.interval_min):
        params = {"plan": plan.name, "interval": then.interval_min, "tz": then.tz}
        raise InputError(Problem("track.other_grid", params))
    stage = load_forecast(plan, inputs)
    if not len(stage.adjustments):
        return StoredForecast(plan.name, stage.adjusted)
    return StoredForecast(plan.name, stage.adjusted, stage.model, then.adjustments)


def _of_file(file: Path, paths: Path | None, tz: str, interval_min: int) -> StoredForecast:
    made = read_outside_forecast(file, tz, interval_min)
    if paths is not None:
        if not paths.is_file():
            raise InputError(Problem("input.not_found", file=str(paths)))
        try:
            made = read_forecast(file, made.grid, made.queues, paths)
        except (KeyError, ValueError):
            raise InputError(Problem("track.bad_paths", file=paths.name)) from None
    return StoredForecast(file.name, made)


def _last_contact(raw: HistoryInput) -> datetime:
    """The start of the last interval in which contacts came."""
    stamps = raw.raw.loc[raw.raw["offered"] > 0, "timestamp"]
    last = stamps.max() if len(stamps) else raw.raw["timestamp"].max()
    return _moment(last, raw.tz)


def _now(raw: HistoryInput, asked: datetime | None, forecast: Forecast) -> datetime:
    """Until when what came is known: as asked (by the local clock, if it has no offset), else the
    end of the last row.

    An export that is made at noon may hold zeros until midnight: rows without contacts at its end
    are no data where chance cannot explain them. Of contact records the last interval may be cut
    off, so the last record ends what is known.
    """
    if asked is not None:
        zoned = pd.Timestamp(asked)
        return _moment(zoned if zoned.tzinfo else zoned.tz_localize(raw.tz), raw.tz)
    if raw.records is not None:
        return _moment(raw.records.frame["entered"].max(), raw.tz)
    rows = raw.raw[raw.raw["offered"].notna()]
    ends = rows["timestamp"] + pd.to_timedelta(rows["minutes"], unit="min")
    busy = ends[rows["offered"] > 0]
    if not len(busy):
        return _moment(ends.max(), raw.tz)
    end, last = _moment(ends.max(), raw.tz), _moment(busy.max(), raw.tz)
    between = slice(past_intervals(forecast.grid, last), past_intervals(forecast.grid, end))
    return last if forecast.mean[:, between].sum() >= CHANCE_EMPTY else end


def _until(raw: HistoryInput, now: datetime) -> HistoryInput:
    """The rows whose time had ended by `now`. InputError if there is none."""
    ends = raw.raw["timestamp"] + pd.to_timedelta(raw.raw["minutes"], unit="min")
    kept = raw.raw[ends <= pd.Timestamp(now)]
    if kept.empty:
        first = _moment(raw.raw["timestamp"].min(), raw.tz)
        params = {"now": f"{now:%Y-%m-%d %H:%M}", "first": f"{first:%Y-%m-%d %H:%M}"}
        raise InputError(Problem("track.before_history", params))
    return replace(raw, raw=kept)


def _within(finding: Finding, grid: TimeGrid, now: datetime) -> bool:
    """Whether a finding touches the forecast's days that had begun by `now`."""
    first, last = (_day(moment) for moment in (finding.first, finding.last))
    if first is None or last is None or last < grid.first_day:
        return False
    if isinstance(finding.first, datetime):
        return finding.first < min(now, _end(grid))
    return first <= min(now.date(), grid.last_day)


def _end(grid: TimeGrid) -> datetime:
    return grid.moment(int(grid.day_minute[-1]))


def _day(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def _moment(stamp: pd.Timestamp, tz: str) -> datetime:
    moment: datetime = stamp.tz_convert(tz).to_pydatetime()
    return moment
