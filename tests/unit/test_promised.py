"""What is promised is simulated; the formulas' answer stands beside."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from shiftcast.cli.exports.kpi_files import write_kpis_csv
from shiftcast.cli.workspace.kpis_file import read_kpis
from shiftcast.data.centre import Centre
from shiftcast.data.grid import TimeGrid
from shiftcast.data.people import Agent, Contract
from shiftcast.data.targets import OpeningHours, QueueProfile, ServiceTarget
from shiftcast.forecasting.forecast import Forecast
from shiftcast.scheduling.kpis import KPI_COLUMNS, PROMISED_COLUMNS, Kpis, expected_kpis
from shiftcast.scheduling.promised import promised_kpis
from shiftcast.scheduling.rostering.roster import Assignment, QueueSpan, Roster
from shiftcast.scheduling.staffing.staff import staff

GRID = TimeGrid(date(2026, 11, 30), 2, 30)
OPEN = OpeningHours((((9 * 60, 17 * 60),),) * 7)
PHONE = QueueProfile(
    "phone",
    target=ServiceTarget(service_level=0.8, within_s=20, max_occupancy=1.0),
    opening=OPEN,
    aht_s=180,
    patience_s=120,
)
AGENTS = tuple(Agent(f"a{n}", f"A{n}", "full", frozenset({"phone"})) for n in range(10))
CENTRE = Centre(
    "small", "UTC", 30, (PHONE,), contracts=(Contract("full", hourly_cost=20.0),), agents=AGENTS
)


def forecast(spread: float = 0.0) -> Forecast:
    """40 calls a half-hour from 9 to 17; the first half of the paths has `spread` more of them, the
    second half as many fewer."""
    day = (GRID.minute_of_day >= 9 * 60) & (GRID.minute_of_day < 17 * 60)
    mean = 40.0 * day[None]
    rng = np.random.default_rng(1)
    level = np.repeat([1 + spread, 1 - spread], 50)[:, None, None]
    paths = rng.poisson(level * mean).astype(float)
    return Forecast(GRID, ("phone",), mean, mean, mean, mean, mean * np.nan, paths, {})


def roster(agents: int) -> Roster:
    shifts = [
        Assignment(
            f"a{n}",
            day,
            "D",
            day * 1440 + 540,
            day * 1440 + 1020,
            (),
            (QueueSpan(day * 1440 + 540, day * 1440 + 1020, "phone"),),
        )
        for n in range(agents)
        for day in range(2)
    ]
    return Roster(GRID, tuple(shifts))


def promised(agents: int = 6, spread: float = 0.0) -> tuple[Kpis, Kpis]:
    made, plan = forecast(spread), roster(agents)
    expected = expected_kpis(CENTRE, made, staff(made, CENTRE), plan)
    return expected, promised_kpis(CENTRE, made, plan, expected, seed=3)


def test_a_steady_forecast_is_served_about_as_the_formula_says() -> None:
    expected, found = promised()
    week, formula = found.week.iloc[0], expected.week.iloc[0]
    assert week["service_level"] == pytest.approx(formula["service_level"], abs=0.02)
    assert week["service_level_formula"] == formula["service_level"]
    assert week["service_level_low"] < week["service_level"] < week["service_level_high"]
    assert found.replications == 200


def test_an_unsure_forecast_promises_less() -> None:
    steady, unsure = promised()[1].week.iloc[0], promised(spread=0.3)[1].week.iloc[0]
    assert unsure["service_level"] < steady["service_level"] - 0.02
    # Quiet weeks keep every target and busy ones do not.
    assert unsure["chance"] == pytest.approx(0.5, abs=0.1)


def test_coverage_and_cost_are_no_matter_of_chance() -> None:
    expected, found = promised()
    for frame, other in ((found.day, expected.day), (found.week, expected.week)):
        for name in ("contacts", "required", "rostered", "under_hours", "over_hours"):
            assert (frame[name] == other[name]).all()
    assert found.cost == expected.cost


def test_what_has_no_meaning_stays_blank() -> None:
    _, found = promised()
    assert found.interval["service_level"].isna().sum() == 2 * (48 - 16)
    assert found.week[["deadline_met", "blocked", "reply_rate"]].isna().all(axis=None)


def test_columns_are_those_of_the_file_and_read_back(tmp_path: Path) -> None:
    _, found = promised()
    write_kpis_csv(tmp_path / "kpis.csv", found)
    (tmp_path / "kpis.json").write_text('{"replications": 200}', encoding="utf-8")

    again = read_kpis(tmp_path, CENTRE, roster(6))

    assert again.replications == 200
    assert again.cost == found.cost
    for name in ("interval", "day", "week"):
        frame, other = getattr(again, name), getattr(found, name)
        assert list(frame.columns) == [*KPI_COLUMNS, *PROMISED_COLUMNS]
        pd.testing.assert_frame_equal(
            frame, other.reindex(columns=frame.columns), atol=1e-6, check_dtype=False
        )
