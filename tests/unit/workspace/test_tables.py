"""Tables fit the terminal: numbers whole, words whole."""

from __future__ import annotations

import io

from rich.console import Console
from shiftcast.cli.tables import fitted_table

COLUMNS = ("Queue", "Hours rostered", "Target")
ROWS = [("bank_total", "12,345.6", "80% in 20 s"), ("后台", "1.0", "–")]


def shown(width: int) -> list[str]:
    file = io.StringIO()
    console = Console(file=file, width=width)
    console.print(fitted_table(COLUMNS, ROWS, 1, width))
    return file.getvalue().splitlines()


def test_headings_break_between_words_before_numbers_are_cut() -> None:
    lines = shown(36)
    assert all(len(line.rstrip()) <= 36 for line in lines)
    assert any(line.split() == ["bank_total", "12,345.6", "80%", "in", "20", "s"] for line in lines)


def test_a_long_chinese_word_breaks_before_a_name_or_a_number_does() -> None:
    file = io.StringIO()
    rows = [("达成全部目标的概率", "bank_total", "84.5% (84.1–85.0)")]
    table = fitted_table(("指标", "队列", "2026-12-07-7d-01"), rows, 2, 46)
    Console(file=file, width=46).print(table)
    assert "bank_total" in file.getvalue()
    assert "84.5% (84.1–85.0)" in file.getvalue()
    assert "达成全部目标\n" in file.getvalue().replace(" ", "").replace(
        "bank_total84.5%(84.1–85.0)", ""
    )


def test_a_wide_terminal_breaks_nothing() -> None:
    heading, _, *rows = shown(100)
    assert heading.split() == ["Queue", "Hours", "rostered", "Target"]
    assert len(rows) == 2


def test_square_brackets_are_words() -> None:
    """Rich would take them for markup."""
    file = io.StringIO()
    Console(file=file, width=80).print(fitted_table(("a",), [("[bold]",)], 1, 80))
    assert "[bold]" in file.getvalue()
