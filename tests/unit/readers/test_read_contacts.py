"""Contact exports of many shapes → tidy rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from openpyxl import Workbook
from said_to_planner import told
from shiftcast.data.cleaning_report import FindingKind
from shiftcast.data.errors import InputError
from shiftcast.data.readers.contacts import read_history, read_tidy_history
from shiftcast.data.readers.history_input import HistoryInput
from shiftcast.data.readers.settings import ContactSettings, DemandBasis, Unit


def write(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "contacts.csv"
    path.write_bytes(text.encode(encoding))
    return path


def read(
    tmp_path: Path,
    text: str,
    settings: ContactSettings | None = None,
    tz: str | None = "Asia/Shanghai",
    interval_min: int | None = None,
    queues: Sequence[str] | None = None,
) -> HistoryInput:
    path = write(tmp_path, text)
    return read_history(path, settings, tz=tz, interval_min=interval_min, queues=queues)


def faults(
    tmp_path: Path,
    text: str,
    settings: ContactSettings | None = None,
    tz: str | None = "Asia/Shanghai",
    queues: Sequence[str] | None = None,
) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(InputError) as error:
        read(tmp_path, text, settings, tz, queues=queues)
    return told(error.value.problems)


def test_tidy_rows_on_a_bare_clock(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "timestamp,queue,offered,aht_s\n"
        "2026-11-02 08:00:00,phone,3,200\n2026-11-02T08:30:00,phone,0,\n"
        "2026-11-02 08:30,chat,2.5,03:25\n",
    )
    history = read_tidy_history(path)
    assert (history.tz, history.interval_min, history.queues) == ("UTC", 30, ("phone", "chat"))
    assert history.raw["offered"].tolist() == [3.0, 0.0, 2.5]
    # Nobody was handled in the second row, so it has no handle time; 03:25 is 205 s.
    np.testing.assert_equal(history.raw["aht_s"].to_numpy(), [200.0, np.nan, 205.0])
    assert history.raw["row"].tolist() == [2, 3, 4]
    assert history.raw["timestamp"][0] == pd.Timestamp("2026-11-02 08:00", tz="UTC")


@pytest.mark.parametrize(
    ("step", "grain"), [("5min", 5), ("15min", 15), ("30min", 30), ("1h", 60), ("1D", 1440)]
)
def test_the_grain_is_found_from_the_rows(tmp_path: Path, step: str, grain: int) -> None:
    stamps = pd.date_range("2026-11-02", periods=60, freq=step)
    lines = "".join(f"{stamp},phone,1\n" for stamp in stamps)
    history = read_tidy_history(write(tmp_path, "timestamp,queue,offered\n" + lines))
    assert history.interval_min == grain
    assert set(history.raw["minutes"]) == {grain}


def test_a_chinese_export_in_gbk(tmp_path: Path) -> None:
    text = (
        "统计日期,时段,技能组,呼入量,应答量,放弃量,平均通话时长,平均话后处理时长\n"
        "2026年11月2日,08:00-08:30,热线,１２,10,2,00:03:00,20\n"
        "2026年11月2日,08:30-09:00,热线,8,8,0,00:03:10,\n"
    )
    path = write(tmp_path, text, "gbk")
    settings = ContactSettings(queues={"热线": "phone"})
    history = read_history(path, settings, tz="Asia/Shanghai", queues=["phone"])
    assert history.raw["offered"].tolist() == [12.0, 8.0]
    assert history.raw["aht_s"].tolist() == [200.0, 190.0]  # talk 180 + wrap 20; 190 alone
    assert history.raw["timestamp"][1].isoformat() == "2026-11-02T08:30:00+08:00"
    assert history.headings["talk_s"] == "平均通话时长"


def test_a_workbook_reads_as_a_csv_does(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Date and Time", "Queue", "Calls Presented"])
    for minute in (0, 15, 30):
        sheet.append([datetime(2026, 11, 2, 8, minute), "phone", minute])
    book.save(tmp_path / "contacts.xlsx")
    history = read_tidy_history(tmp_path / "contacts.xlsx")
    assert history.raw["offered"].tolist() == [0.0, 15.0, 30.0]
    assert history.interval_min == 15


@pytest.mark.parametrize("heading", ["咨询人数", "会话总量", "轮次", "消息量", "接待量"])
def test_a_platforms_count_has_to_be_given_its_unit(tmp_path: Path, heading: str) -> None:
    text = f"时间,技能组,{heading}\n2026-11-02 08:00,客服,5\n"
    with pytest.raises(InputError) as error:
        read(tmp_path, text)
    assert told(error.value.problems) == [("input.unit_open", None, heading)]
    assert f"'{heading}' may count" in str(error.value)
    assert "[contacts]" in str(error.value)
    history = read(tmp_path, text, ContactSettings(unit=Unit.PEOPLE))
    assert history.raw["offered"].tolist() == [5.0]


@pytest.mark.parametrize(
    ("header", "row", "aht_s"),
    [
        ("offered,handled,total handle time", "5,4,800", 200.0),  # 800 / 4
        ("offered,handled,total talk time,total hold time,total acw", "5,4,600,40,160", 200.0),
        ("offered,avg talk time,avg hold time,avg after call", "5,150,10,40", 200.0),
        ("offered,AHT (min)", "5,3.5", 210.0),
        ("offered,handled,aht", "5,0,200", np.nan),  # nobody was handled
        ("offered,aht,avg talk time", "5,200,999", 200.0),  # the mean itself goes first
    ],
)
def test_handle_time_from_its_parts(tmp_path: Path, header: str, row: str, aht_s: float) -> None:
    history = read(tmp_path, f"timestamp,queue,{header}\n2026-11-02 08:00,phone,{row}\n")
    np.testing.assert_equal(history.raw["aht_s"].to_numpy(), [aht_s])


@pytest.mark.parametrize(
    ("settings", "demand"),
    [
        (ContactSettings(), 10.0),
        (ContactSettings(demand=DemandBasis.HANDLED), 7.0),
        (ContactSettings(short_abandon_weight=0.0), 8.0),  # 2 short abandons do not count
        (ContactSettings(short_abandon_weight=0.5), 9.0),
    ],
)
def test_what_counts_as_demand(tmp_path: Path, settings: ContactSettings, demand: float) -> None:
    text = (
        "timestamp,queue,offered,handled,abandoned,short abandons\n"
        "2026-11-02 08:00,phone,10,7,3,2\n"
    )
    assert read(tmp_path, text, settings).raw["offered"].tolist() == [demand]


def test_offered_from_handled_and_abandoned_or_handled_alone(tmp_path: Path) -> None:
    both = read(tmp_path, "timestamp,queue,handled,abandoned\n2026-11-02 08:00,p,7,3\n")
    assert both.raw["offered"].tolist() == [10.0]
    assert [note.kind for note in both.notes] == [FindingKind.HANDLED_AND_ABANDONED]
    alone = read(tmp_path, "timestamp,queue,handled\n2026-11-02 08:00,p,7\n")
    assert alone.raw["offered"].tolist() == [7.0]
    assert [note.kind for note in alone.notes] == [FindingKind.ONLY_HANDLED]


def test_every_faulty_row_is_told(tmp_path: Path) -> None:
    text = (
        "timestamp,queue,offered,aht_s\n"
        "2026-11-02 08:00,phone,-3,200\n"
        "2026-11-02 08:15,phone,many,-200\n"
        "2026-11-02 08:30,phone,1e12,200\n"
        "2026-11-02 08:45,phone,5,99999999\n"
        "2026-02-30 09:00,,5,200\n"
    )
    assert sorted(faults(tmp_path, text), key=lambda fault: (fault[1] or 0, fault[0])) == [
        ("input.negative_contacts", 2, "offered"),
        ("input.bad_number", 3, "offered"),
        ("input.negative_duration", 3, "aht_s"),
        ("input.absurd_contacts", 4, "offered"),
        ("input.absurd_duration", 5, "aht_s"),
        ("input.blank_cell", 6, "queue"),
        ("input.no_such_date", 6, "timestamp"),
    ]


def test_stamps_that_cannot_be(tmp_path: Path) -> None:
    text = "timestamp,queue,offered\n2026-02-30 08:00,p,1\n,p,1\nsoon,p,1\n2026-11-02 08:00,,1\n"
    assert faults(tmp_path, text) == [
        ("input.blank_cell", 3, "timestamp"),
        ("input.bad_stamp", 4, "timestamp"),
        ("input.no_such_date", 2, "timestamp"),
        ("input.blank_cell", 5, "queue"),
    ]


def test_many_rows_with_one_fault_are_counted(tmp_path: Path) -> None:
    text = "timestamp,queue,offered\n" + "2026-11-02 08:00,p,-1\n" * 25
    found = faults(tmp_path, text)
    assert found[:10] == [("input.negative_contacts", row, "offered") for row in range(2, 12)]
    assert found[10:] == [("input.more_like_this", None, "offered")]


def test_missing_columns_are_told_together(tmp_path: Path) -> None:
    assert faults(tmp_path, "when,volume_x\n2026-11-02 08:00,1\n") == [
        ("input.missing_field", None, "timestamp"),
        ("input.missing_field", None, "queue"),
        ("input.missing_field", None, "offered"),
    ]
    settings = ContactSettings(demand=DemandBasis.HANDLED)
    assert faults(tmp_path, "timestamp,queue,offered\n2026-11-02 08:00,p,1\n", settings) == [
        ("input.missing_field", None, "handled")
    ]


def test_one_queue_needs_no_queue_column(tmp_path: Path) -> None:
    text = "timestamp,offered\n2026-11-02 08:00,1\n"
    assert read(tmp_path, text, queues=["phone"]).raw["queue"].tolist() == ["phone"]
    assert faults(tmp_path, text, queues=["phone", "chat"])[0][0] == "input.missing_field"


def test_queues_are_mapped_and_unknown_ones_left_out_with_a_note(tmp_path: Path) -> None:
    text = (
        "timestamp,queue,offered\n2026-11-02 08:00,Hotline A,1\n2026-11-02 08:00,Hotline B,2\n"
        "2026-11-02 08:00,CHAT,4\n2026-11-02 08:00,fax,8\n"
    )
    settings = ContactSettings(queues={"hotline a": "phone", "Hotline B": "phone"})
    history = read(tmp_path, text, settings, queues=["phone", "chat"])
    assert history.raw["queue"].tolist() == ["phone", "phone", "chat"]
    assert history.raw["source"].tolist() == ["Hotline A", "Hotline B", "CHAT"]
    assert [(note.kind, note.queue, note.amount) for note in history.notes] == [
        (FindingKind.UNKNOWN_QUEUE, "fax", 1.0)
    ]


def test_a_queue_without_rows_is_an_error_that_names_its_likely_name(tmp_path: Path) -> None:
    text = "timestamp,queue,offered\n2026-11-02 08:00,phone,1\n2026-11-02 08:00,chats,1\n"
    with pytest.raises(InputError) as error:
        read(tmp_path, text, queues=["phone", "chat"])
    assert told(error.value.problems) == [("input.queue_without_rows", None, "queue")]
    assert "names that are not planned: chats" in str(error.value)


def test_one_offset_is_converted_to_the_centres_zone(tmp_path: Path) -> None:
    for stamp in ("2026-11-02T00:00:00Z", "2026-11-02T02:00+02:00", "1793577600"):
        history = read(tmp_path, f"timestamp,queue,offered\n{stamp},p,1\n")
        assert history.raw["timestamp"][0].isoformat() == "2026-11-02T08:00:00+08:00"


def test_a_heading_that_says_utc_is_believed(tmp_path: Path) -> None:
    text = "Interval Start UTC Date,Queue,Offered\n2026-11-02 00:00,p,1\n"
    assert read(tmp_path, text).raw["timestamp"][0].isoformat() == "2026-11-02T08:00:00+08:00"


def test_mixed_offsets_name_the_rows_of_each(tmp_path: Path) -> None:
    text = (
        "timestamp,queue,offered\n2026-11-02T08:00+08:00,p,1\n2026-11-02T08:15+08:00,p,1\n"
        "2026-11-02T08:30+09:00,p,1\n2026-11-02T08:45,p,1\n"
    )
    for tz in ("Asia/Shanghai", None):
        with pytest.raises(InputError) as error:
            read(tmp_path, text, tz=tz)
        assert told(error.value.problems) == [("input.mixed_offsets", 4, "timestamp")]
        assert "+08:00: 2, 3; +09:00: 4; —: 5" in str(error.value)


def test_the_two_offsets_of_the_centres_own_clock_are_no_mixture(tmp_path: Path) -> None:
    text = "timestamp,queue,offered\n2026-10-24T08:00+02:00,p,1\n2026-10-26T08:00+01:00,p,2\n"
    history = read(tmp_path, text, tz="Europe/Berlin")
    assert [stamp.hour for stamp in history.raw["timestamp"]] == [8, 8]


def test_an_hour_that_the_clock_skips_is_added_an_hour_later(tmp_path: Path) -> None:
    """Berlin goes from 02:00 to 03:00 on 2026-03-29."""
    text = (
        "timestamp,queue,offered,aht_s\n2026-03-29 01:00,p,1,100\n2026-03-29 02:00,p,6,100\n"
        "2026-03-29 02:30,p,0,\n2026-03-29 03:00,p,2,180\n2026-03-29 03:30,p,5,90\n"
    )
    history = read(tmp_path, text, tz="Europe/Berlin")
    found = history.raw.sort_values("timestamp")
    assert [stamp.isoformat()[11:] for stamp in found["timestamp"]] == [
        "01:00:00+01:00", "03:00:00+02:00", "03:30:00+02:00",
    ]  # fmt: skip
    assert found["offered"].tolist() == [1.0, 8.0, 5.0]
    assert found["aht_s"].tolist()[1] == 120.0  # (6 × 100 + 2 × 180) / 8
    assert [(note.kind, note.amount) for note in history.notes] == [(FindingKind.SKIPPED_HOUR, 1.0)]


def test_an_hour_that_the_clock_repeats(tmp_path: Path) -> None:
    """Berlin shows 02:00–03:00 twice on 2026-10-25. Two rows: in order; one row: both halves."""
    text = (
        "timestamp,queue,offered\n2026-10-25 02:00,p,10\n2026-10-25 02:30,p,8\n"
        "2026-10-25 02:00,p,4\n2026-10-25 03:00,p,7\n"
    )
    history = read(tmp_path, text, tz="Europe/Berlin")
    found = {
        stamp.isoformat()[11:]: contacts
        for stamp, contacts in zip(history.raw["timestamp"], history.raw["offered"], strict=True)
    }
    assert found == {
        "02:00:00+02:00": 10.0,
        "02:00:00+01:00": 4.0,
        "02:30:00+02:00": 4.0,
        "02:30:00+01:00": 4.0,
        "03:00:00+01:00": 7.0,
    }
    assert [(note.kind, note.amount) for note in history.notes] == [
        (FindingKind.REPEATED_HOUR, 3.0)
    ]


def test_a_stray_row_off_the_grid_is_told(tmp_path: Path) -> None:
    stamps = pd.date_range("2026-11-02", periods=400, freq="15min")
    lines = "".join(f"{stamp},p,1\n" for stamp in stamps)
    text = f"timestamp,queue,offered\n{lines}2026-11-07 08:07,p,1\n"
    assert faults(tmp_path, text) == [("input.off_interval", 402, "timestamp")]


def test_a_grain_that_does_not_fit_the_interval(tmp_path: Path) -> None:
    text = "timestamp,queue,offered\n2026-11-02 08:00,p,1\n2026-11-02 08:20,p,1\n"
    with pytest.raises(InputError) as error:
        read(tmp_path, text, interval_min=15)
    assert told(error.value.problems) == [("input.grain", None, None)]
    assert "20 minutes a row" in str(error.value)


def test_blank_volumes_are_missing_rows(tmp_path: Path) -> None:
    text = "timestamp,queue,offered\n2026-11-02 08:00,p,\n2026-11-02 08:15,p,--\n"
    history = read(tmp_path, text)
    assert history.raw["offered"].isna().all()
    assert [(note.kind, note.amount) for note in history.notes] == [
        (FindingKind.BLANK_VOLUMES, 2.0)
    ]


def test_a_large_text_file_with_other_columns_is_refused_by_its_heading(tmp_path: Path) -> None:
    """Its body is never looked at: here it would not even be text."""
    path = tmp_path / "contacts.csv"
    with path.open("wb") as file:
        file.write(b"name,city,colour\n" + b"Ann,Ulm,red\n" * 10_000)
        file.truncate(200_000_000)
    with pytest.raises(InputError) as error:
        read_tidy_history(path)
    assert {code for code, _, _ in told(error.value.problems)} == {"input.missing_field"}
