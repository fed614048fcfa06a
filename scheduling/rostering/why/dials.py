"""What can give way in each rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from ....data.people import Agent
from ..problem import RosterProblem
from . import agent_dials, contract_dials
from .changes import Change, Dial

Maker = Callable[[RosterProblem, Agent], Iterable[Dial]]

ENTRIES: Mapping[str, Maker] = MappingProxyType(
    {
        "fixed": agent_dials.fixed_entries,
        "availability": agent_dials.hours,
        "shift_type": contract_dials.more_shifts,
        "skills": agent_dials.more_skills,
        "time_off": agent_dials.leave,
        "frozen": lambda problem, _: agent_dials.thawed_days(problem),
    }
)
"""Rules whose data are days, hours and names; those of the others are numbers of contracts."""


def dials_of(problem: RosterProblem, agent: Agent, rules: Iterable[str]) -> Iterator[Dial]:
    """The dials of the rules for an agent, those that can be turned."""
    for rule in rules:
        maker = ENTRIES.get(rule)
        found = (
            maker(problem, agent) if maker else contract_dials.looser_terms(problem, agent, rule)
        )
        yield from (dial for dial in found if dial.changes)


def centre_dials(problem: RosterProblem, rules: Iterable[str]) -> Iterator[Dial]:
    """The dials of rules that couple people: numbers of the centre."""
    if "seats" in rules and problem.rules.seats is not None:
        more = range(problem.rules.seats + 1, len(problem.agents) + 1)
        yield Dial(tuple(_seats(problem.rules.seats, seats) for seats in more))


def _seats(now: int, seats: int) -> Change:
    def apply(problem: RosterProblem) -> RosterProblem:
        return replace(problem, rules=replace(problem.rules, seats=seats))

    params = {"before": now, "after": seats}
    return Change("seats", "seats", params, None, float(seats - now), apply)
