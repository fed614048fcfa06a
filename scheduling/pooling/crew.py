"""Who can serve what: agents in groups of the same skills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ...data.centre import Centre
from ...data.people import Agent

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

_LARGEST_SET = 3
"""Queues in a set, where there are too many queues to look at every set of them."""

_ALL_SETS = 10
"""Queues up to which every set of them is looked at."""


@dataclass(frozen=True)
class Crew:
    """Groups of agents with the same skills. `serves` has shape (groups, queues), `headcount` and
    `hourly_cost` shape (groups,); a headcount is infinite where there is no limit. What queues need
    counts agents of proficiency 1, and so do headcounts and costs: an agent of 0.8 is 0.8."""

    queues: tuple[str, ...]
    serves: Flags
    headcount: Array
    hourly_cost: Array

    def __post_init__(self) -> None:
        groups = len(self.serves)
        if self.serves.shape != (groups, len(self.queues)):
            raise ValueError(f"serves has shape {self.serves.shape}, expected (groups, queues)")
        if self.headcount.shape != (groups,) or self.hourly_cost.shape != (groups,):
            raise ValueError("headcount and hourly_cost need one number a group")
        if not self.serves.any(axis=1).all():
            raise ValueError("a group serves no queue")

    @property
    def unserved(self) -> tuple[str, ...]:
        """Queues that nobody can serve."""
        served: list[bool] = np.asarray(self.serves.any(axis=0)).tolist()
        return tuple(
            queue for queue, somebody in zip(self.queues, served, strict=True) if not somebody
        )


def crew_of(centre: Centre, queues: Sequence[str]) -> Crew:
    """The centre's agents by which of `queues` they have the skill for; agents with none of them
    are left out. Each counts as its mean proficiency on the queues that it serves. A group's hourly
    cost is that of its agents by the work that they do, 1 where no cost is known."""
    skills = [centre.queue(name).skill for name in queues]
    found: dict[tuple[bool, ...], list[tuple[float, float]]] = {}
    for agent in centre.agents:
        able = tuple(skill in agent.skills for skill in skills)
        if any(able):
            levels = dict(agent.proficiency)
            work = np.mean([levels.get(skill, 1.0) for skill in skills if skill in agent.skills])
            found.setdefault(able, []).append((float(work), _hourly_cost(centre, agent)))
    groups = sorted(found, reverse=True)
    serves = np.array(groups, dtype=bool).reshape(len(groups), len(queues))
    work_and_cost = np.array([np.sum(found[group], axis=0) for group in groups]).reshape(-1, 2)
    headcount = work_and_cost[:, 0]
    cost = work_and_cost[:, 1] / headcount
    return Crew(tuple(queues), serves, headcount, np.where(cost > 0, cost, 1.0))


def sets_that_bind(crew: Crew) -> Flags:
    """Sets of queues whose needs must be covered together, shape (sets, queues).

    A set counts if no larger one is served by the same groups, and if it does not fall apart into
    sets that have no group in common: every other need follows from these.
    """
    count = len(crew.queues)
    largest = count if count <= _ALL_SETS else _LARGEST_SET
    chosen: dict[bytes, Flags] = {}
    for size in range(1, largest + 1):
        for some in combinations(range(count), size):
            who = crew.serves[:, some].any(axis=1)
            reached = ~crew.serves[~who].any(axis=0) & crew.serves.any(axis=0)
            members = np.zeros(count, dtype=bool)
            members[list(some)] = True
            if (members == reached).all() or count > _ALL_SETS:
                chosen.setdefault(members.tobytes(), members)
    return np.array([members for members in chosen.values() if _hangs_together(crew, members)])


def _hangs_together(crew: Crew, members: Flags) -> bool:
    reached = np.zeros(len(members), dtype=bool)
    reached[np.flatnonzero(members)[:1]] = True
    while True:
        groups = crew.serves[:, reached].any(axis=1)
        wider = reached | (members & crew.serves[groups].any(axis=0))
        if (wider == reached).all():
            return bool((reached == members).all())
        reached = wider


def _hourly_cost(centre: Centre, agent: Agent) -> float:
    if agent.hourly_cost is not None:
        return agent.hourly_cost
    return centre.contract(agent.contract).hourly_cost
