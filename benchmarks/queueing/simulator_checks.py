"""The simulation against published simulations and against exact results.

Published: SimpleMSK, singleQueue, MMC and MMCAb of the ContactCenters library (University of
Montreal; parameters and listings in its documentation), as means with 95 % intervals. Exact: the
rows M/M/n+M, M/M/n/K+M and chat of the reference values.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from shiftcast.scheduling.simulation.engine import world
from shiftcast.scheduling.simulation.groups import AgentGroup, simulate_groups
from shiftcast.scheduling.simulation.queues import Patience, SimulatedQueue
from shiftcast.scheduling.simulation.replications import Replications, estimate_ratio
from shiftcast.scheduling.simulation.routing import Pool

Array = NDArray[np.float64]

MOST_ERRORS = 3.0
_OF_95 = 1.96  # half a 95 % interval in standard errors


@dataclass(frozen=True)
class Check:
    """A simulated figure with its standard error beside the one that it should have."""

    case: str
    metric: str
    found: float
    error: float
    wanted: float
    wanted_error: float

    @property
    def off(self) -> float:
        """Difference in combined standard errors."""
        return abs(self.found - self.wanted) / float(np.hypot(self.error, self.wanted_error))

    @property
    def good(self) -> bool:
        return self.off <= MOST_ERRORS


def published_checks(seed: int) -> Iterator[Check]:
    """Every published figure that the listings give with its interval."""
    yield from _simple_msk(seed)
    yield from _single_queue(seed)
    yield from _mmc(seed)


def exact_checks(reference: Path, seed: int) -> Iterator[Check]:
    """Every row of the reference values that a simulation can estimate."""
    with reference.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for model in ("ErlangA", "MMnKM", "ChatExact"):
        cases = dict.fromkeys(row["case_id"] for row in rows if row["model"] == model)
        for case in cases:
            mine = [row for row in rows if row["case_id"] == case]
            if _worth_a_run(mine[0]):
                yield from _exact(case, mine, seed)


def _simple_msk(seed: int, days: int = 4000) -> Iterator[Check]:
    """Three types, two groups, first in first out over both; a day's busyness is Gamma."""
    period_s = 7200.0
    per_period = 120 * np.array([[4.2, 5.3, 3.2], [5.1, 4.3, 4.8], [6.3, 5.2, 4.8]])
    aht_s, patience = 60 / np.array([0.5, 0.6, 0.4]), Patience(60 / np.array([0.3, 0.4, 0.2]))
    busyness = np.random.default_rng(seed).gamma(28.7, 1 / 28.7, days)
    queues = [SimulatedQueue(f"type {k}", aht_s, patience, within_s=20.0) for k in range(3)]
    groups = [
        AgentGroup("0", np.array([12, 18, 9]), Pool({"type 0": 0, "type 1": 0})),
        AgentGroup("1", np.array([15, 20, 11]), Pool({"type 1": 0, "type 2": 0}, {"type 1": 1})),
    ]
    days_contacts = busyness[:, None, None] * per_period
    played = simulate_groups(queues, days_contacts, groups, period_s, replications=days, seed=seed)
    counts = played.contacts.astype(float)
    served, lost = counts[..., world.ANSWERED], counts[..., world.ABANDONED]
    good = counts[..., world.ANSWERED_WITHIN]
    late = (lost - counts[..., world.ABANDONED_WITHIN]).sum(axis=(1, 2))
    case = "SimpleMSK"
    yield _mean(case, "served", served.sum(axis=(1, 2)), 4297.305, (4270.150, 4324.460))
    yield _mean(case, "abandoned", lost.sum(axis=(1, 2)), 910.335, (876.133, 944.537))
    counted = served.sum(axis=(1, 2)) + late
    yield _ratio(case, "service level", good.sum(axis=(1, 2)), counted, 0.501, (0.494, 0.509))
    for (k, p), (mean, low, high) in _GOOD_BY_TYPE_AND_PERIOD.items():
        yield _mean(case, f"good, type {k}, period {p}", good[:, k, p], mean, (low, high))


_GOOD_BY_TYPE_AND_PERIOD = {
    (0, 0): (170.154, 164.338, 175.970),
    (0, 1): (599.334, 594.159, 604.509),
    (0, 2): (15.490, 13.782, 17.198),
    (1, 0): (262.936, 254.597, 271.275),
    (1, 1): (511.648, 506.276, 517.020),
    (1, 2): (34.697, 31.270, 38.124),
    (2, 0): (259.806, 250.178, 269.434),
    (2, 1): (613.732, 607.586, 619.878),
    (2, 2): (24.888, 22.137, 27.639),
}


