"""A plan in a handful of numbers: what a planner looks at first, and what a what-if compares."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..kpis import BESIDE, WITH_RANGE, Kpis
from ..rostering.roster import Roster

ALL = "all"
SUMS = ("contacts", "required", "rostered", "under_hours", "over_hours")
# What each rate is weighted by when periods are put together.
_WEIGHTS = {
    "service_level": "contacts",
    "asa_s": "contacts",
    "abandonment": "contacts",
    "deadline_met": "contacts",
    "occupancy": "rostered",
    "blocked": "contacts",
    "wait_within": "contacts",
    "reply_rate": "contacts",
}


def horizon_totals(kpis: Kpis) -> pd.DataFrame:
    """Every queue, and the row "all", over the whole horizon.

    Columns queue, contacts, required, rostered (agent-hours), service_level, asa_s, abandonment,
    deadline_met, occupancy, blocked, wait_within, reply_rate, under_hours, over_hours; the
    formulas' answer beside what is simulated, the `_low` and `_high` of its range (NaN if it was
    not simulated), and `chance`, the least of any week's to meet every target. Sums of the weeks;
    rates weighted by contacts (occupancy by rostered hours), weeks without a rate left out; NaN
    where no week has one. Ranges of several weeks are averaged, which makes them a little wide.
    """
    rows = []
    for queue, weeks in kpis.week.groupby("queue", sort=False):
        row: dict[str, object] = {"queue": queue}
        row.update({name: float(weeks[name].sum()) for name in SUMS})
        for rate, weight in _WEIGHTS.items():
            row[rate] = _weighted(weeks[rate], weeks[weight])
        row["chance"] = float(weeks["chance"].min()) if "chance" in weeks else float("nan")
        for rate in BESIDE:
            formula = f"{rate}_formula"
            weight = _WEIGHTS[rate]
            row[formula] = (
                _weighted(weeks[formula], weeks[weight]) if formula in weeks else row[rate]
            )
        for end in (f"{rate}{end}" for rate in WITH_RANGE for end in ("_low", "_high")):
            known = end in weeks
            row[end] = _weighted(weeks[end], weeks["contacts"]) if known else float("nan")
        rows.append(row)
    return pd.DataFrame(rows)


def _weighted(values: pd.Series[float], weights: pd.Series[float]) -> float:
    known = values.notna() & (weights > 0)
    if not known.any():
        return float("nan")
    return float(np.average(values[known], weights=weights[known]))


def changed_days(before: Roster, after: Roster) -> int:
    """Days of agents on which they work another shift, at another time, or have another day
    off."""
    keys = [
        {(s.agent, s.day, s.shift_code, s.start, s.end) for s in roster.assignments}
        for roster in (before, after)
    ]
    return len({key[:2] for key in keys[0] ^ keys[1]})


def changed_agents(before: Roster, after: Roster) -> tuple[str, ...]:
    """Agents who work other shifts, or at other times, in one roster than in the other."""

    def shifts(roster: Roster) -> dict[str, set[tuple[int, str, int, int]]]:
        found: dict[str, set[tuple[int, str, int, int]]] = {}
        for shift in roster.assignments:
            key = (shift.day, shift.shift_code, shift.start, shift.end)
            found.setdefault(shift.agent, set()).add(key)
        return found

    old, new = shifts(before), shifts(after)
    agents = {**old, **new}
    return tuple(sorted(a for a in agents if old.get(a, set()) != new.get(a, set())))
