"""Files of every kind → cells as text with spreadsheet rows; files of the wrong kind refused."""

from __future__ import annotations

import time as clock
from datetime import datetime, time, timedelta
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
from openpyxl import Workbook
from shiftcast.data.errors import Problems
from shiftcast.data.readers.raw_table import RawTable
from shiftcast.data.readers.tables import open_table


def read(path: Path) -> tuple[RawTable | None, Problems]:
    problems = Problems()
    source = open_table(path, problems)
    return (None if source is None else source.body(problems)), problems


def table(path: Path) -> RawTable:
    found, problems = read(path)
    assert found is not None, str(list(problems))
    return found


def codes(path: Path) -> list[str]:
    return [problem.code for problem in read(path)[1]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("队列,接待量\n热线,12\n".encode(encoding))
    found = table(path)
    assert found.headings == ("队列", "接待量")
    assert found.column(0).tolist() == ["热线"]


def test_chinese_far_below_an_ascii_heading_is_still_read_as_gbk(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"queue,offered\n" + b"phone,1\n" * 20_000 + "热线,2\n".encode("gbk"))
    assert table(path).column(0).iloc[-1] == "热线"


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_separators(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"id{mark}skills{mark}\nA{mark}x{mark}\n", encoding="utf-8")
    found = table(path)
    assert found.headings == ("id", "skills")  # separators at the end of lines name no column
    assert found.cells.shape == (1, 2)


def test_the_separator_line_of_excel_is_not_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\nid;skills\nA;x\n", encoding="utf-8")
    found = table(path)
    assert found.headings == ("id", "skills")
    assert found.rows.tolist() == [2]  # Excel shows the heading in row 1


def test_line_ends_of_an_old_mac(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,n\rA,1\rB,2\r")
    assert table(path).column(0).tolist() == ["A", "B"]


def test_blank_rows_count_but_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,note\nA,"two\nlines"\n\n , \nB,x\n', encoding="utf-8")
    found = table(path)
    assert found.rows.tolist() == [2, 5]  # heading 1, A 2, blank 3, blank 4, B 5
    assert found.column(0).tolist() == ["A", "B"]


def test_every_row_with_too_many_cells_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,n\nA,1,2\nB,1\nC,1,2,3,4\n", encoding="utf-8")
    found, problems = read(path)
    assert found is None
    assert [(p.code, p.row) for p in problems] == [
        ("input.too_many_cells", 2),
        ("input.too_many_cells", 4),
    ]
    assert "3 cells, but there are 2 headings" in next(iter(problems)).message()


def test_an_open_quote_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,n\nA,"1\nB,2\n', encoding="utf-8")
    assert codes(path) == ["input.open_quote"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "input.empty_file"),
        (b"\n  \n", "input.empty_file"),
        (b"%PDF-1.7 ...", "input.wrong_kind"),
        (b"PK\x03\x04 a workbook under a wrong name", "input.wrong_kind"),
        (b"id\0name\n1\0x\n", "input.wrong_kind"),
        (b"caf\xe9,n\nx,1\n", "input.bad_encoding"),  # Latin-1
    ],
)
def test_files_that_are_no_table(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert codes(path) == [code]


@pytest.mark.parametrize("content", [b"id,n\n", b"\xef\xbb\xbfid,n\n\n"])
def test_a_heading_alone_is_told_where_rows_are_needed(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    problems = Problems()
    source = open_table(path, problems)
    assert source is not None
    table = source.body(problems)
    assert table is not None
    assert not table.has_rows(problems)
    assert [problem.code for problem in problems] == ["input.only_heading"]


def test_a_missing_file(tmp_path: Path) -> None:
    assert codes(tmp_path / "nowhere.csv") == ["input.not_found"]


def test_text_under_the_name_of_a_workbook(tmp_path: Path) -> None:
    for name in ("a.xlsx", "a.parquet"):
        (tmp_path / name).write_text("id,n\nA,1\n", encoding="utf-8")
        assert codes(tmp_path / name) == ["input.wrong_kind"]


def test_a_large_binary_file_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    with path.open("wb") as file:
        file.write(bytes(range(256)) * 256)
        file.truncate(200_000_000)
    started = clock.perf_counter()
    assert codes(path) == ["input.wrong_kind"]
    assert clock.perf_counter() - started < 1.0


def test_a_workbook(tmp_path: Path) -> None:
    """Dates, times, lengths of time and numbers become the text that a CSV would hold."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([])
    sheet.append(["时间", "队列", "呼入量", "平均通话时长", "班次结束"])
    sheet.append([datetime(2026, 11, 2, 8, 0), "热线", 12.0, time(0, 3, 25), timedelta(hours=26)])
    sheet.append([])
    sheet.append([datetime(2026, 11, 3), "热线", 1.5, None, True])
    book.save(tmp_path / "a.xlsx")
    found = table(tmp_path / "a.xlsx")
    assert found.headings == ("时间", "队列", "呼入量", "平均通话时长", "班次结束")
    assert found.rows.tolist() == [3, 5]  # the heading is in row 2 of this sheet
    assert found.cells.iloc[0].tolist() == [
        "2026-11-02 08:00:00", "热线", "12", "00:03:25", "26:00:00",
    ]  # fmt: skip
    assert found.cells.iloc[1].tolist() == ["2026-11-03", "热线", "1.5", "", "1"]


def test_a_workbook_that_is_cut_off_or_none(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    for row in range(200):
        book.active.append([f"cell {row} {column}" for column in range(9)])
    book.save(tmp_path / "whole.xlsx")
    content = (tmp_path / "whole.xlsx").read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(content[: len(content) // 2])
    with ZipFile(tmp_path / "zip.xlsx", "w") as archive:
        archive.writestr("notes.txt", "no workbook")
    with ZipFile(tmp_path / "whole.xlsx") as whole, ZipFile(tmp_path / "xml.xlsx", "w") as broken:
        for name in whole.namelist():
            text = whole.read(name)
            broken.writestr(name, text[:-200] if "sheet1" in name else text)
    for name in ("cut.xlsx", "zip.xlsx", "xml.xlsx"):
        assert codes(tmp_path / name) == ["input.damaged"]
    (tmp_path / "cut.parquet").write_bytes(b"PAR1 and nothing more")
    assert codes(tmp_path / "cut.parquet") == ["input.damaged"]


def test_a_workbook_without_anything(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "a.xlsx")
    assert codes(tmp_path / "a.xlsx") == ["input.empty_file"]


def test_the_second_sheet_is_read_if_the_first_is_empty(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("data").append(["id"])
    book["data"].append(["A"])
    book.save(tmp_path / "a.xlsx")
    assert table(tmp_path / "a.xlsx").column(0).tolist() == ["A"]


def test_parquet(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "timestamp": pd.to_datetime(["2026-11-02 08:00", "2026-11-02 08:15"]),
            "queue": pd.Categorical(["phone", "chat"]),
            "offered": [3, None],
        }
    )
    frame.to_parquet(tmp_path / "a.parquet")
    found = table(tmp_path / "a.parquet")
    assert found.headings == ("timestamp", "queue", "offered")
    assert found.column(1).tolist() == ["phone", "chat"]
    assert found.column(2).tolist() == ["3", ""]
    assert found.column(0).iloc[0].startswith("2026-11-02 08:00:00")
