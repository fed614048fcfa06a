"""What a what-if changes about the people: who is away, who is hired, who learns a skill."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import count, islice

from .centre import Centre
from .people import Agent, TimeOff

Levels = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class AbsenceChange:
    """One agent absent, or the first `count` agents who have no time off in the period; a period
    without its first or last day reaches to the end of what is planned."""

    first: date | None = None
    last: date | None = None
    agent: str | None = None
    count: int = 0

    def __post_init__(self) -> None:
        if self.first is not None and self.last is not None and self.last < self.first:
            raise ValueError(f"the absence ends {self.last} before it begins {self.first}")
        if (self.agent is None) == (self.count == 0):
            raise ValueError("an absence names an agent or counts agents, and not both")

    def applied_to(self, centre: Centre, since: date, until: date) -> Centre:
        first, last = self.first or since, self.last or until
        away = {
            entry.agent
            for entry in centre.time_off
            if entry.whole_days and entry.first <= last and first <= entry.last
        }
        present = [agent.id for agent in centre.agents if agent.id not in away]
        names = present[: self.count] if self.agent is None else [self.agent]
        return centre.with_absences(
            tuple(TimeOff(name, first, last, kind="absence") for name in names)
        )


@dataclass(frozen=True)
class HireChange:
    """`count` new agents, who can work at any time from their first day to the last (None: from the
    beginning, to the end). What is not said of them (`contract`, `skills` with the `proficiency` of
    those in which it is not 1) is as most agents of the centre have it, among those of the contract
    or skills that are."""

    count: int
    contract: str | None = None
    skills: frozenset[str] | None = None
    first: date | None = None
    last: date | None = None
    proficiency: Levels = ()

    def applied_to(self, centre: Centre, since: date, until: date) -> Centre:
        """The centre with the new agents; ValueError if it has nobody to be like."""
        contract, skills, proficiency = self.kind(centre)
        ids = islice(_free_ids(centre), self.count)
        like = Agent(
            "", "", contract, skills, proficiency=proficiency, first_day=self.first,
            last_day=self.last,
        )  # fmt: skip
        new = tuple(replace(like, id=id_, name=id_) for id_ in ids)
        return replace(centre, agents=(*centre.agents, *new))

    def kind(self, centre: Centre) -> tuple[str, frozenset[str], Levels]:
        """The contract, skills and proficiency of those who are hired."""
        if self.contract is not None and self.skills is not None:
            return self.contract, self.skills, self.proficiency
        kinds = Counter(
            (
                self.contract or agent.contract,
                self.skills or agent.skills,
                agent.proficiency if self.skills is None else self.proficiency,
            )
            for agent in centre.agents
            if self.contract in (None, agent.contract) and self.skills in (None, agent.skills)
        )
        if not kinds:
            raise ValueError(
                "no agent has the contract or the skills that the new ones are to have"
            )
        return kinds.most_common(1)[0][0]


@dataclass(frozen=True)
class TrainingChange:
    """One agent who learns a skill, or the first `count` agents who do not have it; then they do
    the work of so many agents (`level`) in it."""

    skill: str
    agent: str | None = None
    count: int = 0
    level: float = 1.0

    def __post_init__(self) -> None:
        if (self.agent is None) == (self.count == 0):
            raise ValueError("a training names an agent or counts agents, and not both")

    def applied_to(self, centre: Centre, since: date, until: date) -> Centre:
        without = [agent.id for agent in centre.agents if self.skill not in agent.skills]
        taught = set(without[: self.count] if self.agent is None else [self.agent])
        return replace(
            centre,
            agents=tuple(
                self._taught(agent) if agent.id in taught else agent for agent in centre.agents
            ),
        )

    def _taught(self, agent: Agent) -> Agent:
        if self.skill in agent.skills:
            return agent
        learned = () if self.level == 1.0 else ((self.skill, self.level),)
        return replace(
            agent,
            skills=agent.skills | {self.skill},
            proficiency=(*agent.proficiency, *learned),
        )


def _free_ids(centre: Centre) -> Iterator[str]:
    """NEW1, NEW2 and so on, without those that are taken."""
    taken = {agent.id for agent in centre.agents}
    return (id_ for number in count(1) if (id_ := f"NEW{number}") not in taken)
