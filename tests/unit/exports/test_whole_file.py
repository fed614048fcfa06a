import csv
from pathlib import Path

import pytest
from shiftcast.cli.exports.whole_file import csv_text, write_csv, write_whole


def test_writes_into_folders_that_do_not_exist_yet(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b.txt", b"x")
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"x"


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("old")

    def full_disk(self: Path, _content: bytes) -> int:
        self.touch()
        raise OSError("no space left")

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    with pytest.raises(OSError, match="no space left"):
        write_whole(path, b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["roster.csv"]
    assert path.read_text() == "old"


def test_a_csv_opens_in_excel_and_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    rows = [["王敏", 'say "hi", twice', "=1+1"], ["two\nlines", "", "-5"]]
    write_csv(path, ["name", "note", "formula"], rows)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in raw
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.reader(file))
    assert found == [
        ["name", "note", "formula"],
        ["王敏", 'say "hi", twice', "'=1+1"],
        ["two\nlines", "", "-5"],
    ]


def test_heading_delimiter_quotes_and_line_ends_are_a_choice() -> None:
    text = csv_text(None, [["a", 1]], delimiter=";", quoting=csv.QUOTE_ALL, line_end="\n")
    assert text == '"a";"1"\n'
