"""How many agents' work each agent does on each queue, in whole units, so that sums are exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ...data.centre import Centre
from ...data.people import Agent

UNITS = (1, 2, 4, 5, 10, 20)
"""Parts of an agent's work that may be the unit: the largest that all proficiencies are made of,
each taken to the nearest twentieth."""


@dataclass(frozen=True)
class Proficiency:
    """Work in units of 1 ÷ `unit` of an agent's. `units` has that of (agent, queue) where it is not
    one agent's."""

    unit: int = 1
    units: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def of(self, agent: str, queue: str) -> int:
        """The units of work that the agent does on the queue."""
        return self.units.get((agent, queue), self.unit)


ALIKE = Proficiency()
"""Everybody does one agent's work."""


def proficiency_of(agents: Iterable[Agent], skills: Mapping[str, str]) -> Proficiency:
    """The work of the agents on queues, by the skill that each queue asks for. Nobody who serves a
    queue does no work at all."""
    finest = UNITS[-1]
    found = {
        (agent.id, queue): max(round(level * finest), 1)
        for agent in agents
        for skill, level in agent.proficiency
        for queue, asked in skills.items()
        if asked == skill
    }
    sizes = set(found.values())
    unit = next(u for u in UNITS if all(size * u % finest == 0 for size in sizes))
    return Proficiency(
        unit, {who: size * unit // finest for who, size in found.items() if size != finest}
    )


def centre_proficiency(centre: Centre) -> Proficiency:
    """The work of a centre's agents on its queues."""
    return proficiency_of(centre.agents, {queue.name: queue.skill for queue in centre.queues})
