"""A history read and cleaned, knowing nothing of the days that are to be forecast."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from ...data.calendar import Calendar
from ...data.centre import Centre
from ...data.cleaning import clean, opening_doubts
from ...data.cleaning_report import CleaningReport
from ...data.errors import InputError, Problem
from ...data.history import ContactHistory
from ...data.readers.history_input import HistoryInput


@dataclass(frozen=True)
class History:
    """The cleaned history, what was found and done, and what is worth a warning."""

    history: ContactHistory
    report: CleaningReport
    warnings: tuple[Problem, ...] = ()


def cleaned(
    raw: HistoryInput,
    before: date | None = None,
    *,
    calendar: Calendar | None = None,
    centre: Centre | None = None,
) -> History:
    """The history of the rows dated before `before` (None: all). Rows on or after it do not even
    tell an outlier. InputError if none is left."""
    if before is not None:
        stamps = raw.raw["timestamp"]
        first_day = stamps.min().tz_convert(raw.tz).date()
        raw = replace(raw, raw=raw.raw[stamps < pd.Timestamp(before, tz=raw.tz)])
        if raw.raw.empty:
            params = {"start": before, "first": first_day}
            raise InputError(Problem("planning.no_history_before", params))
    history, report = clean(raw, calendar, centre)
    return History(history, report, (*raw.warnings, *opening_doubts(history, report)))
