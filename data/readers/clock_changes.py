"""Interval rows at times that the clock skipped or showed twice."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..cleaning_report import Finding, FindingKind, finding
from ..cleaning_rows import summed
from .clocks import Moments
from .stamps import Stamps


def mend_clock(
    raw: pd.DataFrame, moments: Moments, stamps: Stamps
) -> tuple[pd.DataFrame, list[Finding]]:
    """Raw rows (as many as `moments`) with every row at a time that exists, and a note a queue.

    A row at a skipped time counts an hour later, added to the row that is there (an empty one is
    dropped). Of two rows at a repeated time the first is the earlier; a single row counts both
    passes of the clock, and is shared evenly between them.
    """
    notes: list[Finding] = []
    if not (moments.skipped.any() or moments.repeated.any()):
        return raw, notes
    counted = (raw["offered"] > 0).to_numpy()
    for mask, kind in (
        (moments.skipped & counted, FindingKind.SKIPPED_HOUR),
        (moments.repeated, FindingKind.REPEATED_HOUR),
    ):
        notes += [_note(kind, str(queue), rows) for queue, rows in raw[mask].groupby("queue")]
    result, copies = _share_repeated(raw, moments, stamps)
    result = _add_skipped(result, moments.skipped, counted)
    return pd.concat([result, copies]), notes


def _share_repeated(
    raw: pd.DataFrame, moments: Moments, stamps: Stamps
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows, and the second halves of those that count both passes."""
    same_time = raw.groupby([raw["source"], pd.Series(stamps.local, index=raw.index)])["row"]
    second = moments.repeated & (same_time.cumcount() > 0).to_numpy()
    alone = moments.repeated & (same_time.transform("size") == 1).to_numpy()
    result = raw.copy()
    result.loc[second, "timestamp"] = moments.again[second]
    result.loc[alone, "offered"] /= 2
    return result, result[alone].assign(timestamp=moments.again[alone])


def _add_skipped(
    raw: pd.DataFrame, skipped: NDArray[np.bool_], counted: NDArray[np.bool_]
) -> pd.DataFrame:
    moved = raw[skipped & counted]
    kept = raw[~skipped]
    if not len(moved):
        return kept
    keys = pd.MultiIndex.from_frame(moved[["source", "timestamp"]])
    there = pd.MultiIndex.from_frame(kept[["source", "timestamp"]]).isin(keys)
    together = pd.concat([moved, kept[there]]).groupby("source")
    return pd.concat([kept[~there], *(summed(rows) for _, rows in together)])


def _note(kind: FindingKind, queue: str, rows: pd.DataFrame) -> Finding:
    stamps = rows["timestamp"]
    first, last = stamps.min().to_pydatetime(), stamps.max().to_pydatetime()
    return finding(kind, queue, first, last, float(len(rows)))
