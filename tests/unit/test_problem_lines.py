"""Problems in lines: those that are alike in one, and not more than a screen or two of them."""

from __future__ import annotations

from shiftcast.cli.problem_lines import problem_line, problem_lines
from shiftcast.data.errors import Problem, Severity


def unknown(agent: str, row: int | None, column: str = "agent") -> Problem:
    params = {"name": agent, "known": "A1"}
    return Problem("scenario.unknown_agent", params, "time_off.csv", row, column)


def test_a_few_are_told_one_by_one() -> None:
    lines = problem_lines([unknown(f"B{i}", i) for i in range(2, 7)], "en")
    assert len(lines) == 5
    assert lines[0] == (
        "error: time_off.csv, row 2, column agent: There is no agent B2. The centre has: A1."
    )


def test_many_ids_are_one_line() -> None:
    (line,) = problem_lines([unknown(f"B{i}", i) for i in range(2, 9)], "en")
    assert line == (
        "error: time_off.csv, row 2, column agent: There is no agent B2. The centre has: A1. The "
        "same of 6 more: B3 (row 3), B4 (row 4), B5 (row 5), B6 (row 6), B7 (row 7), B8 (row 8)."
    )
    (line,) = problem_lines([unknown(f"B{i:02}", None) for i in range(30)], "zh-CN")
    assert "另有 29 处相同：B01、B02、" in line
    assert line.endswith("B12 …。")


def test_as_many_words_as_tell_them_apart() -> None:
    """Each shift has several starts without a code there."""
    problems = [
        Problem("exports.check.no_shift", {"shift": shift, "start": start}, "shift_codes.csv")
        for shift in ("E8", "L8")
        for start in ("08:00", "08:30", "09:00")
    ]
    (line,) = problem_lines(problems, "en")
    assert "E8 08:30, E8 09:00, L8 08:00, L8 08:30, L8 09:00" in line


def test_other_files_columns_and_severities_stand_apart() -> None:
    warning = Problem("scenario.absence_who", severity=Severity.WARNING)
    problems = [warning, *(unknown("B", i) for i in range(2, 12)), unknown("B", 1, "name")]
    lines = problem_lines(problems, "en")
    assert [line.split(":")[0] for line in lines] == ["error", "error", "warning"]
    assert "column name" in lines[0]
    assert "The same of 9 more: row 3, row 4" in lines[1]


def test_more_than_fit_are_counted() -> None:
    lines = problem_lines([unknown("B", 1, f"c{i}") for i in range(60)], "en")
    assert len(lines) == 51
    assert lines[-1] == "… and 10 more."


def test_a_problem_without_a_place() -> None:
    line = problem_line(Problem("scenario.absence_who"), "en")
    assert line == (
        "error: An absence names one agent or counts agents. Give agent or count, and not both."
    )
