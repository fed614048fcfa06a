"""What a planner prefers in one word, as factors on the weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from enum import StrEnum

from ...data.centre import Centre
from ...data.rules import Weights

FACTORS: Mapping[str, Mapping[str, float]] = {
    "coverage": {
        "under": 2.0,
        "over": 0.5,
        "request": 0.5,
        "fairness": 0.5,
        "steady_start": 0.5,
        "queue_change": 0.5,
    },
    "cost": {"over": 2.0, "overtime": 2.0},
    "people": {
        "request": 3.0,
        "fairness": 3.0,
        "steady_start": 3.0,
        "queue_change": 2.0,
        "overtime": 2.0,
        "change": 2.0,
    },
}
"""By preference and weight; weights that are not named stay."""

PAY_SHARE = 0.25
"""Who prefers cost pays for an hour of an agent a quarter of what a missing agent costs for one: an
hour is worked only where it fills at least a quarter of an hour that is missing."""


class Prefer(StrEnum):
    """What matters most where not everything can be had."""

    COVERAGE = "coverage"
    COST = "cost"
    PEOPLE = "people"


def preferred(centre: Centre, prefer: str | None) -> Centre:
    """The centre with weights that follow a preference (None: as they are).

    A weight that the planner has set to another value than the usual one stays as it is. ValueError
    if there is no such preference.
    """
    if prefer is None:
        return centre
    factors = FACTORS[Prefer(prefer)]
    usual = Weights()
    changed = {
        field.name: getattr(usual, field.name) * factors[field.name]
        for field in fields(Weights)
        if field.name in factors and _is_usual(centre.weights, field.name)
    }
    if prefer == Prefer.COST and _is_usual(centre.weights, "cost"):
        hourly = mean_hourly_cost(centre)
        changed["cost"] = PAY_SHARE * centre.weights.under / hourly if hourly > 0 else 0.0
    return replace(centre, weights=replace(centre.weights, **changed))


def mean_hourly_cost(centre: Centre) -> float:
    """The mean over the agents; 0 without agents, or if no costs are given."""
    contracts = {contract.id: contract.hourly_cost for contract in centre.contracts}
    costs = [
        contracts[agent.contract] if agent.hourly_cost is None else agent.hourly_cost
        for agent in centre.agents
    ]
    return sum(costs) / len(costs) if costs else 0.0


def _is_usual(weights: Weights, name: str) -> bool:
    return bool(getattr(weights, name) == getattr(Weights(), name))
