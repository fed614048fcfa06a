"""A simulation's key figures in one long table."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from pathlib import Path

from ...scheduling.simulation.kpis import SIMULATED_COLUMNS, SimulatedKpis
from .whole_file import write_csv

SIMULATION_FILE_COLUMNS = ("level", *SIMULATED_COLUMNS)
_DIGITS = 6


def write_simulation_csv(path: Path, simulated: SimulatedKpis) -> None:
    """The whole time, every week, day and interval; `level` says which a row is. `start` is the
    interval's local time with offset, or the date. A number without a meaning is an empty cell."""
    write_csv(path, SIMULATION_FILE_COLUMNS, _rows(simulated))


def _rows(simulated: SimulatedKpis) -> Iterator[list[object]]:
    levels = (
        ("total", simulated.total),
        ("week", simulated.week),
        ("day", simulated.day),
        ("interval", simulated.interval),
    )
    for level, frame in levels:
        for queue, start, *figures in frame.itertuples(index=False):
            said = ("" if isnan(figure) else round(figure, _DIGITS) for figure in figures)
            yield [level, queue, start.isoformat(), *said]
