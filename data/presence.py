"""Who has to be there, how many may be, who goes with whom, and what people meet for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .people import Agent

EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True)
class Hours:
    """A clock span of some weekdays (Monday = 0): from `start` until before `end`, in minutes of
    the weekday it begins on; the end may exceed 1440."""

    weekdays: frozenset[int] = EVERY_DAY
    start: int = 0
    end: int = 1440

    def __post_init__(self) -> None:
        if not 0 <= self.start < min(self.end, 1440) or self.end > 2880:
            raise ValueError(f"hours {self.start}–{self.end} do not order")


def _check_points(points: float | None) -> None:
    if points is not None and not points >= 0:
        raise ValueError(f"a breach costs {points} points, expected 0 or more")


@dataclass(frozen=True)
class LeastStaffing:
    """So many agents at work (not on a break) at any time of the hours: those who have a `skill`,
    of a `team`, of a `site`, or of the `people` named; what is empty narrows nothing. `points` are
    the price of an agent missing for an hour: None as for the rule, infinite where it is hard."""

    agents: int
    skill: str = ""
    team: str = ""
    site: str = ""
    people: frozenset[str] = frozenset()
    hours: Hours = Hours()
    points: float | None = None

    def __post_init__(self) -> None:
        if self.agents < 1:
            raise ValueError(f"least staffing of {self.agents} agents, expected 1 or more")
        _check_points(self.points)

    def counts(self, agent: Agent) -> bool:
        """Whether the agent is one of those asked for."""
        return (
            (not self.skill or self.skill in agent.skills)
            and self.team in ("", agent.team)
            and self.site in ("", agent.site)
            and (not self.people or agent.id in self.people)
        )


@dataclass(frozen=True)
class SeatLimit:
    """Most agents present (breaks included) at any time of the hours, at a site or in all;
    `points` as in `LeastStaffing`."""

    seats: int
    site: str = ""
    hours: Hours = Hours()
    points: float | None = None

    def __post_init__(self) -> None:
        if self.seats < 0:
            raise ValueError(f"{self.seats} seats, expected 0 or more")
        _check_points(self.points)


class Company(StrEnum):
    TOGETHER = "together"
    APART = "apart"


@dataclass(frozen=True)
class Pairing:
    """People who work together or apart. Together: none of them is present while another is not.
    Apart: no two of them are present at the same time. `points` as in `LeastStaffing`."""

    agents: tuple[str, ...]
    company: Company
    points: float | None = None

    def __post_init__(self) -> None:
        _check_points(self.points)
        if len(set(self.agents)) < 2 or len(set(self.agents)) < len(self.agents):
            raise ValueError(f"{self.company} needs two or more people, each once: {self.agents}")


@dataclass(frozen=True)
class Meeting:
    """A meeting, training or talk of `minutes` at work, within clock times of one of the days from
    `first` to `last`: of the `agents` named, or of a `team`. At one time for all, or for each
    alone. `weight` is the points of each person who misses it."""

    name: str
    minutes: int
    first: date
    last: date
    agents: tuple[str, ...] = ()
    team: str = ""
    from_minute: int = 0
    to_minute: int = 1440
    one_time: bool = True
    weight: float = 50.0

    def __post_init__(self) -> None:
        if bool(self.agents) == bool(self.team):
            raise ValueError(f"meeting {self.name} is for agents or for a team")
        if self.minutes < 1 or self.from_minute + self.minutes > self.to_minute:
            raise ValueError(f"meeting {self.name} does not fit into its hours")
        if self.last < self.first:
            raise ValueError(f"meeting {self.name} ends before it begins")

    def attends(self, agent: Agent) -> bool:
        return agent.team == self.team if self.team else agent.id in self.agents
