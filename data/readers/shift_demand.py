"""shift_demand.csv: how many agents are wanted on each shift of a day."""

from __future__ import annotations

from datetime import date

from ..errors import Problems
from ..shifts import WantedShift
from . import columns as c
from .columns import Column, Rows, read_rows
from .raw_table import TableSource
from .requests import DATE, SHIFT

WANTED = Column(
    "wanted", c.WHOLE, aliases=("agents", "需求人数", "人数"), unit="agents", example="4"
)
UNDER = Column(
    "under", c.AMOUNT, WantedShift.under, ("缺人罚分",), unit="points an agent", example="100"
)
OVER = Column(
    "over", c.AMOUNT, WantedShift.over, ("超员罚分",), unit="points an agent", example="1"
)
SHIFT_DEMAND_COLUMNS = (DATE, SHIFT, WANTED, UNDER, OVER)


def read_shift_demand(
    source: TableSource, problems: Problems
) -> tuple[tuple[WantedShift, ...], Rows] | None:
    """What is wanted, one row a date and shift."""
    rows = read_rows(source, SHIFT_DEMAND_COLUMNS, problems, may_be_empty=True)
    if rows is None:
        return None
    first_row: dict[tuple[date, str], int] = {}
    found = []
    for row in rows.good:
        key = (row[DATE], row[SHIFT])
        if key in first_row:
            problems.add(
                "input.duplicate",
                file=rows.file,
                row=row.number,
                column=SHIFT.name,
                value=f"{row[DATE]} {row[SHIFT]}",
                first_row=first_row[key],
            )
            continue
        first_row[key] = row.number
        found.append(WantedShift(*key, row[WANTED], row[UNDER], row[OVER]))
    return tuple(found), rows
