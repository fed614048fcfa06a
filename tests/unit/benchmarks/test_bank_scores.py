from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.bank_scores import across_the_edge, forecast_error

FORECAST = """interval_start,queue,mean
1999-08-15T07:00:00,calls,10
1999-08-15T07:30:00,calls,30
1999-08-15T08:00:00,calls,0
1999-08-16T07:00:00,calls,40
"""


def test_forecast_error(tmp_path: Path) -> None:
    (tmp_path / "forecast.csv").write_text(FORECAST)
    volumes = pd.DataFrame(
        {
            "timestamp": pd.to_datetime(
                [
                    "1999-08-14 07:00",  # before the week
                    "1999-08-15 07:00",
                    "1999-08-15 07:30",
                    "1999-08-15 08:00",  # closed: the forecast is zero
                    "1999-08-16 07:00",
                    "1999-08-22 07:00",  # after it
                ]
            ),
            "offered": [900, 20, 20, 25, 60, 900],
        }
    )
    error = forecast_error(tmp_path, volumes, date(1999, 8, 15))
    # 20 + 20 + 60 = 100 came; off by 10, 10 and 20; the first day's total is right.
    assert error.actual == 100
    assert error.wape == pytest.approx(0.40)
    assert error.wape_day == pytest.approx(0.20)
    assert error.bias == pytest.approx(-0.20)
    assert error.unserved == pytest.approx(25 / 125)


def test_the_planners_adjustments_are_not_scored(tmp_path: Path) -> None:
    (tmp_path / "forecast.csv").write_text(FORECAST.replace("40", "80"))
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "forecast.csv").write_text(FORECAST)
    volumes = pd.DataFrame(
        {
            "timestamp": pd.to_datetime(["1999-08-15 07:00", "1999-08-15 07:30"]),
            "offered": [10, 30],
        }
    )
    # The model says 40 on the second day, of which the history holds nothing: 40 of 40 off.
    assert forecast_error(tmp_path, volumes, date(1999, 8, 15)).wape == pytest.approx(1.0)


def _roster(path: Path, *rows: tuple[str, str, str, str]) -> Path:
    lines = ["\ufeffemployee_id,date,start,end", *(",".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_rest_and_runs_across_the_edge(tmp_path: Path) -> None:
    before = _roster(
        tmp_path / "before.csv",
        ("A1", "1999-08-20", "1999-08-20T07:00:00+03:00", "1999-08-20T14:00:00+03:00"),
        ("A1", "1999-08-21", "1999-08-21T20:00:00+03:00", "1999-08-22T00:00:00+03:00"),
        ("A2", "1999-08-19", "1999-08-19T07:00:00+03:00", "1999-08-19T15:00:00+03:00"),
    )
    after = _roster(
        tmp_path / "after.csv",
        ("A1", "1999-08-22", "1999-08-22T12:00:00+03:00", "1999-08-22T20:00:00+03:00"),
        ("A1", "1999-08-24", "1999-08-24T12:00:00+03:00", "1999-08-24T20:00:00+03:00"),
        ("A3", "1999-08-22", "1999-08-22T07:00:00+03:00", "1999-08-22T15:00:00+03:00"),
    )
    edge = across_the_edge(before, after)
    # A1 rests from midnight to noon and works Friday, Saturday and Sunday; nobody else is in both.
    assert (edge.shortest_rest_h, edge.longest_run_days, edge.agents_in_both) == (12.0, 3, 1)
