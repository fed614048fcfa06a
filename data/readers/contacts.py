"""Contact exports → tidy rows by interval and queue: interval rows, or one row a contact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..cleaning_report import Finding
from ..errors import Problems
from ..grid import MINUTES_A_DAY
from ..history import ContactRecords
from .cells import Cells
from .clock_changes import mend_clock
from .clocks import Moments, to_moments
from .contact_fields import OPEN_UNITS
from .contact_records import RECORD_FIELDS, interval_rows, read_records
from .grains import nests, row_grains
from .headings import FieldPlaces, counts_utc, find_fields, normal
from .history_input import RAW_COLUMNS, HistoryInput
from .queue_names import QueueNames, name_queues
from .raw_table import TableSource
from .settings import ContactSettings, DemandBasis, Unit
from .stamps import Stamps
from .tables import open_table
from .volumes import demand, handle_time

DEFAULT_INTERVAL_MIN = 15  # for one row a contact, where nobody names an interval


def read_history(
    path: Path,
    settings: ContactSettings | None = None,
    *,
    tz: str | None = None,
    interval_min: int | None = None,
    queues: Sequence[str] | None = None,
) -> HistoryInput:
    """The contacts in a file; raises InputError with every problem found.

    `tz` is the zone of the centre (None: the file's local clock as it is). `interval_min` is the
    interval wanted (None: that of the file). `queues` are the centre's (None: those of the file).
    """
    settings = settings or ContactSettings()
    problems = Problems()
    source = open_table(path, problems)
    problems.raise_if_any()
    if source is None:
        raise ValueError("a table that cannot be opened tells no problem")
    fields = find_fields(source.file, source.headings, settings.columns, problems)
    _check_fields(source, fields, settings, queues, problems)
    problems.raise_if_any()
    table = source.body(problems)
    if table is not None:
        table.has_rows(problems)
    problems.raise_if_any()
    if table is None:
        raise ValueError("a table that cannot be read tells no problem")
    cells = Cells(table, fields, problems)
    stamps = cells.stamps()
    heading = fields.heading.get("timestamp") or fields.heading["date"]
    export = _Export(
        cells,
        stamps,
        to_moments(stamps, tz, table, heading, counts_utc(heading), problems),
        name_queues(cells, settings.queues, queues, problems),
        settings,
        problems,
    )
    read = _read_records if _is_records(fields) else _read_intervals
    return read(export, interval_min, tz or "UTC")


def read_tidy_history(path: Path, interval_min: int | None = None) -> HistoryInput:
    """A history outside any workspace: `timestamp,queue,offered[,aht_s]` on a bare local clock, at
    any grain from 5 to 1440 minutes, which is found from the rows themselves."""
    return read_history(path, ContactSettings(unit=Unit.CONTACTS), interval_min=interval_min)


def _is_records(fields: FieldPlaces) -> bool:
    return not fields.has_any("offered", "handled") and fields.has_any(*RECORD_FIELDS)


def _check_fields(
    source: TableSource,
    fields: FieldPlaces,
    settings: ContactSettings,
    queues: Sequence[str] | None,
    problems: Problems,
) -> None:
    """The fields that every export needs are there, and what it counts is known."""

    def missing(field: str) -> None:
        problems.add(
            "input.missing_field",
            file=source.file,
            column=field,
            field=field,
            found=", ".join(source.headings),
        )

    if not fields.has_any("timestamp", "date"):
        missing("timestamp")
    if "queue" not in fields and (queues is None or len(queues) != 1):
        missing("queue")
    if not fields.has_any("offered", "handled", *RECORD_FIELDS):
        missing("offered")
    elif settings.demand is DemandBasis.HANDLED and not fields.has_any("handled", *RECORD_FIELDS):
        missing("handled")
    if settings.unit is None:
        _ask_for_unit(source.file, fields, problems)


def _ask_for_unit(file: str, fields: FieldPlaces, problems: Problems) -> None:
    units = {normal(heading): unit for heading, unit in OPEN_UNITS.items()}
    for field in ("offered", "handled"):
        heading = fields.heading.get(field, "")
        if normal(heading) in units:
            problems.add(
                "input.unit_open",
                file=file,
                column=heading,
                heading=heading,
                likely=units[normal(heading)],
            )
            return


@dataclass(frozen=True)
class _Export:
    """A contact export whose rows have their time and queue; what is wrong is in `problems`."""

    cells: Cells
    stamps: Stamps
    moments: Moments
    names: QueueNames
    settings: ContactSettings
    problems: Problems

    def result(
        self,
        raw: pd.DataFrame,
        interval_min: int,
        tz: str,
        notes: Iterable[Finding],
        records: ContactRecords | None = None,
    ) -> HistoryInput:
        return HistoryInput(
            raw=raw,
            records=records,
            interval_min=interval_min,
            tz=tz,
            queues=self.names.queues,
            headings=self.cells.fields.heading,
            notes=(*self.names.notes, *notes),
            warnings=self.problems.warnings,
        )


def _read_intervals(export: _Export, interval_min: int | None, tz: str) -> HistoryInput:
    cells, moments, names = export.cells, export.moments, export.names
    offered, notes = demand(cells, export.settings)
    aht_s = handle_time(cells)
    export.problems.raise_if_any()
    minutes = _row_minutes(export, interval_min)
    export.problems.raise_if_any()
    raw = pd.DataFrame(
        {
            "timestamp": moments.when,
            "queue": names.name[names.code],
            "source": names.source[names.code],
            "offered": offered,
            "aht_s": aht_s,
            "minutes": minutes,
            "row": cells.table.rows,
        }
    )
    raw, clock_notes = mend_clock(raw, moments, export.stamps)
    wanted_rows = cells.table.rows[names.kept[names.code]]
    raw = raw[np.isin(raw["row"], wanted_rows)].reset_index(drop=True)
    wanted = interval_min or int(minutes.min(initial=MINUTES_A_DAY))
    return export.result(raw[list(RAW_COLUMNS)], wanted, tz, [*notes, *clock_notes])


def _row_minutes(export: _Export, interval_min: int | None) -> NDArray[np.int64]:
    """How long the interval of each row is; rows off the grid, and a grain that does not fit the
    interval wanted, are told."""
    cells, stamps, when = export.cells, export.stamps, export.moments.when
    clock = np.asarray(when.hour * 60 + when.minute, dtype=np.int64)
    clock[stamps.dated] = 0  # a bare date is a day, even where its midnight is skipped
    month = stamps.local.astype("datetime64[M]").astype(np.int64)
    minutes = row_grains(clock, export.names.code, month - month.min(initial=0))
    off_grid = (clock % minutes != 0) | (np.asarray(when.second) != 0)
    stamp_field = "timestamp" if "timestamp" in cells.fields else "date"
    cells.tell("input.off_interval", off_grid, stamp_field)
    grain = int(minutes.min(initial=MINUTES_A_DAY))
    if interval_min and not all(nests(int(found), interval_min) for found in np.unique(minutes)):
        export.problems.add(
            "input.grain", file=cells.table.file, grain=grain, interval=interval_min
        )
    return minutes


def _read_records(export: _Export, interval_min: int | None, tz: str) -> HistoryInput:
    frame, notes = read_records(export.cells, export.moments, export.names)
    export.problems.raise_if_any()
    interval = interval_min or DEFAULT_INTERVAL_MIN
    raw = interval_rows(frame, interval, export.settings)
    return export.result(raw, interval, tz, notes, ContactRecords(frame))
