"""Excel workbooks and Parquet tables, opened by the libraries that others read them with."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from shiftcast.cli.exports.templates.names import Names
from shiftcast.cli.exports.templates.rows import IntervalRow
from shiftcast.data.errors import Problems

from tests.unit.exports.handed import PLAN, SOURCE, codes, files_of

ZONE = ZoneInfo("Asia/Shanghai")
INTERVAL = IntervalRow(
    "phone",
    "phone",
    datetime(2026, 11, 30, 8, tzinfo=ZONE),
    datetime(2026, 11, 30, 8, 15, tzinfo=ZONE),
    26.25,
    240.0,
    8.5,
    9.0,
)
CLOSED = replace(INTERVAL, start=INTERVAL.end, contacts=0.0, aht_s=float("nan"), required=0.0)


def _sheet(content: bytes) -> Worksheet:
    sheet = load_workbook(io.BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_the_wide_workbook_is_frozen_and_coloured_by_shift() -> None:
    sheet = _sheet(files_of("xlsx")["roster.xlsx"])
    assert sheet.freeze_panes == "D2"
    assert [cell.value for cell in sheet[2]][:4] == [
        "a000",
        "Wang Min 0",
        "North",
        "E8 07:30–16:15",
    ]
    colour = {row: sheet.cell(row, 4).fill.fgColor.rgb for row in (2, 3, 4, 5)}
    assert colour[2] == colour[5]  # a000 and a003 work the early shift on Monday
    assert len({colour[row] for row in (2, 3, 4)}) == 3
    assert sheet["E5"].value == "leave"
    assert sheet["I2"].value == "off"
    assert sheet["I2"].fill.fill_type is None
    assert sheet["K2"].value == 40


def test_headings_are_said_in_chinese() -> None:
    sheet = _sheet(files_of("xlsx", replace(SOURCE, language="zh-CN"))["roster.xlsx"])
    assert [cell.value for cell in sheet[1]][:4] == ["工号", "姓名", "班组", "2026-11-30 周一"]


def test_a_name_like_a_formula_stays_text() -> None:
    agents = (replace(PLAN.problem.agents[0], name="=1+1"), *PLAN.problem.agents[1:])
    source = replace(SOURCE, problem=replace(PLAN.problem, agents=agents))
    cell = _sheet(files_of("xlsx-long", source)["xlsx-long.xlsx"])["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_parquet_has_types() -> None:
    table = pq.read_table(io.BytesIO(files_of("parquet")["roster.parquet"]))
    assert table.num_rows == 10 * 7
    assert table.schema.field("date").type == pa.date32()
    assert table.schema.field("start").type == pa.timestamp("ms", tz="Asia/Shanghai")
    assert pa.types.is_integer(table.schema.field("paid_minutes").type)
    first = table.slice(0, 1).to_pylist()[0]
    assert first["date"] == date(2026, 11, 30)
    assert first["start"] == datetime(2026, 11, 30, 7, 30, tzinfo=ZONE)
    assert table.slice(5, 1).to_pylist()[0]["start"] is None


def test_parquet_of_intervals() -> None:
    source = replace(SOURCE, intervals=(INTERVAL, CLOSED))
    table = pq.read_table(io.BytesIO(files_of("parquet-intervals", source)["intervals.parquet"]))
    assert table.column("net").to_pylist() == [0.5, 9.0]
    assert table.column("aht_s").to_pylist() == [240.0, None]


def test_calabrio_has_no_heading() -> None:
    source = replace(SOURCE, intervals=(INTERVAL, CLOSED))
    (content,) = files_of("calabrio-requirement", source).values()
    assert content.decode().splitlines() == [
        "phone,20261130 08:00,20261130 08:15,26.25,240.0,0,8.5",
        "phone,20261130 08:15,20261130 08:15,0.0,0,0,0.0",
    ]


def _their_workbook(path: Path, dates: list[object], people: list[object]) -> Path:
    """A title, a line of dates, the headings, and a row a person: as attendance systems have it."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "排班表"
    sheet["A1"] = "11月30日至12月6日排班"
    for column, day in enumerate(dates, start=3):
        sheet.cell(2, column, day)
    sheet["A3"], sheet["B3"] = "姓名", "工号"
    for row, person in enumerate(people, start=4):
        sheet.cell(row, 2, person)
    sheet["A40"] = "请勿修改表头"
    book.save(path)
    return path


