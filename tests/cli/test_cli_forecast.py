"""forecast and backtest: on a workspace, and on any tidy history without one."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.conftest import MONDAY, Shiftcast, contacts


@pytest.fixture
def history(tmp_path: Path) -> Path:
    path = tmp_path / "history.csv"
    path.write_text(contacts())
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_tidy_history_needs_no_workspace(
    history: Path, shiftcast: Shiftcast, tmp_path: Path
) -> None:
    """Twelve contacts at ten o'clock, six at eight, none at night, every day of three weeks."""
    output, daily, paths = tmp_path / "o.csv", tmp_path / "d.csv", tmp_path / "p.parquet"
    result = shiftcast(
        *("forecast", "--history", history, "--start", MONDAY, "--days", 2),
        *("--output", output, "--daily-output", daily, "--paths", paths),
    )
    assert result.exit_code == 0, result.output
    found = {row["interval_start"]: float(row["mean"]) for row in rows(output)}
    assert list(rows(output)[0]) == [
        *("interval_start", "queue", "mean", "p10", "p50", "p90", "aht_s"),
    ]
    assert found["2026-11-30T10:00:00"] == pytest.approx(12, rel=0.1)
    assert found["2026-12-01T08:00:00"] == pytest.approx(6, rel=0.1)
    assert "2026-11-30T03:00:00" not in found
    assert [row["date"] for row in rows(daily)] == ["2026-11-30", "2026-12-01"]
    assert pd.read_parquet(paths)["path"].nunique() > 50


def test_nothing_dated_on_the_start_or_later_is_used(
    history: Path, shiftcast: Shiftcast, tmp_path: Path
) -> None:
    """Not even to tell what is unusual in the days before."""
    options = ("--start", "2026-11-23", "--days", 1)
    before, after = tmp_path / "a.csv", tmp_path / "b.csv"
    shiftcast("forecast", "--history", history, *options, "--output", before)
    lines = contacts().splitlines()
    known = [line for line in lines if line < "2026-11-23" or line.startswith("timestamp")]
    later = [line.replace(",12,", ",999,") for line in lines if line not in known]
    history.write_text("\n".join(known + later) + "\n")
    shiftcast("forecast", "--history", history, *options, "--output", after)
    assert before.read_bytes() == after.read_bytes()


def test_finer_input_is_added_up_to_days(
    history: Path, shiftcast: Shiftcast, tmp_path: Path
) -> None:
    output = tmp_path / "o.csv"
    options = ("--start", MONDAY, "--days", 3, "--interval", 1440, "--output", output)
    assert shiftcast("forecast", "--history", history, *options).exit_code == 0
    assert [row["interval_start"] for row in rows(output)] == [
        f"{day}T00:00:00" for day in ("2026-11-30", "2026-12-01", "2026-12-02")
    ]
    assert float(rows(output)[0]["mean"]) == pytest.approx(108, rel=0.05)


def test_a_wide_calendar_closes_days(history: Path, shiftcast: Shiftcast, tmp_path: Path) -> None:
    calendar, output = tmp_path / "calendar.csv", tmp_path / "o.csv"
    calendar.write_text("date,open\n2026-11-30,1\n2026-12-01,0\n")
    options = ("--start", MONDAY, "--days", 2, "--calendar", calendar, "--output", output)
    assert shiftcast("forecast", "--history", history, *options).exit_code == 0
    assert {row["interval_start"][:10] for row in rows(output)} == {"2026-11-30"}


