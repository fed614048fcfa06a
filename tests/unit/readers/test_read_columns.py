"""Small files by their columns: one way of reading, every fault named."""

from __future__ import annotations

from pathlib import Path

from shiftcast.data.errors import Problems
from shiftcast.data.readers import columns as c
from shiftcast.data.readers.columns import Column, Rows, read_rows
from shiftcast.data.readers.tables import open_table

ID = Column("id", c.NAME, aliases=("工号",))
SIZE = Column("size", c.WHOLE, 1)
DAY = Column("day", c.DATE)
COLUMNS = (ID, SIZE, DAY)


def read(tmp_path: Path, text: str) -> tuple[Rows | None, Problems]:
    path = tmp_path / "small.csv"
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    source = open_table(path, problems)
    assert source is not None
    return read_rows(source, COLUMNS, problems), problems


def test_values_come_with_their_types_and_rows(tmp_path: Path) -> None:
    rows, problems = read(tmp_path, "Day,工号,note\n2026-11-02,A1,x\n")
    assert rows is not None
    assert not len(problems)
    assert rows.good[0].number == 2
    assert rows.good[0][ID] == "A1"
    assert rows.good[0][SIZE] == 1  # the column is absent: its default
    assert rows.good[0][DAY].isoformat() == "2026-11-02"


def test_all_faults_are_told_with_file_row_column_and_remedy(tmp_path: Path) -> None:
    rows, problems = read(tmp_path, "id,size,day\nA,x,2026-02-30\n,2,2026-11-02\nB,2,2026-11-02\n")
    assert rows is not None
    assert [(p.file, p.row, p.column, p.code) for p in problems] == [
        ("small.csv", 2, "size", "input.bad_number"),
        ("small.csv", 2, "day", "input.no_such_date"),
        ("small.csv", 3, "id", "input.blank_cell"),
    ]
    assert [row[ID] for row in rows.good] == ["B"]
    assert rows.seen(ID) == {"A", "B"}  # A is known although its row is faulty
    for problem in problems:
        assert problem.message()
        assert problem.hint("zh-CN")
    assert str(problems.errors[1]) == (
        "small.csv, row 2, column day: The date '2026-02-30' does not exist. "
        "Correct the day or the month."
    )


def test_a_missing_column_is_told_with_what_there_is(tmp_path: Path) -> None:
    rows, problems = read(tmp_path, "id,size\nA,1\n")
    assert rows is None
    (problem,) = problems
    assert problem.code == "input.missing_column"
    assert problem.message() == "The column 'day' is missing; found: id, size."


def test_two_headings_for_one_column(tmp_path: Path) -> None:
    rows, problems = read(tmp_path, "id,工号,day\nA,A,2026-11-02\n")
    assert rows is None
    assert "Several columns could be 'id': id, 工号." in str(next(iter(problems)))


def test_a_mistyped_optional_heading_is_a_warning(tmp_path: Path) -> None:
    rows, problems = read(tmp_path, "id,sizes,day\nA,3,2026-11-02\n")
    assert rows is not None
    assert not problems.errors
    (warning,) = problems.warnings
    assert (warning.column, warning.code) == ("sizes", "input.unknown_heading")
    assert "'size'" in warning.hint()
