"""A plan in a handful of numbers."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from shiftcast.data.grid import TimeGrid
from shiftcast.scheduling.kpis import KPI_COLUMNS, Kpis
from shiftcast.scheduling.planning.summary import changed_agents, changed_days, horizon_totals
from shiftcast.scheduling.rostering.roster import Assignment, Roster

GRID = TimeGrid(date(2026, 12, 7), 7, 15)


def kpis(*weeks: dict[str, object]) -> Kpis:
    rows = [{**dict.fromkeys(KPI_COLUMNS, np.nan), **week} for week in weeks]
    frame = pd.DataFrame(rows, columns=list(KPI_COLUMNS))
    return Kpis(frame, frame, frame, 0.0, 0.0, pd.DataFrame())


def test_weeks_add_up_and_rates_are_weighted_by_contacts() -> None:
    """100 contacts at 90 % and 300 at 70 % are 400 at 75 %; hours short and over are not netted."""
    made = kpis(
        {
            "queue": "phone",
            "contacts": 100,
            "service_level": 0.9,
            "under_hours": 2,
            "over_hours": 0,
        },
        {
            "queue": "phone",
            "contacts": 300,
            "service_level": 0.7,
            "under_hours": 0,
            "over_hours": 3,
        },
    )
    (row,) = horizon_totals(made).to_dict("records")
    assert row["contacts"] == 400
    assert row["service_level"] == pytest.approx(0.75)
    assert (row["under_hours"], row["over_hours"]) == (2, 3)


def test_a_week_without_a_rate_does_not_count_for_it() -> None:
    made = kpis(
        {"queue": "phone", "contacts": 0, "service_level": math.nan},
        {"queue": "phone", "contacts": 50, "service_level": 0.8},
        {"queue": "email", "contacts": 50, "service_level": math.nan},
    )
    phone, email = horizon_totals(made).to_dict("records")
    assert phone["service_level"] == pytest.approx(0.8)
    assert math.isnan(email["service_level"])


def roster(*shifts: tuple[str, int, str, int]) -> Roster:
    return Roster(GRID, tuple(Assignment(a, d, c, s, s + 480) for a, d, c, s in shifts))


def test_changed_agents_work_other_shifts_or_times() -> None:
    before = roster(("A", 0, "E", 480), ("B", 0, "E", 480), ("C", 0, "E", 480))
    after = roster(("A", 0, "E", 480), ("B", 0, "E", 540), ("D", 0, "E", 480))
    assert changed_agents(before, after) == ("B", "C", "D")
    assert changed_agents(before, before) == ()


def test_changed_days_are_counted_once_an_agent_and_day() -> None:
    """A works Monday otherwise; B is free on Monday now and works on Tuesday; C stays."""
    before = roster(("A", 0, "E", 480), ("B", 0, "E", 480), ("C", 0, "E", 480))
    after = roster(("A", 0, "E", 540), ("B", 1, "E", 1920), ("C", 0, "E", 480))
    assert changed_days(before, after) == 3
    assert changed_days(before, before) == 0
