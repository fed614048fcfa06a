import csv
import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from shiftcast.cli.exports.templates.fields import NUMBERED, ROW_NUMBER, fields_of
from shiftcast.cli.exports.templates.library import template_text
from shiftcast.cli.exports.templates.making import export_files
from shiftcast.cli.exports.templates.reading import parse_template, read_template
from shiftcast.cli.exports.templates.rows import RowKind, Source, agent_rows, shift_rows
from shiftcast.data.errors import InputError, Problems
from shiftcast.data.messages import LANGUAGES
from shiftcast.data.people import Agent
from shiftcast.scheduling.rostering.roster import Roster

from tests.factories_plan import make_plan

PLAN = make_plan(agents=10)
COLUMN = '[[column]]\nheading = "ID"\nfield = "agent_id"\n'


def _content(template: str, agents: tuple[Agent, ...] = PLAN.problem.agents) -> bytes:
    problem = replace(PLAN.problem, agents=agents)
    problems = Problems()
    source = Source(PLAN.centre, problem, PLAN.roster, "en")
    files = export_files(parse_template(template, "hr.toml"), source, problems)
    problems.raise_if_any()
    (content,) = files.values()
    return content


def _export(template: str) -> list[list[str]]:
    parsed = parse_template(template, "hr.toml")
    text = _content(template).decode(parsed.encoding)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=parsed.delimiter))


def _problems(template: str) -> list[tuple[str, str | None]]:
    with pytest.raises(InputError) as caught:
        parse_template(template, "hr_export.toml")
    for problem in caught.value.problems:
        for language in LANGUAGES:
            assert problem.message(language)
            assert problem.hint(language)
    return [(p.code.removeprefix("exports.template."), p.column) for p in caught.value.problems]


def _columns(*fields: str, row: str = "shift") -> str:
    body = "".join(f'[[column]]\nheading = "{field}"\nfield = "{field}"\n' for field in fields)
    return f'[file]\nrow = "{row}"\n{body}'


def test_the_default_template_gives_a_row_a_shift() -> None:
    heading, *rows = _export(template_text("hr"))
    assert heading[:6] == ["Employee ID", "Name", "Date", "Shift", "Start", "End"]
    assert len(rows) == len(PLAN.roster.assignments)
    assert rows[0][:9] == [
        "a000",
        "Wang Min 0",
        "2026-11-30",
        "E8",
        "2026-11-30 07:30",
        "2026-11-30 16:15",
        "45",
        "08:45-09:00;10:30-11:15",
        "480",
    ]


def test_the_default_template_names_every_field_there_is() -> None:
    comments = " ".join(re.findall(r"^#(.*)$", template_text("hr"), flags=re.MULTILINE))
    words = set(re.findall(r"\w+", comments))
    assert {*fields_of(RowKind.DAY), *NUMBERED, ROW_NUMBER} <= words


def test_formats_constants_codes_and_order_are_the_templates() -> None:
    template = """
    [file]
    delimiter = ";"
    quote = "all"
    line_end = "lf"
    encoding = "gb18030"
    date = "DD/MM/YYYY"
    [[column]]
    heading = "日期"
    field = "date"
    [[column]]
    heading = "班次"
    field = "shift_code"
    codes = { E8 = "1001" }
    [[column]]
    heading = "公司"
    value = "河畔"
    [[column]]
    heading = "上班"
    field = "start"
    format = "YYYYMMDD HH:mm:ss"
    """
    heading, first, *_ = _export(template)
    assert heading == ["日期", "班次", "公司", "上班"]
    assert first == ["30/11/2026", "1001", "河畔", "20261130 07:30:00"]
    assert b"\r" not in _content(template)


def test_a_row_a_piece_parts_split_shifts() -> None:
    template = _columns("agent_id", "piece", "start_time", "end_time", "paid_minutes", row="piece")
    rows = [row for row in _export(template) if row[0] == "a007"]
    # S8 pays 8 h around a gap of 4 h: two pieces of 240 minutes.
    assert rows[:2] == [
        ["a007", "1", "09:00", "13:00", "240"],
        ["a007", "2", "17:00", "21:00", "240"],
    ]


def test_a_row_a_shift_does_not_pay_the_gap() -> None:
    template = _columns("agent_id", "start_time", "end_time", "paid_minutes")
    row = next(row for row in _export(template) if row[0] == "a007")
    assert row == ["a007", "09:00", "21:00", "480"]


def test_a_row_a_day_tells_rest_and_leave_too() -> None:
    template = _columns(
        "agent_id", "date", "status", "shift_code", "start", "paid_minutes", row="day"
    )
    template += 'codes = { "off" = "0" }\n'
    _, *rows = _export(template.replace('"paid_minutes"\n', '"shift_code"\n', 1))
    assert len(rows) == 10 * 7
    days = {(row[0], row[1]): row[2:] for row in rows}
    assert days["a003", "2026-12-01"][:3] == ["leave", "leave", ""]
    assert days["a000", "2026-12-05"][:3] == ["off", "off", ""]
    assert days["a000", "2026-12-05"][3] == "0"
    assert days["a000", "2026-11-30"][:3] == ["work", "E8", "2026-11-30 07:30"]


def test_days_outside_of_employment_are_no_rows() -> None:
    """a000 comes on the Wednesday, a001 has left before the week."""
    first, second, *others = PLAN.problem.agents
    crew = (
        replace(first, first_day=date(2026, 12, 2)),
        replace(second, last_day=date(2026, 11, 29)),
        *others,
    )
    problem = replace(PLAN.problem, agents=crew)
    source = Source(PLAN.centre, problem, Roster(PLAN.grid, ()), "en")
    days = [row.day for row in shift_rows(source, RowKind.DAY) if row.agent.id == "a000"]
    assert days == [2, 3, 4, 5, 6]
    assert [row.agent.id for row in agent_rows(source)] == ["a000", *(a.id for a in others)]


