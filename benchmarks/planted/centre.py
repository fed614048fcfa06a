"""The small centre in which contradictions are planted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from shiftcast.data.grid import TimeGrid
from shiftcast.data.people import Agent, Contract, FixedAssignment
from shiftcast.data.rules import Rules, Weights
from shiftcast.data.shifts import BreakRule, ShiftTemplate
from shiftcast.scheduling.rostering.problem import Demand, RosterProblem

MONDAY = date(2026, 11, 30)
DAYS = [MONDAY + timedelta(days=day) for day in range(7)]
EARLY = ShiftTemplate("E", 480, 360, 360)  # 06:00–14:00
LATE = ShiftTemplate("L", 480, 840, 840)  # 14:00–22:00
NIGHT = ShiftTemplate("N", 480, 1320, 1320)  # 22:00–06:00
FREE = Rules(min_rest_min=0, max_consecutive_days=14)
WEEKEND = frozenset({5, 6})

Sets = frozenset[tuple[frozenset[str], frozenset[str]]]  # (people, rules)


@dataclass(frozen=True)
class Case:
    """A problem, and the smallest conflicts planted in it."""

    name: str
    problem: RosterProblem
    planted: Sets


def a_case(name: str, rules: str, problem: RosterProblem, people: str = "A1") -> Case:
    """A case whose conflicts are written as names of rules, `|` between sets."""
    sets = frozenset(
        (frozenset(people.split()), frozenset(names.split())) for names in rules.split("|")
    )
    return Case(name, problem, sets)


def full(**terms: Any) -> Contract:
    """A contract that limits nothing but what is given."""
    return replace(Contract("full", max_days=7), **terms)


def an_agent(id: str = "A1", **traits: Any) -> Agent:
    return replace(Agent(id, id, "full", frozenset({"phone"})), **traits)


def crew(agents: int) -> list[Agent]:
    return [an_agent(f"A{number}") for number in range(1, agents + 1)]


def fixed(*shifts: tuple[int, str | None], agent: str = "A1") -> tuple[FixedAssignment, ...]:
    return tuple(FixedAssignment(agent, DAYS[day], code) for day, code in shifts)


def on_tuesday(*agents: str) -> tuple[FixedAssignment, ...]:
    """Early shifts of agents."""
    return tuple(entry for agent in agents for entry in fixed((1, "E"), agent=agent))


def with_a_break(earliest: int, latest: int) -> ShiftTemplate:
    """The early shift with half an hour that begins so many minutes after it."""
    return replace(EARLY, breaks=(BreakRule(30, True, earliest, latest),))


def a_week(*agents: Agent, contract: Contract | None = None, **parts: Any) -> RosterProblem:
    """A week of one queue, for the agents given or for one without limits."""
    grid = TimeGrid(MONDAY, 7, 60)
    problem = RosterProblem(
        grid,
        (Demand("phone", "phone", np.ones(grid.size)),),
        agents or (an_agent(),),
        (contract or full(),),
        (EARLY, LATE),
        FREE,
        Weights(queue_change=0.0),
    )
    return replace(problem, **parts)
