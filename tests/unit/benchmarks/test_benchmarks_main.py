import sys

import pytest

from benchmarks.__main__ import Row, main, show
from benchmarks.folders import DATA, INSTANCES


def test_without_the_folders_nothing_is_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["benchmarks"])
    monkeypatch.delenv(DATA, raising=False)
    monkeypatch.delenv(INSTANCES, raising=False)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert [line.split()[0] for line in said.err.splitlines()] == [DATA, INSTANCES]


def test_an_unknown_section_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["benchmarks", "banks", "weather"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "no section weather; there are formulas, rosters" in capsys.readouterr().err


def test_what_is_wrong_is_marked_in_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    show([Row("rosters", "one", "0 violations"), Row("rosters", "three", "2 violations", False)])
    assert capsys.readouterr().out.splitlines() == [
        "",
        "  rosters    one    0 violations",
        "! rosters    three  2 violations",
    ]
