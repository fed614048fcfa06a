"""One run of the forecast benchmark: who is measured, how often, and what is said."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from shiftcast.data.calendar import Calendar
from shiftcast.forecasting.baseline import WeekdayMean
from shiftcast.forecasting.forecast import Forecast

import benchmarks.forecasting.__main__ as command
from benchmarks.folders import DATA
from benchmarks.forecasting import environment
from benchmarks.forecasting.measure import Goal, Standing, measure, save_means, standing
from benchmarks.forecasting.methods import MEAN, NAMES, chosen, members_of_mean, places_missing
from benchmarks.forecasting.peers.mean_of import MeanOf
from benchmarks.forecasting.remembered import Remembered
from benchmarks.forecasting.series import Series
from benchmarks.forecasting.tables import as_text, switched_off, verdict
from tests.unit.forecasting.made_histories import after, daily, hourly_rhythm

DAYS = np.repeat([10.0, 20.0, 30.0, 40.0, 50.0, 60.0], 7)


def a_series(minutes: int = 1440) -> Series:
    values = DAYS if minutes == 1440 else hourly_rhythm(42, 100.0)
    return Series(daily(values, interval_min=minutes), Calendar(), days=7, origins=2)


class Counting:
    """Forecasts like the mean of two same weekdays, and counts how often."""

    name = "counting"

    def __init__(self) -> None:
        self.times = 0

    def __repr__(self) -> str:
        return "Counting()"

    def forecast(self, *asked: object) -> Forecast:
        self.times += 1
        return WeekdayMean(2).forecast(*asked)


def ask(method: Remembered, values: np.ndarray = DAYS) -> Forecast:
    history = daily(values)
    return method.forecast(history, Calendar(), after(history), None, np.random.default_rng(1))


def test_a_forecast_is_made_once_whoever_asks():
    counting = Counting()
    shared = Remembered("shared", counting)
    mean = Remembered(MEAN, MeanOf((shared, shared)), (shared,))
    assert ask(mean).mean[0, 0] == 55.0
    assert ask(shared).mean[0, 0] == 55.0
    assert counting.times == 1
    assert mean.seconds > shared.seconds > 0.0


def test_earlier_runs_are_taken_only_if_asked_and_if_nothing_changed(tmp_path: Path):
    first, again, other, alone = (Counting() for _ in range(4))
    made = ask(Remembered("two", first, keep=tmp_path))
    later = Remembered("two", again, keep=tmp_path)
    found = ask(later)
    assert (first.times, again.times) == (1, 0)
    assert later.from_earlier == 1
    assert later.seconds > 0.0  # as long as it took then
    np.testing.assert_array_equal(found.mean, made.mean)
    np.testing.assert_allclose(found.p90, made.p90)

    changed = DAYS.copy()
    changed[0] = 11.0
    ask(Remembered("two", other, keep=tmp_path), changed)
    ask(Remembered("two", alone))
    assert (other.times, alone.times) == (1, 1)


def test_the_table_has_every_method_best_first():
    methods = [Remembered("last", WeekdayMean(1), ranges=False), Remembered("four", WeekdayMean(4))]
    table = measure(a_series(), methods)
    by_interval = table[table["grain"] == "interval"].set_index("method")
    # Weeks of 50 and 60 come. Last week's is 10 short of each; four weeks' mean (25, 35) is 25.
    assert by_interval.index.tolist() == ["last", "four"]
    assert by_interval["wape"].tolist() == pytest.approx([20 / 110, 50 / 110])
    assert by_interval["bias"].tolist() == pytest.approx([-20 / 110, -50 / 110])
    assert np.isnan(by_interval.loc["last", ["pinball", "coverage"]].astype(float)).all()
    assert by_interval.loc["four", "coverage"] == 0.0
    assert table["grain"].tolist() == ["interval", "interval", "day", "day"]


def test_ours_stands_against_the_best_of_the_peers_asked_for():
    table = pd.DataFrame(
        {
            "method": ["a", "b", "us", "us"],
            "grain": ["interval", "interval", "interval", "day"],
            "wape": [0.2, 0.25, 0.19, 0.1],
        }
    )
    assert standing(table, "us", ["a", "b"]) == Standing(0.19, "a", 0.2)
    assert standing(table, "us", ["b"]) == Standing(0.19, "b", 0.25)
    assert standing(table, "us", ["c"]) is None
    assert standing(table, "them", ["a"]) is None


def test_the_verdict_names_ratio_and_goal():
    found = Standing(0.19, "svd", 0.20)
    assert verdict(found, Goal(0.955)) == "ours / svd: 0.950 (goal 0.955: reached)"
    assert verdict(found, Goal(0.94)).endswith("(goal 0.940: not reached)")
    assert verdict(found, None) == "ours / svd: 0.950"


def a_table() -> pd.DataFrame:
    rows = [
        ("us", "interval", 0.2, -0.01, 1.5, 0.8, 2.0, 0),
        ("us without trend", "interval", 0.21, 0.0, 1.5, 0.8, 2.0, 0),
        ("svd", "interval", 0.25, 0.02, np.nan, np.nan, 30.0, 3),
    ]
    names = ["method", "grain", "wape", "bias", "pinball", "coverage", "seconds", "from_earlier"]
    return pd.DataFrame(rows, columns=names)


def test_the_text_marks_ours_blanks_and_earlier_runs():
    lines = as_text(a_table(), "us").splitlines()
    assert lines[0].split() == ["by", "interval", "WAPE", "bias", "pinball", "coverage", "seconds"]
    assert lines[1].split() == [">", "us", "0.2000", "-0.0100", "1.500", "0.800", "2.0"]
    assert lines[3].split() == ["svd", "0.2500", "0.0200", "30.0*"]


def test_what_a_part_is_worth_is_what_is_lost_without_it():
    lines = switched_off(a_table(), "us", ["us without trend"]).splitlines()
    assert lines[1].split() == ["us", "without", "trend", "0.2100", "+5.0%"]


def test_means_are_written_with_the_days_they_begin_on(tmp_path: Path):
    method = Remembered("two", WeekdayMean(2))
    series = a_series()
    measure(series, [method])
    save_means(tmp_path, "made", series, [method])
    with np.load(tmp_path / "made_two.npz") as saved:
        assert saved["origins"].tolist() == [28, 35]
        assert saved["mean"][:, 0, 0].tolist() == [35.0, 45.0]


def test_the_mean_of_three_shares_its_members():
    found = {peer.name: peer for peer in chosen(["svd", MEAN], a_series(60))}
    assert list(found) == ["svd", MEAN]
    assert [m.name for m in found[MEAN].members] == list(members_of_mean(a_series(60)))
    assert found["svd"] in found[MEAN].members
    assert found[MEAN].members[0].name == "prophet_log_daily"


def test_daily_series_have_no_svd():
    assert chosen(["svd", "weekday_mean_8"], a_series())[0].name == "weekday_mean_8"
    assert "ets" in members_of_mean(a_series())


def test_without_the_peers_environment_its_methods_are_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(environment, "_MADE_FROM", tmp_path / "made-from.txt")
    assert places_missing(NAMES, a_series(60)) == ["ets", "mstl"]
    assert places_missing(NAMES, a_series()) == ["ets", "mstl", MEAN]


def test_the_environment_is_ready_only_with_the_versions_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    made_from = tmp_path / "made-from.txt"
    monkeypatch.setattr(environment, "_MADE_FROM", made_from)
    assert not environment.is_ready()
    made_from.write_text("statsforecast==1.0\n", encoding="utf-8")
    assert not environment.is_ready()
    made_from.write_text(environment.REQUIREMENTS.read_text(encoding="utf-8"), encoding="utf-8")
    assert environment.is_ready()


def test_the_environment_pins_versions_and_names_no_place():
    lines = environment.REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    assert all(line.count("==") == 1 and " " not in line for line in lines)
    assert any(line.startswith("statsforecast==") for line in lines)


def test_the_command_prints_tables_ratio_and_what_each_part_is_worth(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv(DATA, str(tmp_path))
    monkeypatch.setattr(command, "SERIES", {"made": lambda _: a_series()})
    monkeypatch.setattr(command, "our_forecaster", lambda: WeekdayMean(2))
    monkeypatch.setattr(command, "without", lambda: {"longer memory": WeekdayMean(4)})
    words = ["--series", "made", "--peers", "seasonal_naive", "--ablations", "--save"]
    monkeypatch.setattr("sys.argv", ["forecasting", *words, str(tmp_path)])
    command.main()
    said = capsys.readouterr().out.splitlines()
    assert said[1] == "## made"
    # Off by 15 of 50 and 60 each day; last week's by 10; the mean of four weeks by 25.
    assert "> shiftcast       0.2727  -0.2727" in "\n".join(said)
    assert "ours / seasonal_naive: 1.500" in said
    assert said[-1].split() == ["longer", "memory", "0.4545", "+66.7%"]
    assert not any("longer memory" in line for line in said[:-1])
    assert (tmp_path / "made_seasonal_naive.npz").exists()


def test_a_peer_asked_for_by_name_must_be_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(environment, "_MADE_FROM", tmp_path / "made-from.txt")
    monkeypatch.setenv(DATA, str(tmp_path))
    monkeypatch.setattr(command, "SERIES", {"made": lambda _: a_series()})
    monkeypatch.setattr("sys.argv", ["forecasting", "--series", "made", "--peers", "ets"])
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith("ets need `python -m benchmarks.forecasting.environment` first")
