"""Who else could work, or on which other terms: the candidates that are worth a trial."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from ....data.people import Agent, Contract
from ..problem import RosterProblem
from .contract_dials import LIMITS, Limit, Value, limit_of, with_term
from .trial import Candidate

TWIN = "\n"  # parts the name of an agent or contract from what is new: no name of a file holds it
MOST_KINDS = 8  # of new agents
MOST_MORE = 10  # new agents of a kind
CLOSING = frozenset({
    "days_most", "hours_most", "period_most", "week_hours", "consecutive_days",
    "days_off_together", "start_spread", "rotation", "rest", "nights", "most_weekends",
    "whole_weekends",
})  # fmt: skip
"""Limits that may keep somebody from working where people are short."""

_LOOSENED = tuple({limit.field: limit for limit in LIMITS}.values())  # each field once


class Means(StrEnum):
    """The ways to close hours, as the catalogue tells them under ``why.close.``."""

    AGENTS = "agents"
    AVAILABILITY = "availability"
    CONTRACT = "contract"
    OVERTIME = "overtime"
    SKILL = "skill"
    BREAKS = "breaks"


@dataclass(frozen=True)
class Proposal:
    """Candidates to be tried together: in the places of agents (by position), or (empty) besides
    them. `params` are the values of the sentence."""

    means: Means
    what: str
    params: Mapping[str, object]
    agents: tuple[int, ...]
    candidates: tuple[Candidate, ...]


def proposals(
    problem: RosterProblem, sample: list[int], short_skills: list[str]
) -> Iterator[Proposal]:
    """Proposals about the agents of a sample (by position), but for those who are tied to others;
    `short_skills` are those of the queues that are short."""
    tied = {agent for pairing in problem.pairings for agent in pairing.agents}
    sample = [a for a in sample if problem.agents[a].id not in tied]
    yield from new_agents(problem)
    yield from _looser_contracts(problem, sample)
    for a in sample:
        agent = problem.agents[a]
        yield _one_day_more(problem, a, agent)
        for skill in short_skills:
            if skill not in agent.skills:
                yield trained(problem, a, agent, skill)
        for weekday, window in enumerate(agent.availability):
            if window is not None:
                yield _any_time_on(problem, a, agent, weekday)


def new_agents(problem: RosterProblem) -> Iterator[Proposal]:
    """As many more as may be of the most frequent kinds of agents, available at any time."""
    kinds = Counter((agent.contract, agent.skills, agent.site) for agent in problem.agents)
    for number, ((contract, skills, site), _) in enumerate(kinds.most_common(MOST_KINDS)):
        terms = next(c for c in problem.contracts if c.id == contract)
        more = tuple(
            Candidate(Agent(f"{TWIN}{number}.{i}", "", contract, skills, site=site), terms)
            for i in range(MOST_MORE)
        )
        params = {"contract": contract, "skills": tuple(sorted(skills))}
        yield Proposal(Means.AGENTS, "agents", params, (), more)


def _looser_contracts(problem: RosterProblem, sample: list[int]) -> Iterator[Proposal]:
    """Each limit of each contract looser by one day or hour, for all of its agents."""
    for contract in problem.contracts:
        mine = tuple(a for a in sample if problem.agents[a].contract == contract.id)
        for limit in _LOOSENED if mine else ():
            now = limit_of(problem, contract, limit)
            if now is None or limit.what not in CLOSING:
                continue
            here = limit.number(now)
            steps = (v for v in limit.looser(now) if abs(limit.number(v) - here) >= 1)
            value = next(steps, None)
            if value is not None:
                yield _looser(problem, contract, limit, now, value, mine)


def _looser(
    problem: RosterProblem,
    contract: Contract,
    limit: Limit,
    now: Value,
    value: Value,
    agents: tuple[int, ...],
) -> Proposal:
    terms = replace(with_term(contract, limit.field, value), id=f"{contract.id}{TWIN}{limit.what}")
    params = {
        "contract": contract.id,
        "before": limit.number(now),
        "after": limit.number(value),
        "agents": len(agents),
    }
    twins = tuple(twin(problem.agents[a], limit.what, terms) for a in agents)
    return Proposal(Means.CONTRACT, limit.what, params, agents, twins)


def _one_day_more(problem: RosterProblem, a: int, agent: Agent) -> Proposal:
    """A day more than the contract has, with the hours of the longest shift: one of the days off,
    even of those that lie together."""
    contract = problem.contract_of[agent.id]
    longest = max(shift.paid_min for shift in problem.shifts)
    days = min(contract.max_days + 1, 7)
    terms = replace(
        contract,
        id=f"{contract.id}{TWIN}overtime",
        max_days=days,
        min_days_off_together=min(contract.min_days_off_together, 7 - days),
        max_minutes=None if contract.max_minutes is None else contract.max_minutes + longest,
    )
    one = twin(agent, "overtime", terms)
    return Proposal(Means.OVERTIME, "overtime", {"agent": agent.id}, (a,), (one,))


def trained(problem: RosterProblem, a: int, agent: Agent, skill: str) -> Proposal:
    able = replace(agent, skills=agent.skills | {skill})
    one = twin(able, f"skill.{skill}", problem.contract_of[agent.id])
    return Proposal(Means.SKILL, "skill", {"agent": agent.id, "skill": skill}, (a,), (one,))


def _any_time_on(problem: RosterProblem, a: int, agent: Agent, weekday: int) -> Proposal:
    hours = (*agent.availability[:weekday], None, *agent.availability[weekday + 1 :])
    free = replace(agent, availability=hours)
    one = twin(free, f"day.{weekday}", problem.contract_of[agent.id])
    params = {"agent": agent.id, "weekday": weekday}
    return Proposal(Means.AVAILABILITY, "availability", params, (a,), (one,))


def twin(agent: Agent, what: str, contract: Contract) -> Candidate:
    """The agent once more, on a contract."""
    return Candidate(
        replace(agent, id=f"{agent.id}{TWIN}{what}", contract=contract.id), contract, agent.id
    )