def _single_queue(seed: int, days: int = 6000) -> Iterator[Check]:
    """Thirteen hours of one queue, a tenth of whose customers give up at once. The listing has no
    interval by hour: its error is taken from ours, for its 300 days."""
    hourly = np.array([[100.0, 150, 150, 180, 200, 150, 150, 150, 120, 100, 80, 70, 60]])
    agents = np.array([4, 6, 8, 8, 8, 7, 8, 8, 6, 6, 4, 4, 4])
    levels = (78.1, 85.9, 97.5, 93.7, 90.1, 93.0, 97.4, 97.3, 93.5, 97.0, 87.3, 91.8, 94.7)
    queue = SimulatedQueue("all", 100.0, Patience(1000.0, balking=0.1), within_s=20.0)
    group = AgentGroup("all", agents, Pool({"all": 0}))
    played = simulate_groups([queue], hourly, [group], 3600.0, replications=days, seed=seed)
    counts = played.contacts[:, 0].astype(float)
    good = counts[..., world.ANSWERED_WITHIN]
    counted = counts[..., world.OFFERED] - counts[..., world.ABANDONED_WITHIN]
    case = "singleQueue"
    for hour, level in enumerate(levels):
        found = estimate_ratio(good[:, hour], counted[:, hour])
        theirs = float(found.error) * np.sqrt(days / 300)
        name, error = f"service level, hour {hour + 1}", _with_rounding(theirs, 0.001)
        yield Check(case, name, float(found.value), float(found.error), level / 100, error)
    totals = good.sum(axis=1), counted.sum(axis=1)
    yield _ratio(case, "service level", *totals, 0.925, (0.922, 0.927))
    time = played.time[:, 0].astype(float).sum(axis=1)
    found = estimate_ratio(time[:, world.BUSY], time[:, world.AVAILABLE])
    theirs = _with_rounding(float(found.error) * np.sqrt(days / 300), 0.001)
    yield Check(case, "occupancy", float(found.value), float(found.error), 0.558, theirs)


def _mmc(seed: int, days: int = 4000) -> Iterator[Check]:
    """Eight hours that begin empty, without and with patience."""
    contacts, agents = np.full((1, 8), 4.2 * 60), np.full(8, 12)
    group = AgentGroup("all", agents, Pool({"all": 0}))

    def play(patience: Patience | None) -> Array:
        queue = SimulatedQueue("all", 120.0, patience, within_s=20.0)
        played = simulate_groups([queue], contacts, [group], 3600.0, replications=days, seed=seed)
        return np.asarray(played.contacts[:, 0].astype(float).sum(axis=1))

    counts = play(None)
    good = counts[:, world.ANSWERED_WITHIN]
    yield _mean("MMC", "good", good, 1816.158, (1812.618, 1819.698))
    yield _ratio("MMC", "service level", good, counts[:, world.OFFERED], 0.902, (0.900, 0.904))
    waits = counts[:, world.ANSWERED_WAIT_S] / 60, counts[:, world.ANSWERED]
    yield _ratio("MMC", "minutes to answer", *waits, 0.099, (0.097, 0.102))
    counts = play(Patience(60.0))
    good, lost = counts[:, world.ANSWERED_WITHIN], counts[:, world.ABANDONED]
    yield _mean("MMCAb", "good", good, 1906.008, (1903.785, 1908.231))
    yield _mean("MMCAb", "abandoned", lost, 58.609, (57.660, 59.558))
    counted = counts[:, world.OFFERED] - counts[:, world.ABANDONED_WITHIN]
    yield _ratio("MMCAb", "service level", good, counted, 0.968, (0.968, 0.969))


def _mean(
    case: str, metric: str, values: Array, wanted: float, interval: tuple[float, float]
) -> Check:
    return _ratio(case, metric, values, np.ones_like(values), wanted, interval, rounded=0.001)


def _ratio(
    case: str,
    metric: str,
    above: Array,
    below: Array,
    wanted: float,
    interval: tuple[float, float],
    rounded: float = 0.001,
) -> Check:
    found = estimate_ratio(above, below)
    theirs = _with_rounding((interval[1] - interval[0]) / (2 * _OF_95), rounded)
    return Check(case, metric, float(found.value), float(found.error), wanted, theirs)


