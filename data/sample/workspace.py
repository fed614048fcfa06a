"""Writes a new centre's folder: the sample, or an empty centre to fill."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import available_timezones

import numpy as np

from ..calendar import each_day
from ..errors import InputError, Problem
from ..grid import TimeGrid
from ..messages import DEFAULT_LANGUAGE, text
from . import holidays, tables
from .config import Value, render
from .crew import draw_crew
from .events import sample_calendar
from .folder import write_folder
from .history import draw_history
from .previous import previous_week
from .shifts import named_shifts
from .truth import INTERVAL_MIN, TIME_ZONE
from .wishes import adjustments, draw_requests, fixed_assignments, time_off

CONFIG_FILE = "shiftcast.toml"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SCENARIOS = ("double12_twice_as_big", "five_away")

TODAY = date(2026, 12, 6)
"""The sample's Sunday: the week to plan is the one of Double 12."""
HISTORY_WEEKS = 132

# One stream of random numbers a part, so that a change of one part leaves the others as they are.
_HISTORY, _CREW, _REQUESTS, _PREVIOUS = range(4)


def history_grid(today: date = TODAY) -> TimeGrid:
    """The two and a half years up to the last Sunday on or before `today`.

    ValueError if the sample's table of holidays does not reach from there to the week after.
    """
    sunday = today - timedelta(days=(today.weekday() + 1) % 7)
    first = sunday - timedelta(weeks=HISTORY_WEEKS) + timedelta(days=1)
    if first < holidays.FIRST_DAY or sunday + timedelta(days=7) > holidays.LAST_DAY:
        raise ValueError(
            f"today is {today}: its history and week are not within "
            f"{holidays.FIRST_DAY} – {holidays.LAST_DAY}"
        )
    return TimeGrid(first, HISTORY_WEEKS * 7, INTERVAL_MIN, TIME_ZONE)


def write_sample(
    folder: Path, seed: int = 1, today: date | None = None, language: str = DEFAULT_LANGUAGE
) -> None:
    """Write the sample centre into a new or empty folder, whole or not at all.

    Its history ends on the last Sunday on or before `today` (`TODAY` if None), and the week to
    plan starts the day after. The same seed, day and language give the same bytes. InputError if
    the folder is in use, ValueError if `today` is too far from `TODAY`.
    """
    grid = history_grid(today or TODAY)
    write_folder(folder, _sample_files(grid, seed, language))


def write_empty(
    folder: Path,
    name: str,
    tz: str,
    *,
    country: str | None = None,
    language: str = DEFAULT_LANGUAGE,
    interval_min: int = 15,
    first_weekday: int = 0,
) -> None:
    """Write a centre to fill into a new or empty folder, whole or not at all: a `shiftcast.toml`
    with every setting explained, and the planner's files with their headings.

    `tz` is an IANA name, `country` an ISO code (None: no public holidays), `first_weekday` Monday
    = 0. InputError if the folder is in use or the time zone unknown.
    """
    if tz not in available_timezones():
        raise InputError(Problem("sample.unknown_time_zone", {"time_zone": tz}))
    values: dict[str, Value] = {
        "name": name,
        "time_zone": tz,
        "country": country,
        "interval_minutes": interval_min,
        "first_weekday": WEEKDAYS[first_weekday],
        "language": language,
    }
    files = {CONFIG_FILE: render("empty", values, language).encode()}
    for file in tables.PLANNER_FILES:
        files[f"{file}.csv"] = tables.csv_bytes(file, ())
    write_folder(folder, files)


def _sample_files(grid: TimeGrid, seed: int, language: str) -> dict[str, bytes]:
    """Content by path of every file of the sample."""
    week = grid.last_day + timedelta(days=1)
    agents = draw_crew(language, _stream(seed, _CREW))
    shifts = named_shifts(language)
    absences = time_off(week, language)
    away = frozenset((a.agent, day) for a in absences for day in each_day(a.first, a.last))
    monday = week - timedelta(days=7)
    published = previous_week(agents, shifts, away, monday, _stream(seed, _PREVIOUS))
    contacts = draw_history(grid, _stream(seed, _HISTORY))
    rows = {
        "calendar": tables.calendar_rows(sample_calendar(grid.first_day, week, language)),
        "agents": map(tables.agent_row, agents),
        "shifts": map(tables.shift_row, shifts),
        "time_off": map(tables.time_off_row, absences),
        "requests": map(tables.request_row, draw_requests(agents, week, _stream(seed, _REQUESTS))),
        "fixed": map(tables.fixed_row, fixed_assignments(week)),
        "adjustments": map(tables.adjustment_row, adjustments(week, language)),
        "previous_roster": (tables.roster_row(worked, grid.tz) for worked in published),
    }
    files = {f"{file}.csv": tables.csv_bytes(file, content) for file, content in rows.items()}
    files["contacts.csv"] = contacts.to_csv(index=False, lineterminator="\n").encode()
    names: dict[str, Value] = {
        "name": text("sample.centre", language),
        "time_zone": grid.tz,
        "language": language,
    }
    files[CONFIG_FILE] = render("sample", names, language).encode()
    for scenario in SCENARIOS:
        period: dict[str, Value] = {
            "name": text(f"template.scenario.{scenario}", language),
            "first_day": week,
            "last_day": week + timedelta(days=6),
        }
        files[f"scenarios/{scenario}.toml"] = render(scenario, period, language).encode()
    return files


def _stream(seed: int, part: int) -> np.random.Generator:
    return np.random.default_rng([seed, part])
