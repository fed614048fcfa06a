"""What was found in a history and what was done about it, for people to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

import pandas as pd

from .messages import DEFAULT_LANGUAGE, text

REPORT_COLUMNS = ("kind", "queue", "first", "last", "amount", "finding", "action")


class FindingKind(StrEnum):
    """Each kind has its words in the catalogue: `cleaning.<kind>` and `cleaning.<kind>.action`."""

    REPEATED_ROWS = "repeated_rows"  # the same row twice: one kept
    CONFLICTING_ROWS = "conflicting_rows"  # two values for one interval: the later row kept
    SPLIT_ROWS = "split_rows"  # nearly every interval has several rows: summed
    REPEATED_CONTACTS = "repeated_contacts"  # one contact id twice: one kept
    NOT_CONTACTS = "not_contacts"  # records that are tests or never reached the queue
    BLANK_VOLUMES = "blank_volumes"  # rows without a number of contacts
    ONLY_HANDLED = "only_handled"  # lost contacts are not in the file
    HANDLED_AND_ABANDONED = "handled_and_abandoned"
    UNKNOWN_QUEUE = "unknown_queue"  # rows of a queue that is not planned
    SKIPPED_HOUR = "skipped_hour"  # rows at a time that the clock skipped
    REPEATED_HOUR = "repeated_hour"  # rows at a time that the clock showed twice
    SPREAD = "spread"  # hourly or daily rows spread over intervals
    GAP = "gap"  # no rows where there should be some: unknown
    TRUE_ZERO = "true_zero"  # no rows because nobody called: zero
    CLOSED_DAY = "closed_day"  # a day without rows on which the centre was closed: zero
    OUTSIDE_OPENING = "outside_opening"  # contacts while the queue was closed: left out
    OUTAGE_DAY = "outage_day"  # a day that the calendar calls an outage
    COLLAPSED_DAY = "collapsed_day"  # a busy day with next to no contacts
    SILENT_HOURS = "silent_hours"  # hours without a contact on a busy day
    OUTLIER_DAY = "outlier_day"  # a day far from its like
    OUTLIER_INTERVAL = "outlier_interval"  # one interval far from its like


@dataclass(frozen=True)
class Finding:
    """One finding: `queue` empty means all, `first` and `last` (both included) are dates or
    aware moments, `amount` counts what `kind` is about (rows, intervals, contacts or days)."""

    kind: FindingKind
    queue: str = ""
    first: date | datetime | None = None
    last: date | datetime | None = None
    amount: float = 0.0
    params: MappingProxyType[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def finding(self, language: str = DEFAULT_LANGUAGE) -> str:
        return text(f"cleaning.{self.kind.value}", language, **self._words())

    def action(self, language: str = DEFAULT_LANGUAGE) -> str:
        return text(f"cleaning.{self.kind.value}.action", language, **self._words())

    def _words(self) -> dict[str, object]:
        return {"amount": f"{self.amount:,.6g}", "queue": self.queue, **self.params}


@dataclass(frozen=True)
class CleaningReport:
    """Everything that was found, in the order of the steps that found it."""

    findings: tuple[Finding, ...] = ()

    def of(self, kind: FindingKind) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.kind is kind)

    def frame(self, language: str = DEFAULT_LANGUAGE) -> pd.DataFrame:
        """One row a finding, columns `REPORT_COLUMNS`; `first` and `last` by the local clock."""
        rows = [
            (
                finding.kind.value,
                finding.queue,
                _shown(finding.first),
                _shown(finding.last),
                finding.amount,
                finding.finding(language),
                finding.action(language),
            )
            for finding in self.findings
        ]
        return pd.DataFrame(rows, columns=list(REPORT_COLUMNS))


def finding(
    kind: FindingKind,
    queue: str = "",
    first: date | datetime | None = None,
    last: date | datetime | None = None,
    amount: float = 0.0,
    **params: object,
) -> Finding:
    return Finding(kind, queue, first, last, amount, MappingProxyType(params))


def report(*parts: Iterable[Finding]) -> CleaningReport:
    return CleaningReport(tuple(entry for part in parts for entry in part))


def _shown(moment: date | datetime | None) -> str:
    if moment is None:
        return ""
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else f"{moment:%Y-%m-%d}"
