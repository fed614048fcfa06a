"""forecast --explain: where a forecast comes from, for people, for programs, and kept by a plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from shiftcast.data.messages import text

from tests.cli.conftest import MONDAY, Shiftcast, contacts

CALENDAR = (
    "date,end_date,kind,name,type,phase,size,effect,queue\n"
    "2026-12-01,2026-12-02,promotion,Winter sale,sale,,,1.5,\n"
)
ADJUSTMENTS = (
    "from,to,queue,from_time,to_time,percent,contacts,reason\n"
    "2026-12-03,2026-12-03,phone,08:00,10:00,,3,A mailing\n"
)
EVENTS_HEADING, CHANGES_HEADING = text("explain.events"), text("explain.adjustments")


@pytest.fixture
def busy(centre: Path) -> Path:
    """The small centre with a promotion whose effect is stated, and an adjustment."""
    (centre / "calendar.csv").write_text(CALENDAR)
    (centre / "adjustments.csv").write_text(ADJUSTMENTS)
    return centre


def explained(shiftcast: Shiftcast, *options: object) -> dict[str, Any]:
    result = shiftcast("forecast", *options, "--explain", "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_programs_get_days_events_adjustments_and_methods(busy: Path, shiftcast: Shiftcast) -> None:
    """108 contacts a day (six hours with 12, six with 6); half as many again on two days, and on
    Thursday 3 more in each of two intervals of an hour."""
    found = explained(shiftcast, "--workspace", busy)
    assert found["schema_version"] == 1
    (phone,) = found["explanation"]
    assert phone["queue"] == "phone"
    tuesday, thursday = phone["days"][1], phone["days"][3]
    assert tuesday["level"] == pytest.approx(108, rel=0.05)
    assert tuesday["factors"]["promotion"] == pytest.approx(1.5)
    assert tuesday["model"] == pytest.approx(162, rel=0.05)
    assert thursday["adjustments"] == pytest.approx(6)
    assert thursday["forecast"] == pytest.approx(thursday["model"] + 6)
    (sale,) = phone["events"]
    assert (sale["label"], sale["source"], sale["factor"]) == ("Winter sale", "stated", 1.5)
    assert sale["contacts"] == pytest.approx(108, rel=0.05)
    (mailing,) = phone["adjustments"]
    assert (mailing["reason"], mailing["each_interval"]) == ("A mailing", 3.0)
    assert sum(member["weight"] for member in phone["members"]) == pytest.approx(1)
    assert [day["mean"] for day in found["days"]] == [day["forecast"] for day in phone["days"]]


def test_people_get_tables_and_sentences(busy: Path, shiftcast: Shiftcast) -> None:
    result = shiftcast("forecast", "--workspace", busy, "--explain", "--queue", "phone")
    assert result.exit_code == 0, result.output
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert "phone: where the forecast comes from" in lines
    heading = next(line for line in lines if line.startswith("Day "))
    assert heading == "Day Average day Promotions Model Your changes Forecast"
    (tuesday,) = (line for line in lines if line.startswith("Tue 1 Dec 1"))
    assert "+50%" in tuesday
    assert "A mailing: +3 contacts an interval, Thu 3 Dec, 08:00–10:00 (+6 contacts)" in lines
    (sale,) = (line for line in lines if line.startswith("Winter sale"))
    assert "1–2 Dec stated by you +50%" in sale
    assert any(line.startswith("One method: trend") for line in lines)


def test_chinese_columns_line_up(busy: Path, shiftcast: Shiftcast) -> None:
    """Every line of a table is as wide as its ruler: Chinese characters count as two cells."""
    result = shiftcast("forecast", "--workspace", busy, "--explain", "--lang", "zh-CN")
    lines = result.stdout.splitlines()
    ruler = next(number for number, line in enumerate(lines) if line.startswith("──"))
    assert lines[ruler - 1].startswith("日期")
    days = lines[ruler + 1 : ruler + 8]
    assert {cell_len(line) for line in (lines[ruler - 1], *days)} == {cell_len(lines[ruler])}


def test_the_plain_forecast_tells_in_a_line_what_an_event_adds(
    busy: Path, shiftcast: Shiftcast
) -> None:
    result = shiftcast("forecast", "--workspace", busy)
    (line,) = (line for line in result.stdout.splitlines() if "Winter sale" in line)
    assert line.startswith("  Winter sale (1–2 Dec): phone +10")
    assert line.endswith("(+50%)")
    assert CHANGES_HEADING not in result.stdout


def test_nothing_is_said_of_events_where_there_are_none(centre: Path, shiftcast: Shiftcast) -> None:
    result = shiftcast("forecast", "--workspace", centre)
    assert EVENTS_HEADING not in result.stdout.splitlines()


def test_a_tidy_history_is_explained_too(tmp_path: Path, shiftcast: Shiftcast) -> None:
    history = tmp_path / "history.csv"
    history.write_text(contacts() + contacts().replace("phone", "chat").partition("\n")[2])
    options = ("--history", history, "--start", MONDAY, "--days", 2)
    found = explained(shiftcast, *options)
    assert [part["queue"] for part in found["explanation"]] == ["phone", "chat"]
    assert found["explanation"][0]["adjustments"] == []
    found = explained(shiftcast, *options, "--queue", "chat")
    assert [part["queue"] for part in found["explanation"]] == ["chat"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--queue", "phone"), "--queue needs --explain"),
        (("--explain", "--queue", "fax"), "There is no queue fax. Name one of these with --queue"),
    ],
)
def test_what_cannot_be_explained_is_told(
    centre: Path, shiftcast: Shiftcast, options: tuple[str, ...], words: str
) -> None:
    result = shiftcast("forecast", "--workspace", centre, *options)
    assert result.exit_code == 2
    assert words in result.stderr


def test_a_plan_keeps_it_and_its_report_shows_it_again(busy: Path, shiftcast: Shiftcast) -> None:
    assert shiftcast("plan", "--workspace", busy, "--quiet").exit_code == 0
    (folder,) = (busy / "plans").iterdir()
    kept = json.loads((folder / "forecast_parts.json").read_text(encoding="utf-8"))["queues"]
    assert [event["label"] for event in kept[0]["events"]] == ["Winter sale"]
    page = busy / "again.html"
    assert shiftcast("report", "--workspace", busy, "--output", page).exit_code == 0
    section = page.read_text(encoding="utf-8").partition('id="parts"')[2].partition("</section>")[0]
    for words in ("Winter sale", "stated by you", "A mailing: +3 contacts an interval", "+50%"):
        assert words in section
    # An older plan has no such file: its report does without.
    (folder / "forecast_parts.json").unlink()
    assert shiftcast("report", "--workspace", busy, "--output", page).exit_code == 0
    assert text("explain.untold") in page.read_text(encoding="utf-8")
