"""A table as text, before anything is known of its columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..errors import Problems
from .values import plain

HEAD_BYTES = 65_536  # as much of a file as is looked at before its heading is known


@dataclass(frozen=True)
class RawTable:
    """Cells as text, one column a heading (numbered from 0, "" where blank), without blank rows.

    `rows` has shape (len(cells),) and counts as a spreadsheet does: the heading is row 1.
    """

    file: str
    headings: tuple[str, ...]
    cells: pd.DataFrame
    rows: NDArray[np.int64]

    def column(self, index: int) -> pd.Series[str]:
        return self.cells[index]

    def has_rows(self, problems: Problems) -> bool:
        """Whether there is more than a heading; if not, `problems` says so."""
        if not len(self.rows):
            problems.add("input.only_heading", file=self.file)
        return len(self.rows) > 0


@dataclass(frozen=True)
class TableSource:
    """A table whose headings are known and whose body is not read yet.

    `body` reads it: None (and a problem told) if it cannot be read.
    """

    file: str
    headings: tuple[str, ...]
    body: Callable[[Problems], RawTable | None]


def raw_table(
    file: str, headings: tuple[str, ...], cells: pd.DataFrame, rows: NDArray[np.int64]
) -> RawTable:
    """A `RawTable` from cells that may hold blank rows."""
    blank = np.ones(len(cells), dtype=bool)
    for column in cells:
        blank &= (cells[column].str.strip() == "").to_numpy(dtype=bool)
    if blank.any():
        cells, rows = cells[~blank].reset_index(drop=True), rows[~blank]
    return RawTable(file, headings, cells, rows)


def tidy_headings(cells: list[str]) -> tuple[str, ...]:
    """Headings trimmed; empty ones at the end (trailing separators) dropped."""
    found = [plain(cell) for cell in cells]
    while found and not found[-1]:
        found.pop()
    return tuple(found)
