"""Cleaning as a whole: raw rows in, a history and a report of everything that was done out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from cleaning_cases import MONDAY, raw_input, rows_of, week_shape
from shiftcast.data.calendar import Calendar, DayKind, SpecialDay
from shiftcast.data.centre import Centre
from shiftcast.data.cleaning import clean, opening_doubts
from shiftcast.data.cleaning_report import REPORT_COLUMNS, CleaningReport, FindingKind
from shiftcast.data.readers.contacts import read_tidy_history
from shiftcast.data.targets import Channel, OpeningHours, QueueProfile, ServiceTarget


def kinds(report: CleaningReport) -> dict[str, float]:
    return {finding.kind.value: finding.amount for finding in report.findings}


def test_a_clean_history_stays_as_it_is() -> None:
    rows = rows_of(week_shape(days=28))
    before = rows.copy()
    history, report = clean(raw_input(rows))
    assert report.findings == ()
    assert history.grid.days == 28
    assert history.offered.sum() == rows["offered"].sum()
    assert history.learn.all()
    pd.testing.assert_frame_equal(rows, before)  # nothing is changed in place


def test_the_grid_is_whole_local_days() -> None:
    rows = rows_of(week_shape(days=2)).iloc[9:-3]
    history, _ = clean(raw_input(rows))
    assert (history.grid.first_day, history.grid.days) == (MONDAY, 2)


def test_an_input_without_rows_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="without rows"):
        clean(raw_input(rows_of(week_shape(days=1)).iloc[:0]))


def test_days_with_a_clock_change_have_their_own_number_of_intervals() -> None:
    """Berlin, October 2026: 24 h, 25 h, 24 h; the contacts all arrive somewhere."""
    stamps = pd.date_range("2026-10-24", "2026-10-27", freq="h", tz="Europe/Berlin")[:-1]
    rows = pd.DataFrame(
        {"timestamp": stamps, "queue": "q", "source": "q", "offered": 1.0, "aht_s": 60.0,
         "minutes": 60, "row": range(2, 2 + len(stamps))}
    )  # fmt: skip
    history, report = clean(raw_input(rows, interval_min=30, tz="Europe/Berlin"))
    assert np.diff(history.grid.day_first).tolist() == [48, 50, 48]
    assert (history.offered == 0.5).all()
    assert kinds(report) == {"spread": 73.0}


def small_centre(opening: str, channel: Channel = Channel.PHONE) -> Centre:
    hours = {"office": ((480, 1080),), "always": ((0, 1440),)}[opening]
    target = ServiceTarget(deadline_min=60 if channel is Channel.EMAIL else None)
    queue = QueueProfile("q", channel, target, OpeningHours((hours,) * 7))
    return Centre("c", "UTC", 60, (queue,))


def test_contacts_while_closed_are_left_out_and_doubted_if_many() -> None:
    """Eight to eighteen: ten of the hours' 24 contacts are inside, fourteen outside, every day."""
    table = np.ones((14, 24))
    history, report = clean(raw_input(rows_of(table)), centre=small_centre("office"))
    assert history.offered.sum() == 14 * 10
    (finding,) = report.of(FindingKind.OUTSIDE_OPENING)
    assert (finding.amount, finding.queue) == (14 * 14, "q")
    (doubt,) = opening_doubts(history, report)
    assert doubt.message() == "58% of the contacts of queue q came while it was closed."


def test_a_stray_contact_while_closed_is_no_reason_for_doubt() -> None:
    table = np.zeros((14, 24))
    table[:, 8:18] = 10.0
    table[3, 20] = 1.0
    history, report = clean(raw_input(rows_of(table)), centre=small_centre("office"))
    assert kinds(report)["outside_opening"] == 1.0
    assert opening_doubts(history, report) == ()


def test_mail_arrives_while_nobody_works() -> None:
    centre = small_centre("office", Channel.EMAIL)
    history, report = clean(raw_input(rows_of(np.ones((14, 24)))), centre=centre)
    assert history.offered.sum() == 14 * 24
    assert report.findings == ()


def test_closed_days_of_the_calendar_are_zero_and_outage_days_do_not_teach() -> None:
    table = week_shape(days=28)
    calendar = Calendar(
        None,
        (
            SpecialDay(date(2026, 6, 9), date(2026, 6, 9), DayKind.CLOSED, "works outing"),
            SpecialDay(date(2026, 6, 10), date(2026, 6, 10), DayKind.OUTAGE, "power cut"),
        ),
    )
    history, report = clean(raw_input(rows_of(table)), calendar)
    assert history.daily()[0, 8] == 0.0
    assert np.flatnonzero(~history.learn[0]).tolist() == list(range(9 * 24, 10 * 24))
    assert set(kinds(report)) == {"outside_opening", "outage_day"}


def test_the_report_reads_in_both_languages() -> None:
    table = week_shape(days=28)
    table[10] = np.nan  # no rows
    table[20] = 0.0
    rows = rows_of(table)
    report = clean(raw_input(pd.concat([rows, rows.iloc[:3]])))[1]
    for language in ("en", "zh-CN"):
        frame = report.frame(language)
        assert tuple(frame.columns) == REPORT_COLUMNS
        assert (frame["finding"].str.len() > 0).all()
        assert (frame["action"].str.len() > 0).all()
    assert report.frame()["kind"].tolist() == ["repeated_rows", "gap", "collapsed_day"]
    gap = report.frame().iloc[1]
    assert (gap["first"], gap["last"]) == ("2026-06-11 00:00", "2026-06-11 23:00")


def test_every_kind_of_finding_has_its_words() -> None:
    from shiftcast.data.messages import catalogue

    for language in ("en", "zh-CN"):
        for kind in FindingKind:
            assert f"cleaning.{kind.value}" in catalogue(language)
            assert f"cleaning.{kind.value}.action" in catalogue(language)


def test_from_a_file_to_a_history(tmp_path: Path) -> None:
    """Quarter hours of one day, read at 30 minutes: 4 × 15 min give 2 × 30 min."""
    path = tmp_path / "h.csv"
    path.write_text(
        "timestamp,queue,offered,aht_s\n2026-06-01 08:00,q,1,100\n2026-06-01 08:15,q,3,200\n"
        "2026-06-01 08:30,q,2,\n2026-06-01 08:45,q,0,\n",
        encoding="utf-8",
    )
    history, _ = clean(read_tidy_history(path, interval_min=30))
    assert history.offered[0, 16:18].tolist() == [4.0, 2.0]
    assert history.aht_s[0, 16] == 175.0  # (1 × 100 + 3 × 200) / 4
    assert np.isnan(history.aht_s[0, 17])
