"""KPIs of a made-up plan: they move the way real ones do, and no queueing model is behind them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shiftcast.data.grid import TimeGrid
from shiftcast.scheduling.kpis import Kpis
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Roster


def make_kpis(problem: RosterProblem, contacts: NDArray[np.float64], roster: Roster) -> Kpis:
    """More agents, better service; `contacts` has shape (queues, grid.size)."""
    grid = problem.grid
    heads = roster.supply(problem.queues)
    frames = []
    for i, demand in enumerate(problem.demands):
        cover = heads[i] / np.maximum(demand.required, 0.01)
        busy = contacts[i] > 0
        mail = demand.queue == "email"
        level = np.clip(1 - np.exp(-1.9 * cover**2), 0, 1)
        frames.append(
            pd.DataFrame(
                {
                    "queue": demand.queue,
                    "start": grid.starts,
                    "contacts": contacts[i],
                    "required": demand.required,
                    "rostered": heads[i],
                    "service_level": np.where(busy & (not mail), level, np.nan),
                    "asa_s": np.where(busy & (not mail), 90 * (1 - level), np.nan),
                    "abandonment": np.where(busy & (not mail), 0.25 * (1 - level), np.nan),
                    "occupancy": np.where(
                        busy, np.minimum(0.82 / np.maximum(cover, 0.5), 1), np.nan
                    ),
                    "deadline_met": np.where(busy & mail, 0.97, np.nan),
                    "backlog_hours": _backlog(demand.required, heads[i]) if mail else np.nan,
                    "under_hours": np.maximum(demand.required - heads[i], 0)
                    * grid.interval_min
                    / 60,
                    "over_hours": np.maximum(heads[i] - demand.required, 0)
                    * grid.interval_min
                    / 60,
                    **dict.fromkeys(("blocked", "wait_within", "reply_rate"), np.nan),
                }
            )
        )
    interval = pd.concat(frames, ignore_index=True)
    paid = sum(a.paid_minutes for a in roster.assignments) / 60
    day = _aggregate(interval, grid, list(grid.dates))
    week = _aggregate(interval.assign(start=interval["start"].iloc[0]), grid, [grid.first_day])
    paid_by_day = pd.DataFrame({"start": grid.dates, "paid_hours": paid / grid.days, "cost": 0.0})
    return Kpis(interval, day, week, paid, paid * 45.0, paid_by_day)


def _aggregate(interval: pd.DataFrame, grid: TimeGrid, dates: list[date]) -> pd.DataFrame:
    """Rows by queue (and `all`) and date: hours add up, shares are weighted by contacts."""
    hours = grid.interval_min / 60
    whole = interval.assign(queue="all")
    rows = []
    for queue, frame in pd.concat([interval, whole]).groupby("queue", sort=False):
        for day in dates:
            part = frame if len(dates) == 1 else frame[frame["start"].dt.date == day]
            row: dict[str, object] = {"queue": queue, "start": day}
            for name in ("contacts", "under_hours", "over_hours"):
                row[name] = part[name].sum()
            for name in ("required", "rostered"):
                row[name] = part[name].sum() * hours
            for name in ("service_level", "asa_s", "abandonment", "occupancy", "deadline_met"):
                known = part[part[name].notna()]
                weight = known["contacts"].sum()
                mean = (known[name] * known["contacts"]).sum() / weight if weight else np.nan
                row[name] = np.nan if queue == "all" else mean
            row |= dict.fromkeys(("blocked", "wait_within", "reply_rate"), np.nan)
            row["backlog_hours"] = np.nan if queue == "all" else part["backlog_hours"].iloc[-1]
            rows.append(row)
    return pd.DataFrame(rows)


def _backlog(required: NDArray[np.float64], heads: NDArray[np.float64]) -> NDArray[np.float64]:
    waiting, found = 0.0, []
    for gap in (required - heads) / 4:
        waiting = max(waiting + gap, 0.0)
        found.append(waiting)
    return np.array(found)
