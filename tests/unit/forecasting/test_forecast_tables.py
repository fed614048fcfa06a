from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from shiftcast.data.errors import InputError
from shiftcast.data.grid import TimeGrid
from shiftcast.forecasting.forecast import Forecast
from shiftcast.forecasting.tables import (
    DAY_COLUMNS,
    INTERVAL_COLUMNS,
    PATH_COLUMNS,
    daily_frame,
    forecast_frame,
    paths_frame,
    read_forecast,
    read_outside_forecast,
    write_daily,
    write_forecast,
    write_paths,
)

SUMMER_ENDS = date(2024, 10, 27)  # 25 hours in Berlin: 02:00 comes twice


def made(
    queues: tuple[str, ...] = ("phone", "chat"),
    grid: TimeGrid | None = None,
    aht_s: float = np.nan,
) -> Forecast:
    """Distinct whole numbers by queue and interval, nothing before 01:00; three paths."""
    grid = grid or TimeGrid(SUMMER_ENDS, 2, 60, "Europe/Berlin")
    mean = 1.0 + np.arange(len(queues) * grid.size, dtype=np.float64).reshape(len(queues), -1)
    mean[:, grid.minute_of_day < 60] = 0.0
    paths = np.stack([0.0 * mean, mean, 3.0 * mean])
    p10, p50, p90 = np.quantile(paths, (0.1, 0.5, 0.9), axis=0)
    return Forecast(grid, queues, mean, p10, p50, p90, np.full(mean.shape, aht_s), paths, {})


def test_the_interval_table_has_local_starts_and_leaves_zeros_out():
    frame = forecast_frame(made())
    assert frame["interval_start"].tolist()[:3] == [
        "2024-10-27T01:00:00",
        "2024-10-27T02:00:00",
        "2024-10-27T02:00:00",
    ]
    assert frame["mean"].tolist()[:3] == [2.0, 3.0, 4.0]
    # 25 + 24 hours, of which each day's first is zero, for two queues.
    assert len(frame) == 2 * 47


def test_handle_time_is_a_column_where_it_is_known():
    frame = forecast_frame(made(aht_s=181.26))
    assert frame["aht_s"].unique().tolist() == [181.3]
    assert tuple(frame.columns) == INTERVAL_COLUMNS


def test_the_tables_have_the_columns_that_are_documented():
    assert tuple(forecast_frame(made()).columns) == INTERVAL_COLUMNS[:-1]
    assert tuple(daily_frame(made()).columns) == DAY_COLUMNS
    assert tuple(paths_frame(made()).columns) == PATH_COLUMNS


def test_the_daily_table_adds_up_and_takes_quantiles_of_totals():
    frame = daily_frame(made())
    first = frame.iloc[0]
    total = made().mean[0, :25].sum()
    assert (first["date"], first["queue"], first["mean"]) == ("2024-10-27", "phone", total)
    # Paths of 0, 1 and 3 times the mean: the median is the middle one, the 90 % point 2.6 times.
    assert first["p50"] == total
    assert first["p90"] == pytest.approx(2.6 * total)
    assert len(frame) == 4


def test_paths_are_long_and_named_by_number():
    frame = paths_frame(made())
    assert frame["path"].unique().tolist() == [0, 1, 2]
    assert frame.loc[frame["path"] == 2, "contacts"].iloc[0] == 6.0


def test_what_is_written_is_read_again(tmp_path: Path):
    forecast = made(aht_s=240.0)
    write_forecast(tmp_path / "a" / "forecast.csv", forecast)
    write_paths(tmp_path / "a" / "paths.parquet", forecast)
    found = read_forecast(
        tmp_path / "a" / "forecast.csv",
        forecast.grid,
        forecast.queues,
        tmp_path / "a" / "paths.parquet",
    )
    assert np.array_equal(found.mean, forecast.mean)
    assert np.array_equal(found.paths, forecast.paths)
    assert found.p90 == pytest.approx(forecast.p90)
    assert np.nanmax(found.aht_s) == 240.0
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [
        "forecast.csv",
        "paths.parquet",
    ]