DATES: list[list[object]] = [
    [date(2026, 11, 30), *(date(2026, 12, day) for day in range(1, 7))],
    ["30", "1", "2", "3", "4", "5", "6"],
    ["2026-11-30 星期一", *(f"2026-12-{day:02d} 星期" for day in range(1, 7))],
    ["11-30（周一）", *(f"12-{day:02d}（周）" for day in range(1, 7))],
    ["11月30日周一", *(f"12月{day}日周" for day in range(1, 7))],
    ["30日/周一", *(f"{day}日/周二" for day in range(1, 7))],
    [46356, *(46356.0 + day for day in range(1, 7))],
    ["2026.11.30", *(f"2026.12.{day}\n周二" for day in range(1, 7))],
]


@pytest.mark.parametrize(
    "dates",
    DATES,
    ids=["dates", "numbers", "texts", "brackets", "chinese", "slashes", "serials", "points"],
)
def test_their_workbook_is_filled_in_and_otherwise_as_it_was(
    tmp_path: Path, dates: list[object]
) -> None:
    people = [agent.id for agent in reversed(PLAN.centre.agents)]
    theirs = _their_workbook(tmp_path / "theirs.xlsx", dates, [*people, "z999"])
    sheet = _sheet(files_of("dingtalk-workbook", workbook=theirs)["dingtalk-workbook.xlsx"])
    own = next(row for row in sheet.iter_rows(min_row=4) if row[1].value == "a000")
    assert [cell.value for cell in own[2:]] == ["E8"] * 5 + ["休息"] * 2
    stranger = next(row for row in sheet.iter_rows(min_row=4) if row[1].value == "z999")
    assert {cell.value for cell in stranger[2:]} == {None}
    assert (sheet["A1"].value, sheet["A40"].value) == ("11月30日至12月6日排班", "请勿修改表头")


def _month(book: Workbook, title: str, days: range, people: list[str]) -> Worksheet:
    """A month as attendance systems have it: a merged title, headings of two lines, weekdays under
    the days, a hidden column of ids beside a column of numbers that nobody has filled in."""
    sheet = book.create_sheet(title)
    sheet["A1"] = "客服一组排班表"
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=3 + len(days))
    for column, heading in enumerate(("姓名", "工号", "UserId"), start=1):
        sheet.cell(2, column, heading)
        sheet.merge_cells(start_row=2, start_column=column, end_row=3, end_column=column)
    for column, day in enumerate(days, start=4):
        sheet.cell(2, column, day)
        sheet.cell(3, column, "一二三四五六日"[column % 7])
    for row, person in enumerate(people, start=4):
        sheet.cell(row, 3, person)
    sheet.column_dimensions["C"].hidden = True
    return sheet


def _months_of(path: Path, titles: tuple[str, str]) -> Path:
    people = [agent.id for agent in PLAN.centre.agents]
    book = Workbook()
    assert book.active is not None
    book.active.title = "填写说明"
    book.active["B1"] = "工号"
    _month(book, titles[0], range(1, 31), people)
    _month(book, titles[1], range(1, 32), people[::-1])
    book.save(path)
    return path


def test_a_week_may_lie_on_the_sheets_of_two_months(tmp_path: Path) -> None:
    theirs = _months_of(tmp_path / "theirs.xlsx", ("2026年11月", "12月"))
    content = files_of("wecom-workbook", workbook=theirs)["wecom-workbook.xlsx"]
    _, november, december = load_workbook(io.BytesIO(content)).worksheets
    assert [november.cell(4, 3 + day).value for day in (1, 29, 30)] == [None, None, "E8"]
    assert [december.cell(13, 3 + day).value for day in range(1, 8)] == [
        *["E8"] * 4, "休息", "休息", None,
    ]  # fmt: skip
    assert december.column_dimensions["C"].hidden
    assert "D1" in december.merged_cells


