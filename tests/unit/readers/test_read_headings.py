"""Headings of contact exports, English and Chinese."""

from __future__ import annotations

from collections import Counter

import pytest
from shiftcast.data.errors import Problems
from shiftcast.data.readers.contact_fields import ALIASES, OPEN_UNITS
from shiftcast.data.readers.headings import (
    counts_utc,
    find_fields,
    normal,
    seconds_a_unit,
)


def fields_of(headings: list[str], mapping: dict[str, str] | None = None) -> dict[str, str]:
    problems = Problems()
    found = find_fields("c.csv", headings, mapping or {}, problems)
    assert not len(problems), [str(problem) for problem in problems]
    return dict(found.heading)


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (
            ["Interval Start UTC Date", "Queue", "Contacts Offered", "Interactions Handled",
             "Abandons", "Average handle time in seconds"],
            ["timestamp", "queue", "offered", "handled", "abandoned", "aht_s"],
        ),
        (
            ["Date", "Period", "Split/Skill", "ACD CALLS", "Num Calls Aband", "Avg Talk Time"],
            ["date", "time", "queue", "handled", "abandoned", "talk_s"],
        ),
        (
            ["date_id", "hour_id", "minute_id", "group_name", "inline_cnt", "ready_cnt"],
            ["date", "hour", "minute", "queue", "offered", "handled"],
        ),
        (
            ["统计日期", "时段", "技能组", "呼入量", "应答量", "放弃量", "平均通话时长",
             "平均话后处理时长"],
            ["date", "time", "queue", "offered", "handled", "abandoned", "talk_s", "acw_s"],
        ),
        (
            ["时间", "队列名称", "请求服务数", "人工呼入接通数", "请求呼损数", "总通话时长",
             "总话后处理时长"],
            ["timestamp", "queue", "offered", "handled", "abandoned", "total_talk_s",
             "total_acw_s"],
        ),
        (
            ["CONTACTS_QUEUED", "CONTACTS_HANDLED", "CONTACTS_ABANDONED",
             "Total Handle Time (Seconds)", "AFTER_CONTACT_WORK_TIME"],
            ["offered", "handled", "abandoned", "total_handle_s", "acw_s"],
        ),
    ],
)  # fmt: skip
def test_headings_of_known_systems(headings: list[str], expected: list[str]) -> None:
    found = fields_of(headings)
    assert {heading: field for field, heading in found.items()} == dict(
        zip(headings, expected, strict=True)
    )


def test_case_width_spaces_and_brackets_do_not_matter() -> None:
    assert normal("  Ｃalls＿Offered (all) ") == normal("calls offered")


def test_no_alias_belongs_to_two_fields() -> None:
    owners = Counter(
        name
        for field, aliases in ALIASES.items()
        for name in {normal(field), *(normal(alias) for alias in aliases)}
    )
    assert [name for name, count in owners.items() if count > 1] == []


def test_the_planners_mapping_wins() -> None:
    found = fields_of(["Calls", "Offered", "t", "q"], {"offered": "calls", "timestamp": "t"})
    assert found["offered"] == "Calls"
    assert found["timestamp"] == "t"


def test_a_fields_own_name_wins_over_its_aliases() -> None:
    assert fields_of(["Calls Offered", "offered"])["offered"] == "offered"


def test_a_lone_time_has_the_date_in_it() -> None:
    assert fields_of(["Time", "Queue"])["timestamp"] == "Time"
    assert fields_of(["Time", "Date"]) == {"time": "Time", "date": "Date"}


def test_two_headings_of_one_rank_have_to_be_told_apart() -> None:
    problems = Problems()
    find_fields("c.csv", ["进线量", "请求量"], {}, problems)
    (problem,) = problems
    assert problem.code == "input.ambiguous_heading"
    assert "进线量, 请求量" in problem.message()
    assert "[contacts.columns]" in problem.hint()


def test_a_mapping_to_a_heading_that_is_not_there() -> None:
    problems = Problems()
    find_fields("c.csv", ["a", "b"], {"offered": "volume"}, problems)
    (problem,) = problems
    assert (problem.code, problem.column) == ("input.mapped_heading_missing", "volume")
    assert problem.message().endswith("but the file has: a, b.")


@pytest.mark.parametrize(
    ("heading", "scale"),
    [("AHT (min)", 60.0), ("平均通话时长(分钟)", 60.0), ("wait_ms", 0.001), ("AHT", 1.0),
     ("Time in hours", 3600.0), ("Handle Time (Seconds)", 1.0)],
)  # fmt: skip
def test_the_unit_of_bare_numbers_under_a_heading(heading: str, scale: float) -> None:
    assert seconds_a_unit(heading) == scale


def test_a_heading_may_say_utc() -> None:
    assert counts_utc("Interval start date (UTC)")
    assert not counts_utc("Interval start date")


def test_every_open_unit_is_a_heading_that_is_recognised() -> None:
    known = {normal(a) for field in ("offered", "handled") for a in ALIASES[field]}
    assert {normal(heading) for heading in OPEN_UNITS} <= known
