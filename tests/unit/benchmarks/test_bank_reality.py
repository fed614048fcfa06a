"""The bank's calls, read as its traps demand, and a prediction from a small file."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from benchmarks import bank_reality

HEADING = "entry_ts,queue_ts,type,priority,vru_time,q_time,outcome,ser_time,agent"


def test_what_is_no_contact_is_left_out(tmp_path: Path) -> None:
    """A phantom call, one that hung up in the voice menu, and one that gave up after 17 s; of the
    answered ones, the second tells no service time and the third no agent."""
    calls = tmp_path / "calls.csv"
    rows = [
        "1999-01-03 09:00:00,1999-01-03 09:00:05,PS,2,5,0,AGENT,120,A01",
        "1999-01-03 09:01:00,1999-01-03 09:01:05,PS,2,5,30,AGENT,0,A02",
        "1999-01-03 09:02:00,1999-01-03 09:02:05,PS,2,5,10,AGENT,60,",
        "1999-01-03 09:03:00,1999-01-03 09:03:05,PS,2,5,17,HANG,0,",
        "1999-01-03 09:04:00,1999-01-03 09:04:05,PS,2,5,0,HANG,0,",
        "1999-01-03 09:05:00,1999-01-03 09:05:05,PS,2,5,80,PHANTOM,0,",
    ]
    calls.write_text("\n".join([HEADING, *rows]) + "\n", encoding="utf-8")
    log = bank_reality.read_calls(calls)
    assert log.wait_s.tolist() == [0.0, 30.0, 10.0, 17.0]
    assert log.answered.tolist() == [True, True, True, False]
    assert np.isnan(log.handle_s).tolist() == [False, True, False, True]
    assert log.agent.tolist() == [0, 1, -1, -1]


def test_later_days_are_predicted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One agent, a call each 100 s on average of 90 s: three days teach, the fourth is told."""
    rng = np.random.default_rng(1)
    rows = [HEADING]
    for day in range(4):
        start = datetime(1999, 1, 3, 9) + timedelta(days=day)
        clock, free = 0.0, 0.0
        while (clock := clock + rng.exponential(100.0)) < 4 * 3600:
            at = f"{start + timedelta(seconds=int(clock)):%Y-%m-%d %H:%M:%S}"
            wait, patience = max(free - clock, 0.0), rng.exponential(120.0)
            if patience < wait:
                rows.append(f"{at},{at},PS,0,0,{max(int(patience), 1)},HANG,0,")
                continue
            talk = 1 + rng.exponential(90.0)
            free = clock + wait + talk
            rows.append(f"{at},{at},PS,0,0,{int(wait)},AGENT,{int(talk)},A01")
    calls = tmp_path / "calls.csv"
    calls.write_text("\n".join(rows) + "\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["bank_reality", str(calls), "--train-until", "1999-01-06"])
    bank_reality.main()
    said = json.loads(capsys.readouterr().out)
    assert said["learned"]["before"] == "1999-01-06"
    assert [day["date"] for day in said["days"]] == ["1999-01-06"]
    assert {row["start"][:10] for row in said["intervals"]} == {"1999-01-06"}
    assert [row["hour"] for row in said["hours"]] == [9, 10, 11, 12]
    aggregate = said["aggregate"]
    assert aggregate["offered"] == sum(row["offered"] for row in said["intervals"])
    assert abs(aggregate["p_wait"]["bias"]) < 0.2
    assert set(aggregate) == {
        "offered",
        "p_wait",
        "mean_wait_s",
        "abandonment",
        "service_level_20s",
        "service_level_60s",
    }
