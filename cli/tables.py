"""Tables that fit the terminal: numbers stay whole, words break between words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.markup import escape
from rich.table import Table

_CHINESE = 12  # cells of a Chinese word that look well on a line of their own
_GAP = 2  # between columns: one of padding, one of the box


def fitted_table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], text_columns: int, width: int
) -> Table:
    """A table at most `width` wide, if its longest words allow; all but the first columns hold
    numbers."""
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    cells = [[row[number] for row in rows] for number in range(len(columns))]
    widths = _widths(columns, cells, text_columns, width)
    for number, (column, wide) in enumerate(zip(columns, widths, strict=True)):
        justify: Literal["left", "right"] = "left" if number < text_columns else "right"
        table.add_column(escape(column), justify=justify, width=wide, overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    return table


def _unbroken(word: str) -> int:
    """Cells of a word that stay on one line: a long one of Chinese may break between any two."""
    wide = cell_len(word)
    return wide if wide == len(word) else min(wide, _CHINESE)


def _widths(
    columns: Sequence[str], cells: Sequence[Sequence[str]], text_columns: int, width: int
) -> list[int]:
    """Each column's least width, and what is left shared out from the first column on."""
    natural = [
        max(map(cell_len, (column, *below))) for column, below in zip(columns, cells, strict=True)
    ]
    least = []
    for number, (column, below) in enumerate(zip(columns, cells, strict=True)):
        if number < text_columns:
            parts = [_unbroken(word) for cell in (column, *below) for word in cell.split()]
        else:
            parts = list(map(cell_len, (*column.split(), *below)))
        least.append(max(parts, default=0))
    spare = max(width - sum(least) - _GAP * len(columns), 0)
    for number, wanted in enumerate(natural):
        more = min(wanted - least[number], spare)
        least[number] += more
        spare -= more
    return least