def test_without_paths_they_keep_to_the_quantiles_of_the_table(tmp_path: Path):
    forecast = made()
    write_forecast(tmp_path / "forecast.csv", forecast)
    found = read_forecast(tmp_path / "forecast.csv", forecast.grid, ("chat",))
    assert found.queues == ("chat",)
    assert found.p10[0] == pytest.approx(forecast.p10[1], abs=1e-4)
    again = np.quantile(found.paths, (0.1, 0.5, 0.9), axis=0)
    assert again[0] == pytest.approx(found.p10)
    assert again[2] == pytest.approx(found.p90)


def test_rows_outside_the_grid_are_passed_over(tmp_path: Path):
    forecast = made()
    write_forecast(tmp_path / "forecast.csv", forecast)
    second = TimeGrid(date(2024, 10, 28), 2, 60, "Europe/Berlin")
    found = read_forecast(tmp_path / "forecast.csv", second, ("phone",))
    assert np.array_equal(found.mean[0, :24], forecast.mean[0, 25:])
    assert found.mean[0, 24:].sum() == 0


def test_only_names_beyond_ascii_get_a_byte_order_mark(tmp_path: Path):
    write_daily(tmp_path / "plain.csv", made())
    write_daily(tmp_path / "chinese.csv", made(("热线",)))
    assert (tmp_path / "plain.csv").read_bytes().startswith(b"date,")
    assert (tmp_path / "chinese.csv").read_bytes().startswith(b"\xef\xbb\xbfdate,")
    assert pd.read_csv(tmp_path / "chinese.csv")["queue"].unique().tolist() == ["热线"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "forecast.csv"
    write_forecast(path, made())
    before = path.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(pd.DataFrame, "to_csv", full)
    with pytest.raises(OSError, match="disk full"):
        write_forecast(path, made(("other",)))
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["forecast.csv"]


def table(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "theirs.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_somebody_elses_forecast_needs_a_mean_only(tmp_path: Path):
    path = table(
        tmp_path,
        "interval_start,queue,mean,aht_s",
        "2026-11-30 08:00,phone,12.5,200",
        "2026-12-01T08:15:00,mail,3,",
    )
    found = read_outside_forecast(path, "Asia/Shanghai", 15)
    assert found.grid == TimeGrid(date(2026, 11, 30), 2, 15, "Asia/Shanghai")
    assert found.queues == ("phone", "mail")
    assert found.mean[0, 32] == found.p10[0, 32] == found.p90[0, 32] == 12.5
    assert found.mean[1, 96 + 33] == 3.0
    assert found.mean.sum() == 15.5
    assert found.aht_s[0, 32] == 200.0
    assert np.isnan(found.aht_s[1]).all()
    assert (found.paths == found.mean).all()


def test_every_fault_of_a_forecast_table_is_told(tmp_path: Path):
    path = table(
        tmp_path,
        "interval_start,queue,mean,p10,p50,p90",
        "2026-11-30T08:00:00,phone,5,3,4,7",
        "2026-11-30T08:00:00,phone,5,3,4,7",
        "2026-11-30T08:07:00,phone,5,3,4,7",
        "2026-11-30T08:15:00,phone,-5,3,4,7",
        "2026-11-30T08:30:00,phone,,3,4,7",
        "2026-11-30T08:45:00,phone,5,6,4,7",
        "2026-02-30T08:45:00,phone,5,3,4,7",
        "2026-11-30T09:00:00,,5,3,4,7",
    )
    with pytest.raises(InputError) as caught:
        read_outside_forecast(path, "Asia/Shanghai", 15)
    found = {(problem.code, problem.row) for problem in caught.value.problems}
    assert found == {
        ("forecast.twice", 3),
        ("forecast.off_grid", 4),
        ("input.negative_contacts", 5),
        ("input.blank_cell", 6),
        ("forecast.crossing", 7),
        ("input.no_such_date", 8),
        ("input.blank_cell", 9),
    }
    for problem in caught.value.problems:
        assert problem.message("zh-CN")
        assert problem.hint("zh-CN")
    assert "'2026-11-30T08:07:00' is not the start of an interval of 15 minutes" in str(
        caught.value
    )


def test_a_missing_column_is_told_with_what_was_found(tmp_path: Path):
    with pytest.raises(InputError, match=r"mean.*start, queue, value"):
        read_outside_forecast(table(tmp_path, "start,queue,value", "2026-11-30,a,1"), "UTC", 15)


def test_an_empty_table_is_told(tmp_path: Path):
    with pytest.raises(InputError, match="heading but no rows"):
        read_outside_forecast(table(tmp_path, "interval_start,queue,mean"), "UTC", 15)
