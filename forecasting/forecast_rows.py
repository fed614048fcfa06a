"""A table of forecast numbers, ours or somebody else's: read, checked, every problem told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..data.cleaning_grid import interval_index
from ..data.errors import Problems
from ..data.grid import TimeGrid
from ..data.readers.cells import Cells
from ..data.readers.clocks import to_moments
from ..data.readers.headings import FieldPlaces, normal
from ..data.readers.raw_table import TableSource
from ..data.readers.tables import open_table

QUANTILE_COLUMNS = ("p10", "p50", "p90")
_HEADINGS = {
    "timestamp": ("interval_start", "timestamp"),
    "queue": ("queue",),
    "mean": ("mean",),
    "p10": ("p10",),
    "p50": ("p50",),
    "p90": ("p90",),
    "aht_s": ("aht_s",),
}
_REQUIRED = ("timestamp", "queue", "mean")


@dataclass(frozen=True)
class ForecastRows:
    """`frame` has the columns when (tz-aware start), queue, mean, p10, p50, p90, aht_s; the
    quantiles are None or all there, `aht_s` is NaN where the file tells none."""

    file: str
    frame: pd.DataFrame
    has_quantiles: bool

    def on_grid(
        self, column: str, grid: TimeGrid, queues: Sequence[str], missing: float
    ) -> NDArray[np.float64]:
        """A column as (queues, grid.size); `missing` where there is no row."""
        values = np.full((len(queues), grid.size), missing)
        row = pd.Index(queues).get_indexer(pd.Index(self.frame["queue"]))
        place = interval_index(grid, pd.DatetimeIndex(self.frame["when"]))
        inside = (row >= 0) & (place >= 0) & (place < grid.size)
        values[row[inside], place[inside]] = self.frame[column].to_numpy(dtype=np.float64)[inside]
        return values


def read_forecast_rows(path: Path, tz: str, interval_min: int) -> ForecastRows:
    """Rows `interval_start, queue, mean[, p10, p50, p90][, aht_s]` of a CSV, XLSX or Parquet file.

    Stamps are local clocks of `tz` (or carry an offset) and start intervals of `interval_min`
    minutes; where the clock repeats an hour, a queue's second row of that time is the second hour.
    Raises InputError with every problem found.
    """
    problems = Problems()
    source = open_table(path, problems)
    fields = None if source is None else _find_fields(source, problems)
    table = None if source is None or fields is None else source.body(problems)
    problems.raise_if_any()
    if fields is None or table is None:
        raise ValueError("a table that cannot be read tells no problem")
    cells = Cells(table, fields, problems)
    moments = to_moments(cells.stamps(), tz, table, fields.heading["timestamp"], False, problems)
    frame = pd.DataFrame({"when": moments.when, "queue": cells.texts("queue").str.strip()})
    second = frame.duplicated(["when", "queue"]).to_numpy(dtype=bool) & moments.repeated
    frame["when"] = frame["when"].where(~second, moments.again)
    for name in ("mean", *QUANTILE_COLUMNS):
        frame[name] = cells.contacts(name) if name in fields else np.nan
    frame["aht_s"] = cells.seconds("aht_s") if "aht_s" in fields else np.nan
    _check(frame, cells, interval_min, problems)
    problems.raise_if_any()
    return ForecastRows(path.name, frame, all(name in fields for name in QUANTILE_COLUMNS))


def _find_fields(source: TableSource, problems: Problems) -> FieldPlaces | None:
    places = {normal(heading): i for i, heading in reversed(list(enumerate(source.headings)))}
    index = {
        field: places[normal(name)]
        for field, names in _HEADINGS.items()
        for name in reversed(names)
        if normal(name) in places
    }
    missing = [field for field in _REQUIRED if field not in index]
    for field in missing:
        name = _HEADINGS[field][0]
        problems.add(
            "input.missing_column",
            file=source.file,
            column=name,
            name=name,
            found=", ".join(source.headings),
        )
    if missing:
        return None
    return FieldPlaces(index, {field: source.headings[i] for field, i in index.items()})


def _check(frame: pd.DataFrame, cells: Cells, interval_min: int, problems: Problems) -> None:
    """What each cell alone cannot tell: blanks, the grid, rows that are there twice, order."""
    when = pd.DatetimeIndex(frame["when"])
    cells.tell("input.blank_cell", frame["mean"].isna().to_numpy(dtype=bool), "mean")
    cells.tell("input.blank_cell", (frame["queue"] == "").to_numpy(dtype=bool), "queue")
    clock = np.asarray(when.hour * 3600 + when.minute * 60 + when.second)
    off = (clock % (interval_min * 60) != 0) & ~np.asarray(when.isna())
    cells.tell("forecast.off_grid", off, "timestamp", interval=interval_min)
    twice = frame.duplicated(["when", "queue"]).to_numpy(dtype=bool) & ~np.asarray(when.isna())
    cells.tell("forecast.twice", twice, "timestamp")
    low, middle, high = (frame[name].to_numpy(dtype=np.float64) for name in QUANTILE_COLUMNS)
    if "p50" in cells.fields:
        cells.tell("forecast.crossing", (low > middle) | (middle > high), "p50")
    if not len(frame):
        problems.add("input.only_heading", file=cells.table.file)
