"""staff --calibrate: what single contacts tell, beside the settings in use."""

from __future__ import annotations

import heapq
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from tests.cli.conftest import Shiftcast

DAYS = 12
AGENTS = 5


def write_calls(path: Path) -> None:
    """Twelve days from 8 to 14 o'clock: a call in 50 s on average, 150 s of talk, 30 s of
    after-call work that the file does not tell, patience 200 s."""
    rng = np.random.default_rng(8)
    rows = ["entered,queue,wait_s,outcome,handle_s,agent"]
    for day in range(DAYS):
        midnight = datetime(2026, 11, 2) + timedelta(days=day)
        clock, end = 8 * 3600.0, 14 * 3600.0
        free = [(clock, f"A{which + 1}") for which in range(AGENTS)]
        while (clock := clock + rng.exponential(50.0)) < end:
            at = f"{midnight + timedelta(seconds=round(clock)):%Y-%m-%d %H:%M:%S}"
            wait, patience = max(free[0][0] - clock, 0.0), rng.exponential(200.0)
            if patience < wait:
                rows.append(f"{at},phone,{max(round(patience), 1)},abandoned,,")
                continue
            agent = heapq.heappop(free)[1]
            talk = rng.exponential(150.0)
            rows.append(f"{at},phone,{round(wait)},answered,{max(round(talk), 1)},{agent}")
            heapq.heappush(free, (clock + wait + talk + rng.exponential(30.0), agent))
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def calibrated(shiftcast: Shiftcast, centre: Path, calls: Path) -> dict[str, Any]:
    result = shiftcast("staff", "--calibrate", calls, "--workspace", centre, "--json")
    assert result.exit_code == 0, result.output
    said: dict[str, Any] = json.loads(result.stdout)
    return said


def test_estimates_settings_and_replays(centre: Path, shiftcast: Shiftcast, tmp_path: Path) -> None:
    """Seconds are rounded in the file, so ranges are taken with a margin."""
    calls = tmp_path / "calls.csv"
    write_calls(calls)
    before = {path: path.read_bytes() for path in centre.rglob("*") if path.is_file()}
    said = calibrated(shiftcast, centre, calls)
    assert {path: path.read_bytes() for path in centre.rglob("*") if path.is_file()} == before
    (queue,) = said["queues"]
    assert (said["agents"], queue["queue"]) == (AGENTS, "phone")
    assert queue["patience_s"]["low"] * 0.97 < 200 < queue["patience_s"]["high"] * 1.03
    assert queue["handle_s"]["low"] < 150 < queue["handle_s"]["high"]
    assert 10 < queue["after_call_s"]["value"] < 30  # those longer than a minute count nothing
    assert 0.08 < queue["off_phone"]["value"] < 0.25  # 30 of 180 s
    assert queue["in_use"] == {"patience_s": 180.0, "handle_s": None, "shrinkage": 0.0}
    assert queue["paste"][0] == "# phone"
    names = [line.split(" = ")[0] for line in queue["paste"][1:]]
    assert names == ["patience_seconds", "handle_cv", "shrinkage"]
    observed, suggested = queue["replay"]["observed"], queue["replay"]["suggested"]
    assert abs(suggested["service_level"][0] - observed["service_level"][0]) < 0.01
    assert queue["check"]["days"] == 3
    assert abs(queue["check"]["predicted"]["p_wait"] - queue["check"]["observed"]["p_wait"]) < 0.08
    assert not said["shrinkage_from_roster"]


def test_people_read_a_table_and_lines_to_paste(
    centre: Path, shiftcast: Shiftcast, tmp_path: Path
) -> None:
    calls = tmp_path / "calls.csv"
    write_calls(calls)
    result = shiftcast("staff", "--calibrate", calls, "--workspace", centre)
    assert result.exit_code == 0, result.output
    for words in ("Patience, mean", "Formula, settings in use", "Check: ", "shrinkage = 0."):
        assert words in result.output


def test_a_roster_tells_who_was_absent(planned: Path, shiftcast: Shiftcast, tmp_path: Path) -> None:
    """One call on a day of the published week: the rostered agent is hardly seen."""
    shiftcast("publish", "--workspace", planned)
    calls = tmp_path / "calls.csv"
    calls.write_text(
        "entered,queue,wait_s,outcome,handle_s,agent\n"
        + "".join(
            f"2026-12-01 11:{m:02d}:00,phone,0,answered,60,A{m % 6 + 1}\n" for m in range(30)
        ),
        encoding="utf-8",
    )
    said = calibrated(shiftcast, planned, calls)
    assert said["shrinkage_from_roster"]
    assert said["shrinkage"]["value"] > 0.5
    (queue,) = said["queues"]
    assert (queue["contacts"], queue["paste"], queue["replay"]) == (30, [], None)


def test_what_cannot_be_used_is_told(centre: Path, shiftcast: Shiftcast, tmp_path: Path) -> None:
    """Interval rows; contacts without waits."""
    result = shiftcast("staff", "--calibrate", centre / "contacts.csv", "--workspace", centre)
    assert result.exit_code == 2
    assert "one row a contact" in result.output
    calls = tmp_path / "calls.csv"
    calls.write_text(
        "entered,queue,outcome,handle_s\n2026-11-02 09:00:00,phone,answered,60\n", encoding="utf-8"
    )
    result = shiftcast("staff", "--calibrate", calls, "--workspace", centre)
    assert result.exit_code == 2
    assert "how long it waited" in result.output
