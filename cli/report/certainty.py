"""How sure the plan is: how good the roster, how wide the forecast, made of what."""

from __future__ import annotations

from dataclasses import dataclass, fields
from importlib.metadata import version

import numpy as np

from ...scheduling.planning.plan import Plan
from ...scheduling.planning.saving import Saving, most_saving
from ...scheduling.rostering.objective import cost_breakdown
from ...scheduling.rostering.roster import RosterResult, SolveStatus
from .wording import Wording


@dataclass(frozen=True)
class CostPart:
    """One goal's share of the roster's cost in points."""

    label: str
    points: str
    share: float


def how_good(result: RosterResult, saving: Saving | None, wording: Wording) -> str:
    """What is proven of a roster: its cost against the bound, in agent-hours short. A bound of
    nothing or less proves nothing and is not said."""
    cost = wording.number(result.cost or 0.0)
    if result.status is SolveStatus.OPTIMAL:
        return wording.say("sure.optimal", cost=cost)
    if saving is None or result.lower_bound is None or result.lower_bound <= 0:
        return wording.say("sure.unproven", cost=cost)
    return wording.say(
        "sure.gap",
        cost=cost,
        bound=wording.number(result.lower_bound),
        hours=wording.number(saving.hours, 1),
        share=wording.share(saving.share),
    )


def roster_words(plan: Plan, wording: Wording) -> list[str]:
    """How good the roster is, and whether the search was over, in sentences."""
    said = [how_good(plan.result, most_saving(plan.problem, plan.result), wording)]
    if plan.result.status is not SolveStatus.OPTIMAL:
        said.append(wording.say("sure.stopped"))
    return said


def cost_parts(plan: Plan, wording: Wording) -> list[CostPart]:
    """The roster's points by goal, the dearest first, without goals that cost nothing; `share` is
    of the total."""
    cost = cost_breakdown(plan.problem, plan.roster)
    total = cost.total or 1.0
    parts = [(field.name, float(getattr(cost, field.name))) for field in fields(cost)]
    return [
        CostPart(wording.say(f"cost.{name}"), wording.number(points), points / total)
        for name, points in sorted(parts, key=lambda part: -part[1])
        if points
    ]


def range_words(plan: Plan, wording: Wording) -> list[str]:
    """Expected contacts of the horizon and the range of 8 in 10 futures, queue by queue."""
    forecast = plan.forecast
    said = []
    for i, queue in enumerate(forecast.queues):
        totals = forecast.paths[:, i].sum(axis=1)
        if not totals.size:
            continue
        low, high = np.quantile(totals, (0.1, 0.9))
        said.append(
            wording.say(
                "sure.range",
                queue=queue,
                mean=wording.number(float(forecast.mean[i].sum())),
                low=wording.number(float(low)),
                high=wording.number(float(high)),
            )
        )
    return said


def model_words(plan: Plan, wording: Wording) -> list[str]:
    """Which queueing model and which unplanned absence each queue's numbers rest on."""
    return [
        wording.say(
            f"sure.model_{profile.channel.value}"
            if profile.channel.value != "phone" or profile.patience_s is not None
            else "sure.model_patient",
            queue=profile.name,
            shrinkage=wording.goal(profile.shrinkage),
            patience=wording.seconds(profile.patience_s or 0),
            concurrency=profile.concurrency,
        )
        for profile in plan.centre.queues
    ]


def footer_words(plan: Plan, wording: Wording) -> list[str]:
    """What makes the plan repeatable: version, seed, time spent."""
    seconds = sum(plan.timings.values())
    return [
        wording.say("footer.version", version=version("shiftcast"), seed=plan.seed),
        wording.say("footer.time", seconds=wording.number(seconds)),
        wording.say("footer.zone", zone=plan.centre.tz, interval=plan.grid.interval_min),
    ]