def test_breaks_can_be_had_one_by_one() -> None:
    fields = (
        "break_1_start",
        "unpaid_break_1_start",
        "unpaid_break_1_minutes",
        "paid_break_1_end",
        "break_3_start",
        "break_minutes",
    )
    _, first, *_ = _export(_columns(*fields))
    assert first == ["08:45", "10:30", "45", "09:00", "", "60"]


def test_epoch_milliseconds_are_those_of_the_local_midnight() -> None:
    _, first, *_ = _export(_columns("date_ms", "weekday"))
    # 30 November 2026 00:00 +08:00 is 29 November 16:00 UTC, 20,786 days and 16 hours after 1970.
    assert first == [str((20_786 * 24 + 16) * 3_600_000), "1"]


def test_every_problem_is_told_at_once() -> None:
    template = """
    colour = "red"
    [file]
    row = "week"
    encoding = "latin-99"
    delimiter = "ab"
    date = "yyyy-MM-DD"
    heading = "no"
    [[column]]
    heading = "Who"
    field = "surname"
    [[column]]
    field = "agent_id"
    value = "x"
    [[column]]
    heading = "Name"
    field = "agent_name"
    format = "HH:mm"
    codes = "E8"
    width = 3
    """
    found = _problems(template)
    assert ("unknown_key", None) in found
    assert ("not_a_choice", "file.row") in found
    assert ("unknown_encoding", "file.encoding") in found
    assert ("bad_delimiter", "file.delimiter") in found
    assert ("bad_format", "file.date") in found
    assert ("not_a_choice", "file.heading") in found
    assert ("unknown_field", "column 1 (Who)") in found
    assert ("no_heading", "column 2") in found
    assert ("no_source", "column 2") in found
    assert ("no_clock", "column 3 (Name)") in found
    assert ("codes_not_a_table", "column 3 (Name)") in found
    assert ("unknown_key", "column 3 (Name)") in found
    assert len(found) == 12


def test_an_unknown_field_is_answered_with_those_that_exist() -> None:
    with pytest.raises(InputError) as caught:
        parse_template('[[column]]\nheading = "x"\nfield = "break_0_start"\n', "hr.toml")
    (problem,) = caught.value.problems
    assert problem.message() == "There is no field break_0_start."
    for field in ("agent_id", "unpaid_break_minutes", "break_N_start"):
        assert field in problem.hint()


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("", "no_columns"),
        ("column = 3", "no_columns"),
        ("column = [3]", "not_a_table"),
        (f"file = 3\n{COLUMN}", "not_a_table"),
        ("[[column]", "not_toml"),
    ],
)
def test_what_is_no_template_is_refused(template: str, code: str) -> None:
    assert code in [found for found, _ in _problems(template)]


def test_a_missing_file_and_one_that_is_no_text_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        read_template(tmp_path / "none.toml")
    (tmp_path / "gbk.toml").write_bytes("名".encode("gbk"))
    with pytest.raises(InputError, match="not UTF-8"):
        read_template(tmp_path / "gbk.toml")


def test_a_template_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "hr.toml").write_text(COLUMN, encoding="utf-8-sig")
    assert read_template(tmp_path / "hr.toml").row is RowKind.SHIFT


def test_characters_that_the_encoding_lacks_are_named() -> None:
    agents = tuple(replace(agent, name="王敏") for agent in PLAN.problem.agents)
    template = _columns("agent_name").replace("[file]", '[file]\nencoding = "latin-1"')
    with pytest.raises(InputError, match="敏 王"):
        _content(template, agents)


def test_hostile_names_cannot_become_formulas() -> None:
    agents = tuple(replace(agent, name="@SUM(A1)") for agent in PLAN.problem.agents)
    assert "'@SUM(A1)" in _content(_columns("agent_name"), agents).decode("utf-8-sig")


def test_a_heading_may_be_said_in_two_languages() -> None:
    template = '[[column]]\nheading = { en = "Who", zh-CN = "谁" }\nfield = "agent_id"\n'
    (column,) = parse_template(template, "hr.toml").columns
    assert (column.title("en"), column.title("zh-CN"), column.title("fr")) == ("Who", "谁", "Who")


def test_values_stand_in_constants() -> None:
    template = """
    [values]
    town = "Hangzhou"
    floor = 3
    [[column]]
    heading = "Place"
    value = "{town}, floor {floor}"
    """
    assert _export(template)[1] == ["Hangzhou, floor 3"]


@pytest.mark.parametrize(
    ("template", "code"),
    [
        (f'[file]\nname = "../x.csv"\n{COLUMN}', "bad_name"),
        (f'[file]\nzone = "Mars"\n{COLUMN}', "unknown_zone"),
        (f"[limits]\ndays = 0\n{COLUMN}", "not_a_count"),
        ('[[column]]\nheading = "x"\nvalue = "{town}"\n', "unknown_value"),
        (f'{COLUMN}each = "day"\n', "bad_each"),
        (f'[file]\nformat = "workbook"\n{COLUMN}', "not_texts"),
        (f'[file]\nformat = "workbook"\nrow = "day"\n{COLUMN}{COLUMN}', "one_column"),
        (f"[values]\ntowns = [1]\n{COLUMN}", "not_a_value"),
    ],
)
def test_what_the_newer_settings_may_not_be(template: str, code: str) -> None:
    assert code in [found for found, _ in _problems(template)]
