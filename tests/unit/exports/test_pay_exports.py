"""hours.csv and hours_total.csv, read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from shiftcast.scheduling.planning.pay_hours import PayDays, pay_lines

from tests.unit.exports.handed import PLAN, SOURCE, table_of

HOLIDAY = PayDays(holidays=frozenset({date(2026, 12, 2)}))
PAID = replace(SOURCE, pay=pay_lines(PLAN.problem, PLAN.roster, HOLIDAY))


def test_hours_by_date_and_code() -> None:
    rows = [row for row in table_of("hours", PAID) if row["employee_id"] == "a000"]
    assert rows[2] == {
        "employee_id": "a000",
        "employee_name": "Wang Min 0",
        "team": "North",
        "date": "2026-12-02",
        "pay_code": "overtime_300",
        "rate": "3.0",
        "hours": "8.0",
    }


def test_totals_add_the_dates_up() -> None:
    rows = [row for row in table_of("hours-total", PAID) if row["employee_id"] == "a000"]
    assert [(row["pay_code"], row["hours"]) for row in rows] == [
        ("normal", "32.0"),
        ("overtime_300", "8.0"),
    ]


def test_headings_and_nothing_else_are_chinese() -> None:
    row = table_of("hours", replace(PAID, language="zh-CN"))[0]
    assert row == {
        "工号": "a000",
        "姓名": "Wang Min 0",
        "班组": "North",
        "日期": "2026-11-30",
        "薪资项目": "normal",
        "倍率": "1.0",
        "小时": "8.0",
    }
