"""One row a contact → contact records, and the interval rows that count them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..cleaning_report import Finding, FindingKind, finding
from ..history import RECORD_COLUMNS
from .cells import Cells
from .clocks import Moments
from .history_input import RAW_COLUMNS
from .queue_names import QueueNames
from .settings import ContactSettings, DemandBasis
from .values import plain

RECORD_FIELDS = ("outcome", "wait_s", "handle_s", "talk_s", "agent", "contact_id")

_MOST_SECONDS = 7 * 86_400.0  # an e-mail may wait for days
_ANSWERED = {
    "answered", "agent", "handled", "connected", "completed", "accepted", "resolved", "closed",
    "yes", "y", "true", "1", "接通", "已接通", "已接听", "接听", "应答", "已应答", "已接待", "是",
    "成功",
}  # fmt: skip
_ABANDONED = {
    "abandoned", "abandon", "hang", "hangup", "hung up", "lost", "missed", "dropped", "unanswered",
    "no answer", "no", "n", "false", "0", "放弃", "排队放弃", "未接通", "未接听", "未接", "呼损",
    "速挂", "否", "失败",
}  # fmt: skip
_NO_CONTACT = {"phantom", "test", "outbound", "internal", "测试", "呼出", "外呼"}


def read_records(
    cells: Cells, moments: Moments, names: QueueNames
) -> tuple[pd.DataFrame, list[Finding]]:
    """Records with the columns `RECORD_COLUMNS`, in order of entry; contacts whose id was seen
    before, and rows that are no contacts, are left out with a note."""
    fields = cells.fields
    nan = np.full(len(cells), np.nan)
    wait = cells.seconds("wait_s", _MOST_SECONDS) if "wait_s" in fields else nan
    handle = _handle(cells)
    answered, no_contact = _outcomes(cells, handle)
    kept = names.kept[names.code]
    notes = []
    if (no_contact & kept).any():
        count = float(np.count_nonzero(no_contact & kept))
        notes.append(finding(FindingKind.NOT_CONTACTS, amount=count))
    kept = kept & ~no_contact
    if "contact_id" in fields:
        ids = cells.texts("contact_id")
        again = (ids.duplicated() & (ids.str.strip() != "")).to_numpy(dtype=bool) & kept
        if again.any():
            notes.append(
                finding(FindingKind.REPEATED_CONTACTS, amount=float(np.count_nonzero(again)))
            )
        kept &= ~again
    entered, clock_notes = _entered(moments, names)
    frame = pd.DataFrame(
        {
            "entered": entered,
            "queue": names.name[names.code],
            "wait_s": wait,
            "handle_s": np.where(answered & (handle > 0), handle, np.nan),
            "answered": answered,
            "agent": cells.texts("agent").str.strip() if "agent" in fields else "",
        }
    )[kept]
    frame = frame.sort_values("entered", kind="stable").reset_index(drop=True)
    return frame[list(RECORD_COLUMNS)], [*notes, *clock_notes]


def interval_rows(
    records: pd.DataFrame, interval_min: int, settings: ContactSettings
) -> pd.DataFrame:
    """Records counted into intervals by their entry: raw rows of a `HistoryInput`."""
    entered = pd.DatetimeIndex(records["entered"])
    answered = records["answered"].to_numpy(dtype=bool)
    weight = np.ones(len(records))
    if settings.demand is DemandBasis.HANDLED:
        weight = answered.astype(np.float64)
    elif settings.short_abandon_weight is not None:
        short = ~answered & (records["wait_s"].to_numpy() < settings.short_abandon_s)
        weight = np.where(short, settings.short_abandon_weight, 1.0)
    # Intervals are counted from local midnight, which no whole hour of UTC need be.
    into_s = (entered.hour * 60 + entered.minute) % interval_min * 60 + entered.second
    start = entered - pd.to_timedelta(np.asarray(into_s), unit="s")
    counted = (
        pd.DataFrame(
            {
                "timestamp": start,
                "queue": records["queue"].to_numpy(),
                "offered": weight,
                "handle": records["handle_s"].to_numpy(),
            }
        )
        .groupby(["timestamp", "queue"], sort=True)
        .agg(offered=("offered", "sum"), aht_s=("handle", "mean"))
        .reset_index()
    )
    counted = counted.assign(source=counted["queue"], minutes=interval_min, row=0)
    return counted[list(RAW_COLUMNS)]


def _handle(cells: Cells) -> NDArray[np.float64]:
    """Handle time of each contact: itself, or talk plus hold plus after-contact work."""
    if "handle_s" in cells.fields:
        return cells.seconds("handle_s")
    found = np.full(len(cells), np.nan)
    parts = [name for name in ("talk_s", "hold_s", "acw_s") if name in cells.fields]
    if "talk_s" in parts:
        found = cells.seconds("talk_s")
        for name in parts[1:]:
            found = found + np.nan_to_num(cells.seconds(name))
    return found


def _outcomes(
    cells: Cells, handle: NDArray[np.float64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether each contact was answered, and whether the row is no contact at all.

    Without outcomes, whoever was handled was answered; where no handle time is known either,
    everybody is taken as answered.
    """
    n = len(cells)
    if "outcome" not in cells.fields:
        return (handle > 0) if (handle > 0).any() else np.ones(n, dtype=bool), np.zeros(n, bool)
    codes, distinct = pd.factorize(cells.texts("outcome"))
    folded = [plain(word).casefold() for word in distinct]
    answered = np.array([word in _ANSWERED for word in folded], dtype=bool)
    no_contact = np.array([word in _NO_CONTACT for word in folded], dtype=bool)
    known = np.array([word in _ABANDONED for word in folded], dtype=bool) | answered | no_contact
    cells.tell("input.unknown_outcome", ~known[codes], "outcome")
    return answered[codes], no_contact[codes]


def _entered(moments: Moments, names: QueueNames) -> tuple[pd.DatetimeIndex, list[Finding]]:
    """The moment of each contact. In a repeated hour the second pass begins where the clock of
    a queue's rows goes back; if it never does, every other contact is taken to be of it."""
    if not moments.repeated.any():
        return moments.when, []
    second = np.zeros(len(names.code), dtype=bool)
    notes = []
    index = np.flatnonzero(moments.repeated)
    days = pd.DatetimeIndex(moments.when[index]).tz_localize(None).normalize()
    for (code, _), group in pd.Series(index).groupby([names.code[index], days]):
        rows = group.to_numpy()
        day = moments.when[rows[0]].date()
        back = np.flatnonzero(np.diff(moments.when[rows].asi8) < 0)
        if len(back):
            second[rows[back[-1] + 1 :]] = True
        else:
            second[rows[1::2]] = True
        notes.append(
            finding(FindingKind.REPEATED_HOUR, str(names.name[int(str(code))]), day, day, len(rows))
        )
    return moments.when.where(~second, moments.again), notes
