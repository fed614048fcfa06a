"""The service that a plan promises: simulated, with the answer of the formulas beside it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from ..data.centre import Centre
from ..forecasting.forecast import Forecast
from .kpis import BESIDE, KPI_COLUMNS, WITH_RANGE, Kpis
from .rostering.roster import Roster
from .simulation.kpis import SimulatedKpis
from .simulation.rosters import simulate_roster
from .simulation.sums import RATES

_CONTACTS = 3_000_000
_LEAST_REPLICATIONS, _MOST_REPLICATIONS = 30, 200
"""A week is played this often, as many times as make this many contacts."""

_LEAST_CONTACTS = 200
"""Contacts of an interval, all replications together, below which chance would say more of it than
the roster: there the formulas' answer stays."""

_SIMULATED = tuple(name for name in KPI_COLUMNS if name in RATES or name == "backlog_hours")


def promised_kpis(
    centre: Centre, forecast: Forecast, roster: Roster, expected: Kpis, seed: int
) -> Kpis:
    """`expected` with the service of `roster` as simulated against the forecast's sample paths.

    `roster` has the shifts that reach into the horizon as well. Contacts find agents as the centre
    routes them. Coverage and cost stay what they are: they are no matter of chance.
    """
    simulated = simulate_roster(
        centre, forecast, roster, replications=replications_for(forecast), seed=seed
    )
    return with_simulated(expected, simulated)


def replications_for(forecast: Forecast) -> int:
    """How often a roster is played for what is promised of it."""
    wanted = np.ceil(_CONTACTS / max(float(forecast.mean.sum()), 1.0))
    return int(np.clip(wanted, _LEAST_REPLICATIONS, _MOST_REPLICATIONS))


def with_simulated(expected: Kpis, simulated: SimulatedKpis) -> Kpis:
    """KPIs of formulas, with those of a simulation of the same roster in their place."""
    played = simulated.replications
    none = pd.DataFrame(columns=["queue", "start", "chance"])
    return replace(
        expected,
        interval=_merged(expected.interval, simulated.interval, none, played),
        day=_merged(expected.day, simulated.day, simulated.day_targets, None),
        week=_merged(expected.week, simulated.week, simulated.week_targets, None),
        replications=played,
    )


def _merged(
    formulas: pd.DataFrame, played: pd.DataFrame, targets: pd.DataFrame, replications: int | None
) -> pd.DataFrame:
    """`replications` is given where rows may have too few contacts to be told by simulation."""
    keys = ["queue", "start"]
    at = pd.MultiIndex.from_frame(formulas[keys])
    found = played.set_index(keys).reindex(at).reset_index(drop=True)
    merged = formulas.reset_index(drop=True).copy()
    enough = pd.Series(True, index=merged.index)
    if replications is not None:
        enough = merged["contacts"] * replications >= _LEAST_CONTACTS
    for name in BESIDE:
        merged[f"{name}_formula"] = merged[name]
    for name in _SIMULATED:
        told = enough & found[name].notna() & merged[name].notna()
        merged[name] = found[name].where(told, merged[name])
    for name in WITH_RANGE:
        for end in ("_low", "_high"):
            merged[name + end] = found[name + end].where(enough)
    chances = targets.groupby(keys)["chance"].min() if len(targets) else pd.Series(dtype=float)
    merged["chance"] = chances.reindex(at).to_numpy(dtype=float) if len(chances) else np.nan
    return merged
