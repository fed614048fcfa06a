"""A contact export as it was read: tidy rows, not yet cleaned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from ..cleaning_report import Finding
from ..errors import Problem
from ..history import ContactRecords

RAW_COLUMNS = (
    "timestamp",  # aware start of the interval that the row counts
    "queue",
    "source",  # the queue's name in the file; several may be one queue of ours
    "offered",  # demand, as the settings define it; NaN where the cell is blank
    "aht_s",  # mean handle time; NaN unknown
    "minutes",  # how long the interval is that the row counts: 5 … 1440
    "row",  # its row in the file; 0 where a row of ours counts many of the file
)


@dataclass(frozen=True)
class HistoryInput:
    """Rows of contacts by interval and queue, before cleaning.

    `raw` has the columns `RAW_COLUMNS`, in the order of the file. `records` are the contacts
    themselves where the file has one row a contact. `interval_min` is the grain that the history
    is to have, `tz` the zone of its clock ("UTC" where the file has a bare local clock). `queues`
    are the names to be kept, in order. `headings` says which heading was read as which field.
    `notes` go into the cleaning report.
    """

    raw: pd.DataFrame
    records: ContactRecords | None
    interval_min: int
    tz: str
    queues: tuple[str, ...]
    headings: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Finding, ...] = ()
    warnings: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        missing = [name for name in RAW_COLUMNS if name not in self.raw.columns]
        if missing:
            raise ValueError(f"raw contacts lack {', '.join(missing)}")
