"""What can give way in each rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from ....data.people import Agent
from ..problem import RosterProblem
from . import agent_dials, contract_dials
from .centre_dials import centre_dials
from .changes import Dial

Maker = Callable[[RosterProblem, Agent], Iterable[Dial]]

ENTRIES: Mapping[str, Maker] = MappingProxyType(
    {
        "fixed": agent_dials.fixed_entries,
        "availability": agent_dials.hours,
        "shift_type": contract_dials.more_shifts,
        "shift_limits": contract_dials.more_of_a_shift,
        "skills": agent_dials.more_skills,
        "sites": lambda _, agent: agent_dials.any_site(agent),
        "time_off": agent_dials.leave,
    }
)
"""Rules whose data are days, hours and names; those of the others are limits of contracts, or the
centre's."""


def dials_of(problem: RosterProblem, agent: Agent, rules: Iterable[str]) -> Iterator[Dial]:
    """The dials of the rules for an agent, those that can be turned."""
    for rule in rules:
        maker = ENTRIES.get(rule)
        own = maker(problem, agent) if maker else contract_dials.looser_terms(problem, agent, rule)
        yield from (dial for dial in (*own, *centre_dials(problem, (rule,))) if dial.changes)
