"""Rows that are there twice."""

from __future__ import annotations

import numpy as np
import pandas as pd
from cleaning_cases import rows_of
from shiftcast.data.cleaning_report import FindingKind
from shiftcast.data.cleaning_rows import without_duplicates


def doubled(changed: float | None = None, count: int = 2) -> pd.DataFrame:
    """A day of ones with its first `count` rows once more at the end, their volume `changed`."""
    rows = rows_of(np.ones((1, 24)))
    again = rows.iloc[:count].assign(row=range(100, 100 + count))
    return pd.concat([rows, again if changed is None else again.assign(offered=changed)])


def test_identical_rows_are_kept_once() -> None:
    rows, findings = without_duplicates(doubled())
    assert len(rows) == 24
    assert [(f.kind, f.amount) for f in findings] == [(FindingKind.REPEATED_ROWS, 2.0)]


def test_of_two_values_the_later_row_is_kept() -> None:
    rows, findings = without_duplicates(doubled(5.0))
    assert len(rows) == 24
    assert sorted(rows["offered"])[-2:] == [5.0, 5.0]
    assert [f.kind for f in findings] == [FindingKind.CONFLICTING_ROWS] * 2
    assert "(1 / 5; rows 2, 100)" in findings[0].finding()


def test_many_conflicts_are_told_together() -> None:
    rows = rows_of(np.ones((10, 24)))
    again = rows.iloc[:30].assign(offered=2.0, row=range(500, 530))
    _, findings = without_duplicates(pd.concat([rows, again]))
    assert len(findings) == 21
    assert findings[-1].amount == 10.0


def test_where_nearly_all_intervals_have_several_rows_they_are_parts() -> None:
    """As in an export by channel: every hour has a row of 1 at 100 s and one of 3 at 200 s."""
    rows = rows_of(np.ones((2, 24)))
    parts = pd.concat([rows, rows.assign(offered=3.0, aht_s=200.0, row=rows["row"] + 100)])
    found, findings = without_duplicates(parts)
    assert found["offered"].tolist() == [4.0] * 48
    assert found["aht_s"].tolist() == [175.0] * 48  # (1 × 100 + 3 × 200) / 4
    assert [(f.kind, f.amount) for f in findings] == [(FindingKind.SPLIT_ROWS, 96.0)]


def test_rows_of_two_names_that_are_one_queue_are_no_duplicates() -> None:
    one = rows_of(np.ones((1, 24)))
    two = one.assign(source="other name")
    rows, findings = without_duplicates(pd.concat([one, two]))
    assert len(rows) == 48
    assert findings == []


def test_rows_without_a_volume_are_left_out() -> None:
    rows = rows_of(np.ones((1, 24)))
    blank = rows.assign(offered=np.where(np.arange(24) == 3, np.nan, rows["offered"]))
    assert len(without_duplicates(blank)[0]) == 23