def _with_rounding(error: float, step: float) -> float:
    """A figure rounded to `step` is uniform about the one that was meant."""
    return float(np.hypot(error, step / np.sqrt(12)))


def _worth_a_run(row: Mapping[str, str]) -> bool:
    """Loads that come into a steady state within hours, and are not so large that a few seconds
    would say nothing."""
    return 0.05 <= float(row["lambda_per_s"]) * float(row["aht_s"].split("|")[0]) <= 500


INTERVALS, WARM_UP = 220, 20
RUNS, TARGET_CONTACTS = 40, 1_500_000


def _exact(case: str, rows: Sequence[Mapping[str, str]], seed: int) -> Iterator[Check]:
    row = rows[0]
    rate, agents = float(row["lambda_per_s"]), int(row["n"])
    handle_s = [float(time) for time in row["aht_s"].split("|")]
    chat = row["model"] == "ChatExact"
    queue = SimulatedQueue(
        "all",
        handle_s[0],
        Patience(float(row["patience_s"])),
        aht_by_concurrency=tuple(time / handle_s[0] for time in handle_s),
        within_s=float(row["T_s"] or 0),
        lines=int(row["K"]) if row["K"] and not chat else None,
    )
    # So many contacts in all, in intervals long enough to warm up in twenty of them.
    memory = max(handle_s) + float(row["patience_s"])
    width = max(TARGET_CONTACTS / (RUNS * INTERVALS * rate), memory / 4)
    contacts = np.full((1, INTERVALS), rate * width)
    group = AgentGroup("all", np.full(INTERVALS, agents), Pool({"all": 0}))
    played = simulate_groups([queue], contacts, [group], width, replications=RUNS, seed=seed)
    figures = _figures(played, width)
    if _hardly_anybody_waits(rows, TARGET_CONTACTS):
        figures = {name: figures[name] for name in _OCCUPANCIES}
    for row in rows:
        if row["metric"] in figures:
            above, below = figures[row["metric"]]
            found = estimate_ratio(above, below)
            # Where every contact fares alike, the figure is as sure as one contact more or less.
            error = max(float(found.error), 1.0 / float(below.sum()))
            name = f"{row['model']} {case}"
            wanted = float(row["value"])
            yield Check(name, row["metric"], float(found.value), error, wanted, 0.0)


_OCCUPANCIES = ("occ", "slot_occ", "agent_busy_frac")


def _hardly_anybody_waits(rows: Sequence[Mapping[str, str]], contacts: int) -> bool:
    """Whether too few contacts wait for a share of them to mean anything."""
    waiting = [float(row["value"]) for row in rows if row["metric"] == "Pw"]
    return bool(waiting) and waiting[0] * contacts < 20


def _figures(played: Replications, width: float) -> dict[str, tuple[Array, Array]]:
    """The metrics of the reference values as ratios of sums, after the warm-up."""
    counts = played.contacts[:, 0, WARM_UP:].astype(float).sum(axis=1)
    time = played.time[:, 0, WARM_UP:].astype(float).sum(axis=1)
    offered, answered = counts[:, world.OFFERED], counts[:, world.ANSWERED]
    in_time, lost = counts[:, world.ANSWERED_WITHIN], counts[:, world.ABANDONED]
    early = counts[:, world.ABANDONED_WITHIN]
    answered_wait = counts[:, world.ANSWERED_WAIT_S]
    waits = answered_wait + counts[:, world.ABANDONED_WAIT_S]
    return {
        "Pw": (counts[:, world.WAITED], offered),
        "Pab": (lost, offered),
        "Pblock": (counts[:, world.BLOCKED], offered),
        "EW": (waits, offered),
        "EQ": (waits, np.full(len(waits), width * (INTERVALS - WARM_UP))),
        "EWs": (answered_wait, answered),
        "SLo": (in_time, offered),
        "SLa": (in_time, answered),
        "SLx": (in_time, offered - early),
        "PWT": (in_time + early, offered),
        "occ": (time[:, world.BUSY], time[:, world.AVAILABLE]),
        "slot_occ": (time[:, world.BUSY], time[:, world.AVAILABLE]),
        "agent_busy_frac": (time[:, world.ENGAGED], time[:, world.AVAILABLE]),
    }