@pytest.mark.parametrize("titles", [("1", "2"), ("11月", "11月 (2)")])
def test_days_of_another_month_are_not_taken_for_those_of_the_plan(
    tmp_path: Path, titles: tuple[str, str]
) -> None:
    """From the 1st to the 30th, in this order, is no week from the 30th to the 6th."""
    theirs = _months_of(tmp_path / "theirs.xlsx", titles)
    problems = Problems()
    assert files_of("feishu-workbook", workbook=theirs, problems=problems) == {}
    assert set(codes(problems)) == {"workbook.no_date"}
    assert len(problems) >= 6


def test_who_is_not_employed_on_the_plans_days_needs_no_row(tmp_path: Path) -> None:
    first, *others = PLAN.problem.agents
    left = replace(first, last_day=date(2026, 11, 29))
    stay = tuple(shift for shift in PLAN.roster.assignments if shift.agent != left.id)
    source = replace(
        SOURCE,
        problem=replace(PLAN.problem, agents=(left, *others)),
        roster=replace(PLAN.roster, assignments=stay),
    )
    theirs = _their_workbook(tmp_path / "theirs.xlsx", DATES[0], [one.id for one in others])
    assert files_of("dingtalk-workbook", source, workbook=theirs)


def test_a_number_with_more_behind_it_is_no_date(tmp_path: Path) -> None:
    headings: list[object] = ["30人", "1组", "2", "3", "4", "5", "6"]
    theirs = _their_workbook(tmp_path / "theirs.xlsx", headings, ["a000"])
    problems = Problems()
    files_of("dingtalk-workbook", workbook=theirs, problems=problems)
    assert codes(problems).count("workbook.no_date") == 2


def test_people_are_found_by_the_ids_of_the_other_system(tmp_path: Path) -> None:
    ids = {agent.id: 9000 + i for i, agent in enumerate(PLAN.centre.agents)}
    theirs = _their_workbook(tmp_path / "theirs.xlsx", DATES[0], list(ids.values()))
    names = Names({agent: str(number) for agent, number in ids.items()})
    files = files_of("wecom-workbook", replace(SOURCE, names=names), workbook=theirs)
    assert _sheet(files["wecom-workbook.xlsx"])["C4"].value == "E8"


def test_whoever_and_whatever_has_no_place_is_told_at_once(tmp_path: Path) -> None:
    people = [agent.id for agent in PLAN.centre.agents[2:]]
    theirs = _their_workbook(tmp_path / "theirs.xlsx", DATES[0][1:], list(people))
    problems = Problems()
    assert files_of("feishu-workbook", workbook=theirs, problems=problems) == {}
    assert codes(problems) == ["workbook.no_date", "workbook.no_person", "workbook.no_person"]


def test_two_people_of_one_name_and_merged_cells_are_told(tmp_path: Path) -> None:
    theirs = _their_workbook(
        tmp_path / "theirs.xlsx", DATES[0], [agent.id for agent in PLAN.centre.agents]
    )
    same = Names({agent.id: "a001" for agent in PLAN.centre.agents[:2]})
    agents = PLAN.problem.agents[:2]
    source = replace(SOURCE, problem=replace(PLAN.problem, agents=agents), names=same)
    problems = Problems()
    assert files_of("wecom-workbook", source, workbook=theirs, problems=problems) == {}
    assert codes(problems) == ["names.twice"]
    book = load_workbook(theirs)
    book.worksheets[0].merge_cells("C4:D4")
    book.save(theirs)
    problems = Problems()
    assert files_of("wecom-workbook", workbook=theirs, problems=problems) == {}
    assert [(p.code, p.params) for p in problems] == [("exports.workbook.merged", {"cell": "D4"})]


@pytest.mark.parametrize(
    ("content", "code"), [(b"no workbook", "workbook.unreadable"), (None, "workbook.no_people")]
)
def test_what_is_no_roster_is_refused(tmp_path: Path, content: bytes | None, code: str) -> None:
    path = tmp_path / "theirs.xlsx"
    if content is None:
        Workbook().save(path)
    else:
        path.write_bytes(content)
    problems = Problems()
    assert files_of("dingtalk-workbook", workbook=path, problems=problems) == {}
    assert codes(problems) == [code]


def test_a_workbook_must_be_named() -> None:
    problems = Problems()
    assert files_of("dingtalk-workbook", problems=problems) == {}
    assert codes(problems) == ["workbook.none"]
