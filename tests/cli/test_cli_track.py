"""track: a plan, or any forecast, against what came; drift; the rest anew."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.cli.conftest import MONDAY, Shiftcast, contacts

PLAN = "2026-11-30-7d-01"
OPEN = range(8, 20)


def rows_from(first: date, hours: int, factor: float = 1.0, aht_s: int = 300) -> str:
    """So many open hours from a day on: 12 contacts an hour from 10 to 16, 6 in the others, all
    times a factor."""
    lines = []
    for number in range(hours):
        day, hour = divmod(number, len(OPEN))
        at = datetime.combine(first + timedelta(days=day), datetime.min.time())
        at += timedelta(hours=OPEN[hour])
        usual = 12 if 10 <= at.hour < 16 else 6
        lines.append(f"{at:%Y-%m-%dT%H:%M:%S},phone,{round(usual * factor)},{aht_s}")
    return "\n".join(lines) + "\n"


def add_contacts(folder: Path, lines: str) -> None:
    with (folder / "contacts.csv").open("a", encoding="utf-8") as file:
        file.write(lines)


def result_of(shiftcast: Shiftcast, *arguments: object) -> dict[str, Any]:
    result = shiftcast("track", *arguments, "--json")
    assert result.exit_code == 0, result.output
    said: dict[str, Any] = json.loads(result.stdout)
    return said


def test_a_plan_is_held_against_what_came(planned: Path, shiftcast: Shiftcast) -> None:
    """Two days and four hours have come as usual: 108 contacts a day, 6 + 6 + 12 + 12."""
    add_contacts(planned, rows_from(MONDAY, 28))
    said = result_of(shiftcast, "--workspace", planned)
    assert (said["forecast"], said["now"]) == (PLAN, "2026-12-02T12:00:00+08:00")
    (queue,) = said["queues"]
    assert queue["contacts"] == 2 * 108 + 36
    assert queue["wape"] < 0.1
    assert queue["days"] == 2
    assert queue["handle_s"] == pytest.approx(300)
    assert [(day["date"], day["whole"]) for day in said["days"]] == [
        ("2026-11-30", True),
        ("2026-12-01", True),
        ("2026-12-02", False),
    ]
    assert [score["time"] for score in said["clock"]] == [f"{hour:02d}:00" for hour in OPEN]
    assert not any(check["raised"] for check in said["drift"])
    assert said["reforecast"] == []


def test_the_page_says_what_the_terminal_says(
    planned: Path, shiftcast: Shiftcast, tmp_path: Path
) -> None:
    add_contacts(planned, rows_from(MONDAY, 28))
    page = tmp_path / "track.html"
    result = shiftcast("track", "--workspace", planned, "--page", page, "--lang", "zh-CN")
    assert result.exit_code == 0, result.output
    assert f"已写入：{page}" in result.output
    written = page.read_text(encoding="utf-8")
    assert f"<h1>{PLAN}：" in written
    assert "逐日：实际 / 预测" in written


def test_now_cuts_off_what_came_later(planned: Path, shiftcast: Shiftcast) -> None:
    """At 11:30 the hour from eleven is not over."""
    add_contacts(planned, rows_from(MONDAY, 60))
    said = result_of(shiftcast, "--workspace", planned, "--now", "2026-11-30T11:30")
    assert said["queues"][0]["contacts"] == 6 + 6 + 12
    assert said["drift"] == []


def test_zeros_written_ahead_are_no_data(planned: Path, shiftcast: Shiftcast) -> None:
    """An export made at noon of Tuesday that writes zeros until the evening."""
    zeros = rows_from(MONDAY, 24, factor=0.0).splitlines()[16:]
    add_contacts(planned, rows_from(MONDAY, 16) + "\n".join(zeros) + "\n")
    said = result_of(shiftcast, "--workspace", planned)
    assert said["now"] == "2026-12-01T12:00:00+08:00"
    assert said["queues"][0]["contacts"] == 108 + 36


def test_the_rest_of_the_week_is_forecast_anew(
    planned: Path, shiftcast: Shiftcast, tmp_path: Path
) -> None:
    """Half as many again on Monday and Tuesday until four: more is to be expected on Tuesday
    evening and on Wednesday, in the closed hours still nothing."""
    add_contacts(planned, rows_from(MONDAY, 20, factor=1.5))
    files = [tmp_path / name for name in ("new.csv", "days.csv", "paths.parquet")]
    options = ("--output", files[0], "--daily-output", files[1], "--paths-output", files[2])
    said = result_of(shiftcast, "--workspace", planned, "--reforecast", *options)
    assert said["files"] == [str(file) for file in files]
    rest, wednesday = said["reforecast"][:2]
    assert (rest["date"], rest["whole"]) == ("2026-12-01", False)
    assert rest["mean"] > 1.1 * rest["before"]
    assert (wednesday["date"], wednesday["whole"]) == ("2026-12-02", True)
    assert wednesday["before"] < wednesday["mean"] < 1.5 * wednesday["before"]
    assert wednesday["p10"] < wednesday["mean"] < wednesday["p90"]
    new = pd.read_csv(files[0])
    past = new[new["interval_start"] == "2026-11-30T10:00:00"].iloc[0]
    assert past[["mean", "p10", "p90"]].tolist() == [18.0, 18.0, 18.0]
    assert not new["interval_start"].str[11:13].isin(["03", "21"]).any()
    assert len(pd.read_csv(files[1])) == 7
    assert pd.read_parquet(files[2])["path"].nunique() == 200


def test_a_new_forecast_can_be_staffed_for(
    planned: Path, shiftcast: Shiftcast, tmp_path: Path
) -> None:
    add_contacts(planned, rows_from(MONDAY, 20, factor=1.5))
    new = tmp_path / "new.csv"
    shiftcast("track", "--workspace", planned, "--reforecast", "--output", new)
    result = shiftcast("staff", "--workspace", planned, "--forecast", new)
    assert result.exit_code == 0, result.output


def test_drift_is_told_in_words(planned: Path, shiftcast: Shiftcast) -> None:
    """Three times the contacts all week, and calls a third longer; the calendar calls the week a
    promotion, or cleaning would take the days for outliers."""
    (planned / "calendar.csv").write_text(
        "date,end_date,kind,name,type\n2026-11-30,2026-12-06,promotion,Sale,sale\n"
    )
    add_contacts(planned, rows_from(MONDAY, 84, factor=3.0, aht_s=400))
    result = shiftcast("track", "--workspace", planned)
    assert result.exit_code == 0, result.output
    assert "more contacts than forecast since Mon 30 Nov." in result.stdout
    assert "no more than 1 of 20 forecasts" in result.stdout
    chinese = shiftcast("track", "--workspace", planned, "--lang", "zh-CN").stdout
    assert "起，联络量比预测多" in chinese


def test_outages_are_left_out_and_told(planned: Path, shiftcast: Shiftcast) -> None:
    (planned / "calendar.csv").write_text(
        "date,kind,name\n2026-12-01,outage,Telephone failure\n", encoding="utf-8"
    )
    add_contacts(planned, rows_from(MONDAY, 24))
    said = result_of(shiftcast, "--workspace", planned)
    assert said["queues"][0]["contacts"] == 108
    (left,) = said["left_out"]
    assert (left["queue"], left["first"]) == ("phone", "2026-12-01")
    assert "outage" in left["finding"]


def test_adjustments_are_weighed(centre: Path, shiftcast: Shiftcast) -> None:
    """A fifth more was added on Monday, and came: 108 × 1.2, rounded hour by hour."""
    (centre / "adjustments.csv").write_text(
        "from,to,queue,from_time,to_time,percent,contacts,reason\n"
        "2026-11-30,2026-11-30,phone,,,20,,Letters sent\n",
        encoding="utf-8",
    )
    shiftcast("plan", "--workspace", centre, "--quiet")
    add_contacts(centre, rows_from(MONDAY, 24, factor=1.2))
    said = result_of(shiftcast, "--workspace", centre)
    (letters,) = said["adjustments"]
    assert (letters["reason"], letters["queue"]) == ("Letters sent", "phone")
    assert letters["adjusted"] == pytest.approx(1.2 * letters["model"])
    assert letters["saved"] > 10
    queue = said["queues"][-1]
    assert queue["wape"] < queue["model_wape"]
    assert "Letters sent" in shiftcast("track", "--workspace", centre).stdout


def test_the_plan_published_for_the_days_is_taken(planned: Path, shiftcast: Shiftcast) -> None:
    """A second plan of the week is newer, but the first one is published."""
    shiftcast("publish", PLAN, "--workspace", planned, "--quiet")
    shiftcast("plan", "--workspace", planned, "--start", MONDAY, "--quiet")
    add_contacts(planned, rows_from(MONDAY, 12))
    assert result_of(shiftcast, "--workspace", planned)["forecast"] == PLAN
    named = result_of(shiftcast, "2026-11-30-7d-02", "--workspace", planned)
    assert named["forecast"] == "2026-11-30-7d-02"


def test_a_file_of_what_came_goes_before_the_workspace(
    planned: Path, shiftcast: Shiftcast, tmp_path: Path
) -> None:
    today = tmp_path / "today.csv"
    today.write_text("timestamp,queue,offered,aht_s\n" + rows_from(MONDAY, 5, factor=2.0))
    said = result_of(shiftcast, "--workspace", planned, "--actuals", today)
    assert said["queues"][0]["contacts"] == 2 * (6 + 6 + 12 + 12 + 12)


def test_without_a_workspace(shiftcast: Shiftcast, tmp_path: Path) -> None:
    """A forecast made of three weeks, and a history that goes on for a day and four hours."""
    history, forecast, paths = (tmp_path / name for name in ("h.csv", "f.csv", "p.parquet"))
    history.write_text(contacts() + rows_from(MONDAY, 16))
    shiftcast(
        *("forecast", "--history", history, "--start", MONDAY, "--days", 3),
        *("--output", forecast, "--paths", paths),
    )
    options = ("--forecast", forecast, "--actuals", history)
    said = result_of(shiftcast, *options, "--paths", paths, "--reforecast")
    assert said["queues"][0]["contacts"] == 144
    assert said["days"][0]["p10"] is not None
    assert [line["date"] for line in said["reforecast"]] == ["2026-12-01", "2026-12-02"]
    # Without paths nothing is said of the range of whole days.
    assert result_of(shiftcast, *options)["days"][0]["p10"] is None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--reforecast",), "2026-11-30-7d-01 ended on 2026-12-06"),
        (("--now", "2026-11-29T12:00"), "No contacts are known of 2026-11-30-7d-01"),
        (("--now", "2026-01-01"), "The contacts begin on 2026-11-09 08:00"),
        (("2026-11-30-7d-07",), "There is no plan 2026-11-30-7d-07"),
    ],
)
def test_what_cannot_be_done_is_told(
    planned: Path, shiftcast: Shiftcast, options: tuple[str, ...], words: str
) -> None:
    add_contacts(planned, rows_from(MONDAY, 84))
    result = shiftcast("track", "--workspace", planned, *options)
    assert result.exit_code == 2
    assert words in result.output


def test_files_that_do_not_belong_together_are_told(
    planned: Path, shiftcast: Shiftcast, tmp_path: Path
) -> None:
    add_contacts(planned, rows_from(MONDAY, 12))
    forecast = tmp_path / "f.csv"
    forecast.write_text("interval_start,queue,mean\n2026-11-30T08:00:00,fax,5\n")
    options = ("track", "--workspace", planned, "--forecast", forecast)
    assert "f.csv forecasts fax, but the contacts are of phone" in shiftcast(*options).output
    wrong = shiftcast(*options, "--paths", forecast)
    assert wrong.exit_code == 2
    assert "f.csv: These are not the sample paths of the forecast." in wrong.output
    gone = shiftcast(*options, "--paths", tmp_path / "gone.parquet")
    assert gone.exit_code == 2
    assert "There is no such file." in gone.output


def test_another_interval_is_told(planned: Path, shiftcast: Shiftcast) -> None:
    add_contacts(planned, rows_from(MONDAY, 12))
    settings = planned / "shiftcast.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("interval_minutes = 60", "interval_minutes = 30"))
    result = shiftcast("track", "--workspace", planned)
    assert result.exit_code == 2
    assert "was made in intervals of 60 minutes in Asia/Shanghai" in result.output


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--output", "x.csv"), "need --reforecast"),
        (("--paths", "x.parquet"), "--paths needs --forecast"),
        ((PLAN, "--forecast", "x.csv"), "not both"),
        (("--now", "noon"), "noon is not a time"),
    ],
)
def test_options_that_mean_nothing_are_told(
    planned: Path, shiftcast: Shiftcast, options: tuple[str, ...], words: str
) -> None:
    result = shiftcast("track", "--workspace", planned, *options)
    assert result.exit_code == 2
    assert words in " ".join(result.output.split())
