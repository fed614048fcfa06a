"""Columns of a large table → arrays, with the rows of every cell that cannot be read."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..errors import Problems
from . import values
from .headings import FieldPlaces, seconds_a_unit
from .raw_table import RawTable
from .stamps import Fault, Stamps, is_clock_only, join_date_and_clock, parse_stamps
from .telling import tell

SHOWN_ROWS = 10  # of one kind of fault in one column; the others are counted
MOST_CONTACTS = 1e7
MOST_SECONDS = 86_400.0

_BLANKS = frozenset({"-", "--", "—", "/", "n/a", "na", "nan", "null", "none", "#n/a"})
_FAULT_CODES = {
    Fault.BLANK: "input.blank_cell",
    Fault.UNREADABLE: "input.bad_stamp",
    Fault.NO_SUCH_DATE: "input.no_such_date",
    Fault.ORDER: "input.date_order",
}


class Cells:
    """The columns of a contact export by field, each read as a whole."""

    def __init__(self, table: RawTable, fields: FieldPlaces, problems: Problems) -> None:
        self.table = table
        self.fields = fields
        self._problems = problems
        self._read: dict[str, NDArray[np.float64]] = {}

    def __len__(self) -> int:
        return len(self.table.rows)

    def texts(self, field: str) -> pd.Series[str]:
        return self.table.column(self.fields.index[field])

    def tell(self, code: str, mask: NDArray[np.bool_], field: str, **params: object) -> None:
        """One problem a row of `mask`, the first `SHOWN_ROWS` of them, and how many more."""
        rows = np.flatnonzero(mask)
        heading = self.fields.heading[field]
        texts = self.texts(field)
        for index in rows[:SHOWN_ROWS]:
            value = values.shortened(str(texts.iloc[index]))
            tell(
                self._problems,
                code,
                {"value": value, **params},
                file=self.table.file,
                row=int(self.table.rows[index]),
                column=heading,
            )
        if len(rows) > SHOWN_ROWS:
            self._problems.add(
                "input.more_like_this",
                file=self.table.file,
                column=heading,
                count=len(rows) - SHOWN_ROWS,
            )

    def contacts(self, field: str) -> NDArray[np.float64]:
        """Numbers of contacts, NaN where blank; negative and absurd ones are told."""
        if field in self._read:
            return self._read[field]
        found = self._read[field] = self._numbers(field, values.number)
        self.tell("input.negative_contacts", found < 0, field)
        self.tell("input.absurd_contacts", found > MOST_CONTACTS, field, most=MOST_CONTACTS)
        return found

    def seconds(self, field: str, most: float = MOST_SECONDS) -> NDArray[np.float64]:
        """Durations in seconds, NaN where blank; a heading in minutes scales bare numbers."""
        scale = seconds_a_unit(self.fields.heading[field])
        found = self._numbers(field, values.duration_s, scale)
        self.tell("input.negative_duration", found < 0, field)
        self.tell("input.absurd_duration", found > most, field, most=most / 3600)
        return found

    def stamps(self) -> Stamps:
        """The moment of each row, from one column or from date and time apart."""
        texts, field = self._stamp_texts()
        stamps = parse_stamps(texts)
        for fault, code in _FAULT_CODES.items():
            self.tell(code, stamps.fault == fault, field)
        return stamps

    def _stamp_texts(self) -> tuple[pd.Series[str], str]:
        fields = self.fields
        if "date" not in fields:
            return self.texts("timestamp"), "timestamp"
        dates = self.texts("date")
        if "timestamp" in fields:
            stamps = self.texts("timestamp")
            if not is_clock_only(stamps):
                return stamps, "timestamp"
            return join_date_and_clock(dates, stamps), "date"
        if "time" in fields:
            return join_date_and_clock(dates, self.texts("time")), "date"
        if "hour" not in fields:
            return dates, "date"
        clocks = self.texts("hour").str.strip()
        if "minute" in fields:
            clocks = clocks + ":" + self.texts("minute").str.strip().str.zfill(2)
        return join_date_and_clock(dates, clocks), "date"

    def _numbers(
        self, field: str, parse: Callable[[str], float], scale: float = 1.0
    ) -> NDArray[np.float64]:
        """Plain numbers by column, every other distinct text by `parse`."""
        texts = self.texts(field)
        found = np.asarray(pd.to_numeric(texts, errors="coerce"), dtype=np.float64) * scale
        odd = np.flatnonzero(~np.isfinite(found))
        if not len(odd):
            return found
        codes, distinct = pd.factorize(texts.iloc[odd])
        parsed = np.full(len(distinct), np.nan)
        faults: dict[str, list[int]] = {}
        for i, text in enumerate(distinct):
            if not text.strip() or values.plain(text).casefold() in _BLANKS:
                continue
            try:
                parsed[i] = parse(text)
            except values.BadValueError as bad:
                faults.setdefault(bad.code, []).append(i)
        found[odd] = parsed[codes]
        for code, which in faults.items():
            mask = np.zeros(len(found), dtype=bool)
            mask[odd[np.isin(codes, which)]] = True
            self.tell(code, mask, field)
        return found
