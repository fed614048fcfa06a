"""Rows of one queue and interval that an export holds more than once."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .cleaning_report import Finding, FindingKind, finding

# Above this share of intervals with several rows, the rows are parts (by channel, by skill …).
PARTS_SHARE = 0.5
_SHOWN_CONFLICTS = 20


def without_duplicates(raw: pd.DataFrame) -> tuple[pd.DataFrame, list[Finding]]:
    """One row for each interval and queue of the file, and what became of the others.

    Identical rows: one is kept. Different values: the later row of the file is kept, as a later
    export mends an earlier one; but where most intervals of a queue have several rows they are
    parts, and are summed. Rows without a number of contacts are left out (gaps).
    """
    known = raw[raw["offered"].notna()]
    again = known.duplicated(["source", "timestamp"], keep=False)
    if not again.any():
        return known.reset_index(drop=True), []
    findings: list[Finding] = []
    kept = [known[~again]]
    for source, rows in known[again].groupby("source", sort=False):
        intervals = known.loc[known["source"] == source, "timestamp"].nunique()
        if rows["timestamp"].nunique() > PARTS_SHARE * intervals:
            kept.append(summed(rows))
            findings.append(_finding(FindingKind.SPLIT_ROWS, rows, len(rows)))
        else:
            kept.append(_latest(rows, findings))
    result = pd.concat(kept).sort_values("row", kind="stable").reset_index(drop=True)
    return result, findings


def _latest(rows: pd.DataFrame, findings: list[Finding]) -> pd.DataFrame:
    values = rows.groupby("timestamp")[["offered", "aht_s"]].nunique(dropna=False).max(axis=1)
    conflicting = rows[rows["timestamp"].isin(values.index[values > 1])]
    same = rows[~rows["timestamp"].isin(values.index[values > 1])]
    if len(same):
        extra = len(same) - same["timestamp"].nunique()
        findings.append(_finding(FindingKind.REPEATED_ROWS, same, extra))
    stamps = list(conflicting.groupby("timestamp"))
    for _, group in stamps[:_SHOWN_CONFLICTS]:
        numbers = " / ".join(f"{value:g}" for value in group["offered"])
        named = ", ".join(str(row) for row in group["row"])
        findings.append(
            _finding(
                FindingKind.CONFLICTING_ROWS,
                group,
                len(group) - 1,
                values=numbers,
                at=named,
            )
        )
    rest = [group for _, group in stamps[_SHOWN_CONFLICTS:]]
    if rest:
        together = pd.concat(rest)
        findings.append(
            _finding(
                FindingKind.CONFLICTING_ROWS, together, len(together) - len(rest),
                values="…", at="…",
            )
        )  # fmt: skip
    return rows.drop_duplicates("timestamp", keep="last")


def summed(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a timestamp: contacts added, handle time weighted by contacts."""
    timed = np.where(rows["aht_s"].notna(), rows["offered"], 0.0)
    work = rows.assign(_timed=timed, _work=np.nan_to_num(timed * rows["aht_s"]))
    summed = work.groupby("timestamp", sort=False).agg(
        queue=("queue", "first"),
        source=("source", "first"),
        offered=("offered", "sum"),
        minutes=("minutes", "max"),
        row=("row", "first"),
        _timed=("_timed", "sum"),
        _work=("_work", "sum"),
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        aht_s = np.where(summed["_timed"] > 0, summed["_work"] / summed["_timed"], np.nan)
    return summed.assign(aht_s=aht_s).reset_index()[list(rows.columns)]


def _finding(kind: FindingKind, rows: pd.DataFrame, amount: float, **params: object) -> Finding:
    stamps = rows["timestamp"]
    return finding(
        kind,
        str(rows["queue"].iloc[0]),
        stamps.min().to_pydatetime(),
        stamps.max().to_pydatetime(),
        float(amount),
        **params,
    )
