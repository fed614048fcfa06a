"""One row a contact → records, and the intervals that count them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from said_to_planner import told
from shiftcast.data.cleaning_report import FindingKind
from shiftcast.data.errors import InputError
from shiftcast.data.readers.contacts import read_history
from shiftcast.data.readers.history_input import HistoryInput
from shiftcast.data.readers.settings import ContactSettings, DemandBasis

LOG = """\
call id,entry_ts,queue,q_time,ser_time,outcome,agent
1,2026-11-02 08:01:10,phone,10,200,AGENT,A1
2,2026-11-02 08:14:59,phone,3,0,HANG,
3,2026-11-02 08:07:00,phone,60,0,HANG,
4,2026-11-02 08:15:00,phone,0,100,AGENT,A2
5,2026-11-02 08:16:00,phone,0,0,PHANTOM,
4,2026-11-02 08:15:00,phone,0,100,AGENT,A2
"""


def read(
    tmp_path: Path,
    text: str,
    settings: ContactSettings | None = None,
    tz: str = "Asia/Shanghai",
    interval_min: int | None = None,
) -> HistoryInput:
    path = tmp_path / "calls.csv"
    path.write_text(text, encoding="utf-8")
    return read_history(path, settings, tz=tz, interval_min=interval_min)


def test_records_in_order_of_entry(tmp_path: Path) -> None:
    history = read(tmp_path, LOG)
    assert history.records is not None
    frame = history.records.frame
    assert frame["answered"].tolist() == [True, False, False, True]
    np.testing.assert_equal(frame["handle_s"].to_numpy(), [200.0, np.nan, np.nan, 100.0])
    assert frame["wait_s"].tolist() == [10.0, 60.0, 3.0, 0.0]
    assert frame["agent"].tolist() == ["A1", "", "", "A2"]
    assert {note.kind: note.amount for note in history.notes} == {
        FindingKind.NOT_CONTACTS: 1.0,
        FindingKind.REPEATED_CONTACTS: 1.0,
    }


@pytest.mark.parametrize(
    ("settings", "offered"),
    [
        (ContactSettings(), [3.0, 1.0]),
        (ContactSettings(demand=DemandBasis.HANDLED), [1.0, 1.0]),
        (ContactSettings(short_abandon_weight=0.0), [2.0, 1.0]),  # 3 s is short, 60 s is not
        (ContactSettings(short_abandon_weight=0.0, short_abandon_s=90), [1.0, 1.0]),
    ],
)
def test_intervals_count_them(
    tmp_path: Path, settings: ContactSettings, offered: list[float]
) -> None:
    history = read(tmp_path, LOG, settings)
    assert history.interval_min == 15
    assert [f"{stamp:%H:%M}" for stamp in history.raw["timestamp"]] == ["08:00", "08:15"]
    assert history.raw["offered"].tolist() == offered
    assert history.raw["aht_s"].tolist() == [200.0, 100.0]


def test_hours_begin_where_the_local_clock_says(tmp_path: Path) -> None:
    """Kathmandu is 5 h 45 min ahead of UTC: 08:59 local belongs to 08:00 local all the same."""
    history = read(
        tmp_path, "entered,queue,outcome\n2026-11-02 08:59:30,p,answered\n", None,
        "Asia/Kathmandu", 60,
    )  # fmt: skip
    assert history.raw["timestamp"][0].isoformat() == "2026-11-02T08:00:00+05:45"


def test_talk_hold_and_wrap_make_the_handle_time(tmp_path: Path) -> None:
    text = "进线时间,技能组,通话时长,保持时长,话后处理时长\n2026-11-02 08:00:05,热线,60,,20\n"
    history = read(tmp_path, text)
    assert history.records is not None
    assert history.records.frame["handle_s"].tolist() == [80.0]
    assert history.records.frame["answered"].tolist() == [True]


def test_without_outcomes_whoever_was_handled_was_answered(tmp_path: Path) -> None:
    text = "entered,queue,handle_s\n2026-11-02 08:00,p,60\n2026-11-02 08:01,p,0\n"
    history = read(tmp_path, text)
    assert history.records is not None
    assert history.records.frame["answered"].tolist() == [True, False]
    only_waits = read(tmp_path, "entered,queue,wait_s\n2026-11-02 08:00,p,60\n")
    assert only_waits.records is not None
    assert only_waits.records.frame["answered"].tolist() == [True]


def test_unknown_outcomes_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read(tmp_path, "entered,queue,outcome\n2026-11-02 08:00,p,whatever\n")
    assert told(error.value.problems) == [("input.unknown_outcome", 2, "outcome")]


def test_the_second_pass_of_a_repeated_hour_begins_where_the_clock_goes_back(
    tmp_path: Path,
) -> None:
    """Berlin, 2026-10-25: 02:50 and then 02:10 can only be the second pass."""
    rows = ["02:05", "02:50", "02:10", "02:40", "03:05"]
    lines = "".join(f"2026-10-25 {row},p,answered\n" for row in rows)
    history = read(tmp_path, "entered,queue,outcome\n" + lines, None, "Europe/Berlin", 60)
    hours = [
        (stamp.isoformat()[11:16], stamp.isoformat()[19:]) for stamp in history.raw["timestamp"]
    ]
    assert hours == [("02:00", "+02:00"), ("02:00", "+01:00"), ("03:00", "+01:00")]
    assert history.raw["offered"].tolist() == [2.0, 2.0, 1.0]
    assert [note.kind for note in history.notes] == [FindingKind.REPEATED_HOUR]


def test_where_nothing_tells_the_passes_apart_they_share_the_contacts(tmp_path: Path) -> None:
    rows = ["02:05", "02:15", "02:25", "02:35"]
    lines = "".join(f"2026-10-25 {row},p,answered\n" for row in rows)
    history = read(tmp_path, "entered,queue,outcome\n" + lines, None, "Europe/Berlin", 60)
    assert history.raw["offered"].tolist() == [2.0, 2.0]
