"""Staffing of queues that share agents, against a long search by simulation.

    python -m benchmarks.queueing.multiskill [--centres chain hub pyramid] [--minutes 5] [--seed 1]

Each centre has 3 to 6 queues, groups of agents with one or several skills, and four periods of
different load. The product's requirement (`scheduling/pooling`) is held against the cheapest whole
agents that a local search by simulation finds: it starts from what the queues need alone and from
the product's answer, takes agents out, puts others in their place, two for one and one for two, and
keeps what is cheaper while every queue meets its target on the same contacts. Both are then
simulated on contacts that neither has seen.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from shiftcast.data.targets import QueueProfile, ServiceTarget
from shiftcast.scheduling.pooling.correction import MARGIN, corrected_groups
from shiftcast.scheduling.pooling.crew import Crew
from shiftcast.scheduling.pooling.needs import LoneNeeds, lone_needs
from shiftcast.scheduling.pooling.recipe import Setting
from shiftcast.scheduling.pooling.trial import Trial
from shiftcast.scheduling.staffing.demand import QueueDemand

Array = NDArray[np.float64]

INTERVAL_MIN = 60
PERIODS = (0.7, 1.0, 1.25, 0.9)
HOURS_A_PERIOD = 3
REPLICATIONS, FRESH = 60, 200


@dataclass(frozen=True)
class Centre:
    """Queues with their demand, and who can serve them."""

    name: str
    demands: tuple[QueueDemand, ...]
    crew: Crew


def chain() -> Centre:
    """Three queues; specialists, and agents of two neighbouring queues for a tenth more."""
    return _centre(
        "chain",
        [(190, 240, 300, 0.8, 20), (115, 300, 200, 0.8, 20), (60, 360, 240, 0.9, 30)],
        [([0], 1.0), ([1], 1.0), ([2], 1.0), ([0, 1], 1.1), ([1, 2], 1.1)],
    )


def hub() -> Centre:
    """Four small queues beside one large one, whose agents know one small queue each."""
    return _centre(
        "hub",
        [(300, 210, 240, 0.8, 20), *[(volume, 300, 240, 0.8, 30) for volume in (14, 22, 30, 40)]],
        [([0], 1.0), *[([0, small], 1.08) for small in (1, 2, 3, 4)], ([1, 2, 3, 4], 1.12)],
    )


def pyramid() -> Centre:
    """Six queues in three languages: one language, two, or all of them."""
    queues = [(90, 240), (50, 330), (70, 240), (35, 330), (40, 240), (18, 330)]
    crew = [
        ([0], 1.0),
        ([0, 1], 1.05),
        ([2], 1.0),
        ([2, 3], 1.05),
        ([4], 1.0),
        ([4, 5], 1.05),
        ([0, 1, 2, 3], 1.15),
        (list(range(6)), 1.3),
    ]
    return _centre("pyramid", [(*queue, 180, 0.8, 20) for queue in queues], crew)


CENTRES = {"chain": chain, "hub": hub, "pyramid": pyramid}


def _centre(
    name: str,
    queues: Sequence[tuple[float, float, float, float, float]],
    groups: Sequence[tuple[list[int], float]],
) -> Centre:
    """`queues` are (contacts an hour, handle time, patience, service level, within seconds),
    `groups` (queues served, price)."""
    day = np.repeat(PERIODS, HOURS_A_PERIOD)
    names = tuple(f"queue {number + 1}" for number in range(len(queues)))
    demands = []
    for queue, (contacts, aht, patience, share, within) in zip(names, queues, strict=True):
        target = ServiceTarget(share, within, max_occupancy=1.0, max_abandonment=1.0)
        profile = QueueProfile(queue, target=target, patience_s=patience)
        demands.append(QueueDemand(profile, contacts * day, np.full(day.size, float(aht))))
    serves = np.zeros((len(groups), len(queues)), dtype=bool)
    for row, (skills, _) in enumerate(groups):
        serves[row, skills] = True
    price = np.array([cost for _, cost in groups])
    return Centre(name, tuple(demands), Crew(names, serves, np.full(len(groups), np.inf), price))


def alone(centre: Centre, needs: LoneNeeds) -> Array:
    """What queues need alone, by the cheapest group of each; shape (groups, intervals)."""
    agents = np.zeros((len(centre.crew.serves), needs.agents.shape[1]))
    for row, wanted in enumerate(needs.agents):
        price = np.where(centre.crew.serves[:, row], centre.crew.hourly_cost, np.inf)
        agents[price.argmin()] += wanted
    return agents


def searched(centre: Centre, trial: Trial, start: Array, seconds: float) -> tuple[float, Array]:
    """(cost, agents by group and interval) of the cheapest whole agents that a local search from
    `start` (groups, periods) finds."""
    price, deadline = centre.crew.hourly_cost, time.monotonic() + seconds

    def met(agents: Array) -> bool:
        return trial.surplus(np.repeat(agents, HOURS_A_PERIOD, axis=1)).met(MARGIN)

    agents = start.copy()
    while not met(agents):
        agents += 1
    moves, rng = list(_moves(*agents.shape)), np.random.default_rng(1)
    improved = True
    while improved:
        improved = False
        for number in rng.permutation(len(moves)):
            if time.monotonic() > deadline:
                improved = False
                break
            tried = agents.copy()
            for group, period, change in moves[number]:
                tried[group, period] += change
            cheaper = float((price @ (tried - agents)).sum()) < -1e-9
            if cheaper and (tried >= 0).all() and met(tried):
                agents, improved = tried, True
    return float((price @ agents).sum()) * HOURS_A_PERIOD, np.repeat(agents, HOURS_A_PERIOD, axis=1)


def _moves(groups: int, periods: int) -> Iterator[list[tuple[int, int, int]]]:
    """One out; one out and another in; two out and one in; one out here and in at another time."""
    for out, at in product(range(groups), range(periods)):
        yield [(out, at, -1)]
        for other in range(groups):
            if other != out:
                yield [(out, at, -1), (other, at, 1)]
            for third in range(groups):
                if third not in (out, other):
                    yield [(out, at, -1), (other, at, -1), (third, at, 1)]
        for elsewhere in range(periods):
            if elsewhere != at:
                yield [(out, at, -2), (out, elsewhere, 1)]


def measured(centre: Centre, minutes: float, seed: int) -> str:
    """One row of the table: costs in agent-hours at a specialist's price."""
    trial = Trial(centre.demands, centre.crew, INTERVAL_MIN, REPLICATIONS, seed)
    fresh = Trial(centre.demands, centre.crew, INTERVAL_MIN, FRESH, seed + 1_000_000)
    needs = lone_needs(centre.demands, INTERVAL_MIN)
    begin = time.process_time()
    ours = corrected_groups(Setting(centre.crew, needs), trial)
    seconds = time.process_time() - begin
    separate = alone(centre, needs)
    found = [
        searched(centre, trial, np.ceil(_by_period(start)), minutes * 30)
        for start in (ours.agents, separate)
    ]
    cost, agents = min(found, key=lambda pair: pair[0])
    mine, theirs = fresh.surplus(ours.agents), fresh.surplus(agents)
    return (
        f"{centre.name:8s} alone {(centre.crew.hourly_cost @ separate).sum():7.1f}  "
        f"pooled {ours.cost:7.1f} ({seconds:.1f} s)  search {cost:7.1f}  "
        f"ratio {ours.cost / cost:.3f}  least surplus {mine.value.min():+.4f} "
        f"± {mine.error.max():.4f}, of the search {theirs.value.min():+.4f}"
    )


def _by_period(agents: Array) -> Array:
    return agents.reshape(len(agents), len(PERIODS), HOURS_A_PERIOD).mean(axis=2)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.queueing.multiskill", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--centres", nargs="+", choices=list(CENTRES), default=list(CENTRES))
    parser.add_argument("--minutes", type=float, default=5.0, help="of search for each centre")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for name in asked.centres:
        print(measured(CENTRES[name](), asked.minutes, asked.seed), flush=True)


if __name__ == "__main__":
    main()
