"""What counts as demand in interval rows, and how long a contact takes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..cleaning_report import Finding, FindingKind, finding
from .cells import Cells
from .settings import ContactSettings, DemandBasis

# A whole interval's handle time: ten million contacts of a day each.
_MOST_TOTAL_SECONDS = 1e12


def demand(cells: Cells, settings: ContactSettings) -> tuple[NDArray[np.float64], list[Finding]]:
    """Contacts that are wanted served, one value a row, NaN where the file leaves it blank.

    Offered contacts; without that column handled plus abandoned; without that one handled alone. A
    note says what stands in for offered contacts. Short abandons count by their weight.
    """
    fields = cells.fields
    notes: list[Finding] = []
    if settings.demand is DemandBasis.HANDLED:
        found = cells.contacts("handled")
    elif "offered" in fields:
        found = cells.contacts("offered")
    else:
        found = cells.contacts("handled")
        if "abandoned" in fields:
            found = found + np.nan_to_num(cells.contacts("abandoned"))
            kind = FindingKind.HANDLED_AND_ABANDONED
        else:
            kind = FindingKind.ONLY_HANDLED
        notes.append(finding(kind, amount=float(np.nansum(found))))
    weight = settings.short_abandon_weight
    counts_abandons = settings.demand is DemandBasis.OFFERED
    if weight is not None and counts_abandons and "short_abandoned" in fields:
        short = np.nan_to_num(cells.contacts("short_abandoned"))
        found = np.maximum(found - (1.0 - weight) * short, 0.0)
    blank = np.isnan(found)
    if blank.any():
        notes.append(finding(FindingKind.BLANK_VOLUMES, amount=float(np.count_nonzero(blank))))
    return found, notes


def handle_time(cells: Cells) -> NDArray[np.float64]:
    """Mean handle time in seconds, one value a row, NaN where unknown (also where nobody was
    handled, whatever the file says).

    In this order: the mean itself; total handle time ÷ handled; means of talk, hold and
    after-contact work; their totals ÷ handled.
    """
    fields = cells.fields
    handled = None
    if fields.has_any("handled", "offered"):
        handled = cells.contacts("handled" if "handled" in fields else "offered")
    found = np.full(len(cells), np.nan)
    if "aht_s" in fields:
        found = cells.seconds("aht_s")
    elif "total_handle_s" in fields and handled is not None:
        found = _mean(cells.seconds("total_handle_s", _MOST_TOTAL_SECONDS), handled)
    elif "talk_s" in fields:
        found = _sum(cells, ("talk_s", "hold_s", "acw_s"), 86_400.0)
    elif "total_talk_s" in fields and handled is not None:
        parts = ("total_talk_s", "total_hold_s", "total_acw_s")
        found = _mean(_sum(cells, parts, _MOST_TOTAL_SECONDS), handled)
    elif "handle_s" in fields:
        found = cells.seconds("handle_s")
    known = found > 0
    if handled is not None:
        known &= ~(handled == 0)
    return np.where(known, found, np.nan)


def _sum(cells: Cells, names: tuple[str, ...], most: float) -> NDArray[np.float64]:
    """The first part is needed, the others count where they are given."""
    found = cells.seconds(names[0], most)
    for name in names[1:]:
        if name in cells.fields:
            found = found + np.nan_to_num(cells.seconds(name, most))
    return found


def _mean(total: NDArray[np.float64], count: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(count > 0, total / count, np.nan)