def test_the_same_seed_gives_the_same_file(
    history: Path, shiftcast: Shiftcast, tmp_path: Path
) -> None:
    files = [tmp_path / f"{n}.csv" for n in range(2)]
    for file in files:
        options = ("--start", MONDAY, "--seed", 7, "--output", file)
        shiftcast("forecast", "--history", history, *options)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_workspace_is_forecast_with_the_planners_adjustments(
    centre: Path, shiftcast: Shiftcast
) -> None:
    def total() -> float:
        result = shiftcast("forecast", "--workspace", centre, "--json")
        assert result.exit_code == 0, result.output
        return sum(day["mean"] for day in json.loads(result.stdout)["days"])

    plain = total()
    (centre / "adjustments.csv").write_text(
        "from,to,queue,from_time,to_time,percent,contacts,reason\n"
        "2026-11-30,2026-12-06,,,,50,,a fair\n"
    )
    assert total() == pytest.approx(1.5 * plain)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "--history needs --start"),
        (("--start", "2026-11-01"), "There is no history before 2026-11-01"),
        (("--start", MONDAY, "--country", "XX"), "XX is not the code of a country"),
        (("--start", MONDAY, "--interval", 7), "7"),
    ],
)
def test_what_cannot_be_forecast_is_told(
    history: Path, shiftcast: Shiftcast, tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    output = tmp_path / "o.csv"
    result = shiftcast("forecast", "--history", history, *options, "--output", output)
    assert result.exit_code == 2
    assert words in result.stderr
    assert not output.exists()


def nine_weeks(history: Path) -> None:
    """Puts the same three weeks twice before those of the file."""
    longer = history.read_text().splitlines()
    for weeks in (3, 6):
        shifted = [
            f"{pd.Timestamp(line[:19]) - pd.Timedelta(weeks=weeks):%Y-%m-%dT%H:%M:%S}{line[19:]}"
            for line in contacts().splitlines()[1:]
        ]
        longer[1:1] = shifted
    history.write_text("\n".join(longer) + "\n")


def test_a_backtest_holds_our_forecast_against_what_planners_do(
    history: Path, shiftcast: Shiftcast, tmp_path: Path
) -> None:
    """The weeks are alike, so that last week again is right to the contact."""
    nine_weeks(history)
    output = tmp_path / "scores.csv"
    result = shiftcast(
        *("backtest", "--history", history, "--weeks", 1, "--days", 7, "--json"),
        *("--output", output),
    )
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["origins"], found["days"]) == (1, 7)
    wape = {(line["method"], line["grain"]): line["wape"] for line in found["scores"]}
    assert wape["weekday_mean_1", "interval"] == 0
    assert wape["shiftcast", "day"] < 0.05
    assert {row["method"] for row in rows(output)} == {method for method, _ in wape}


def test_settings_are_chosen_and_written_before_a_backtest(
    history: Path, shiftcast: Shiftcast, tmp_path: Path
) -> None:
    """Nine weeks are too few to choose: the usual settings are kept, and said to be so."""
    nine_weeks(history)
    settings = tmp_path / "settings.json"
    options = ("--history", history, "--weeks", 1, "--tune", "--settings", settings)
    result = shiftcast("backtest", *options, "--json")
    assert result.exit_code == 0, result.output
    (chosen,) = json.loads(result.stdout)["tuned"]
    assert chosen == {
        "queue": "phone",
        "scale": "log",
        "flexibility": 0.05,
        "month_waves": 2,
        "corrected": True,
        "wape": None,
        "usual_wape": None,
    }
    assert list(json.loads(settings.read_text())["queues"]) == ["phone"]
    # Told to people as well; the same history keeps its file.
    before = settings.read_bytes()
    again = shiftcast("backtest", *options)
    assert "Settings chosen for the daily level" in again.output
    assert settings.read_bytes() == before
    # The file can be named to a forecast, too.
    made = shiftcast(
        *("forecast", "--history", history, "--start", MONDAY, "--days", 1),
        *("--settings", settings, "--json"),
    )
    assert made.exit_code == 0, made.output


def test_a_workspace_keeps_its_settings_beside_its_files(
    centre: Path, shiftcast: Shiftcast
) -> None:
    nine_weeks(centre / "contacts.csv")
    result = shiftcast("backtest", "--workspace", centre, "--weeks", 1, "--tune", "--json")
    assert result.exit_code == 0, result.output
    assert list(json.loads((centre / "forecast_settings.json").read_text())["queues"]) == ["phone"]


@pytest.mark.parametrize(
    ("command", "content", "words"),
    [
        (("backtest", "--tune"), None, "There is no place for the chosen settings."),
        (("backtest", "--tune"), "{", "The forecast settings cannot be read."),
        (("backtest",), "{", "The forecast settings cannot be read."),
        (("forecast", "--start", MONDAY), "{", "The forecast settings cannot be read."),
        (("forecast", "--start", MONDAY), "", "with forecast settings."),
    ],
)
def test_settings_that_cannot_be_used_are_told(
    history: Path,
    shiftcast: Shiftcast,
    tmp_path: Path,
    command: tuple[object, ...],
    content: str | None,
    words: str,
) -> None:
    """None: no file is named; blank: the file is not there."""
    nine_weeks(history)
    file = tmp_path / "settings.json"
    if content:
        file.write_text(content)
    named = () if content is None else ("--settings", file)
    result = shiftcast(*command, "--history", history, *named)
    assert result.exit_code == 2
    assert words in result.stderr
    assert file.exists() == bool(content)


def test_a_history_too_short_for_a_backtest_is_told(history: Path, shiftcast: Shiftcast) -> None:
    result = shiftcast("backtest", "--history", history)
    assert result.exit_code == 2
    assert "error: The history has 21 days; 35 are needed." in result.stderr
