"""staff --risk: what stands against it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Shiftcast


def test_a_risk_and_a_level_of_the_forecast_exclude_each_other(
    centre: Path, shiftcast: Shiftcast
) -> None:
    result = shiftcast("staff", "--workspace", centre, "--risk", "0.9", "--demand", "p90")
    assert result.exit_code == 2
    assert "--risk and --demand p90 are two answers to the same question." in result.stderr


def test_a_forecast_without_sample_paths_knows_no_risk(
    centre: Path, shiftcast: Shiftcast, tmp_path: Path
) -> None:
    rows = "".join(f"2026-11-30T{hour:02}:00:00,phone,20,240\n" for hour in range(9, 17))
    forecast = tmp_path / "forecast.csv"
    forecast.write_text("interval_start,queue,mean,aht_s\n" + rows, encoding="utf-8")
    result = shiftcast("staff", "--workspace", centre, "--forecast", forecast, "--risk", "0.9")
    assert result.exit_code == 2
    assert "needs a forecast with sample paths" in result.stderr
