"""How far a simulated roster is from what each queue promises."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from statistics import NormalDist

from ..simulation.kpis import SimulatedKpis
from ..simulation.targets import Measure
from .correction import Gap

COLUMN_OF = {
    Measure.SERVICE_LEVEL: "service_level",
    Measure.ASA: "asa_s",
    Measure.ABANDONMENT: "abandonment",
    Measure.OCCUPANCY: "occupancy",
    Measure.WAIT: "wait_within",
    Measure.BLOCKED: "blocked",
    Measure.REPLY: "reply_rate",
    Measure.DEADLINE: "deadline_met",
}
"""Column of `Kpis` that a target is a limit of."""

ERRORS_IN_RANGE = 2 * NormalDist().inv_cdf(0.975)
"""Standard errors between the two ends of an interval of 95 % confidence."""


def gaps_of(simulated: SimulatedKpis) -> tuple[Gap, ...]:
    """Every target of every queue that had contacts to be judged by: by what is expected or, where
    the queue names a risk, by what is reached in that share of the replications."""
    late = simulated.day_targets
    numbers = {start: number for number, start in enumerate(late["start"].drop_duplicates())}
    found = []
    for row in simulated.total_targets.to_dict("records"):
        column = "reached" if math.isnan(row["risk"]) else "reached_at_risk"
        if math.isnan(row[column]):
            continue
        queue, limit = str(row["queue"]), float(row["limit"])
        measure = COLUMN_OF[Measure(row["target"])]
        reach = float(row[f"{column}_high"] - row[f"{column}_low"])
        own = late[(late["queue"] == queue) & (late["target"] == row["target"])]
        days = tuple(
            numbers[day]
            for day, reached in zip(own["start"], own[column], strict=True)
            if Gap(queue, measure, limit, float(reached), 0.0).missed
        )
        error = 0.0 if math.isnan(reach) else reach / ERRORS_IN_RANGE
        risk = None if math.isnan(row["risk"]) else float(row["risk"])
        found.append(Gap(queue, measure, limit, float(row[column]), error, days, risk))
    return tuple(found)


def misses(gaps: Sequence[Gap]) -> tuple[int, float]:
    """How bad it is, to be compared: targets missed, and by how much these and those met by chance
    perhaps are from being met for certain, as parts of their limits."""
    missed = sum(gap.missed for gap in gaps)
    return missed, round(sum(gap.doubt / gap.limit for gap in gaps), 3)


def worst_of(gaps: Iterable[Gap]) -> dict[str, tuple[Gap, ...]]:
    """The targets that are wanting, by queue, the one that is missed most first."""
    found: dict[str, list[Gap]] = {}
    for gap in gaps:
        if gap.doubt > 0:
            found.setdefault(gap.queue, []).append(gap)
    return {
        queue: tuple(sorted(own, key=lambda gap: -gap.wanting / gap.limit))
        for queue, own in found.items()
    }
