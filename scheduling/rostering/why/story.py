"""Why an agent works as the roster says: what else each day could be, wishes, rules, shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ....data.people import Request, RequestKind
from ..fairness import Burden, burdens
from ..problem import Carried, RosterProblem
from ..requests import clock_meets, request_outcomes
from ..roster import Assignment, Roster
from ..rules import RULES
from ..rules.base import Rule
from ..rules.fixed import fixed_days
from .market import Choice, Market

MOST_ALTERNATIVES = 2  # of a day
LEAST_POINTS = 0.5  # that a rule has to cost to be told of


class Ground(StrEnum):
    """What decided a day before the search did."""

    OPEN = "open"
    LEAVE = "leave"
    UNEMPLOYED = "unemployed"
    FIXED = "fixed"
    FROZEN = "frozen"


@dataclass(frozen=True)
class DayChoice:
    """What an agent may do on a day: a shift with clock minutes (the end may exceed 1440), or None
    for a day off; `points` and `hours` short more than the roster has (less: fewer), with the rest
    of the agent's week as well as can be then."""

    shift: str | None
    start: int | None = None
    end: int | None = None
    points: float = 0.0
    hours: float = 0.0


@dataclass(frozen=True)
class DayStory:
    """A grid day as it is, and the best other things that would be legal."""

    day: int
    chosen: DayChoice
    ground: Ground
    others: tuple[DayChoice, ...]


@dataclass(frozen=True)
class WishStory:
    """A wish, whether it is met and, if not, what meeting it would cost: `points` and `hours` short
    more; None where no legal roster meets it."""

    request: Request
    met: bool
    points: float | None = None
    hours: float | None = None


@dataclass(frozen=True)
class RuleStory:
    """A rule that binds: without it the agent's roster would cost `points` and `hours` short
    fewer."""

    rule: str
    points: float
    hours: float


@dataclass(frozen=True)
class Share:
    """Shifts of a kind that is shared fairly: the agent's, and those of all agents on average;
    `carried` is how many the agent had in earlier weeks."""

    burden: Burden
    mine: int
    average: float
    carried: int


@dataclass(frozen=True)
class AgentStory:
    agent: str
    days: tuple[DayStory, ...]
    wishes: tuple[WishStory, ...]
    rules: tuple[RuleStory, ...]
    shares: tuple[Share, ...]


def agent_story(problem: RosterProblem, roster: Roster, agent: str) -> AgentStory:
    """The story of an agent (by id) in a finished roster. Everybody else stays as they are: what
    several could do by moving together is not told."""
    market = Market(problem, roster, agent)
    own = {shift.day: shift for shift in roster.of_agent(agent)}
    return AgentStory(
        agent,
        tuple(_day(problem, market, agent, day, own.get(day)) for day in range(problem.grid.days)),
        tuple(_wishes(problem, roster, market, agent)),
        tuple(_binding(problem, roster, market, agent)),
        tuple(_shares(problem, roster, agent)),
    )


def _day(
    problem: RosterProblem, market: Market, agent: str, day: int, shift: Assignment | None
) -> DayStory:
    chosen = DayChoice(None)
    if shift is not None:
        clock = problem.clocks.of(shift.shift_code).clock(shift.start)
        chosen = DayChoice(shift.shift_code, clock, clock + shift.end - shift.start)
    ground = _ground(problem, agent, day)
    others = () if ground is not Ground.OPEN else _others(problem, market, day)
    return DayStory(day, chosen, ground, others)


def _ground(problem: RosterProblem, agent: str, day: int) -> Ground:
    if problem.is_frozen(problem.grid.minute_of_midnight(day)):
        return Ground.FROZEN
    if (agent, day) in problem.unemployed:
        return Ground.UNEMPLOYED
    if (agent, day) in problem.leave:
        return Ground.LEAVE
    entry = fixed_days(problem, agent).get(day)
    return Ground.OPEN if entry is None or entry.forbidden else Ground.FIXED


def _others(problem: RosterProblem, market: Market, day: int) -> tuple[DayChoice, ...]:
    """The best of the day's other shifts and starts, one a shift type, and of a day off."""
    universe, present = market.universe, int(market.present[day])
    today = universe.day == day
    found = []
    for k, shift in enumerate(problem.shifts):
        barred = today & (universe.template != k)
        if present >= 0:
            barred[present] = True
        if not (market.allowed & today & ~barred).any():
            continue
        choice = market.best(barred, at_work=(day,))
        if choice is not None:
            o = int(choice.options[day])
            clock = int(universe.clock[o])
            end = clock + int(universe.end[o] - universe.start[o])
            found.append(DayChoice(shift.code, clock, end, choice.points, choice.hours))
    off = market.best(today) if present >= 0 else None
    if off is not None:
        found.append(DayChoice(None, None, None, off.points, off.hours))
    return tuple(sorted(found, key=lambda other: other.points)[:MOST_ALTERNATIVES])


def _wishes(
    problem: RosterProblem, roster: Roster, market: Market, agent: str
) -> Iterator[WishStory]:
    for outcome in request_outcomes(problem, roster):
        if outcome.request.agent != agent:
            continue
        if outcome.met:
            yield WishStory(outcome.request, True)
            continue
        choice = _meeting(problem, market, outcome.request)
        if choice is None:
            yield WishStory(outcome.request, False)
        else:
            yield WishStory(outcome.request, False, choice.points, choice.hours)


def _meeting(problem: RosterProblem, market: Market, request: Request) -> Choice | None:
    """The best roster that meets a wish."""
    day, universe = problem.grid.day_number(request.day), market.universe
    barred = np.zeros(universe.size, dtype=bool)
    for o in range(universe.first[day], universe.first[day + 1]):
        clock = int(universe.clock[o])
        end = clock + int(universe.end[o] - universe.start[o])
        code = problem.shifts[universe.template[o]].code
        barred[o] = not clock_meets(request, code, clock, end)
    return market.best(barred, (day,) if request.kind is RequestKind.SHIFT else ())


def _binding(
    problem: RosterProblem, roster: Roster, market: Market, agent: str
) -> Iterator[RuleStory]:
    """Rules whose dropping would lower the cost, the dearest first."""
    now = market.best()
    if now is None:
        return
    found = []
    for rule in RULES:
        if rule.bands is None:
            freed = market.best_without(rule) if _has_form(rule) else None
        else:
            others = tuple(other for other in RULES if other is not rule)
            freed = Market(problem, roster, agent, others).best()
        if freed is not None and now.points - freed.points >= LEAST_POINTS:
            saved = now.points - freed.points
            found.append(RuleStory(rule.name, saved, now.hours - freed.hours))
    yield from sorted(found, key=lambda story: -story.points)


def _has_form(rule: Rule) -> bool:
    """Whether the engine knows the rule: others judge rosters edited by hand."""
    return any((rule.allows, rule.counter, rule.tallies, rule.rest_min, rule.spread_min))


def _shares(problem: RosterProblem, roster: Roster, agent: str) -> Iterator[Share]:
    """Nights and weekends, and other kinds that have a price."""
    had = {carried.agent: carried for carried in problem.carried}.get(agent, Carried(agent))
    mine = burdens(problem.clocks, problem.rules, roster.of_agent(agent))
    total = burdens(problem.clocks, problem.rules, roster.assignments)
    crew = max(len(problem.agents), 1)
    for burden in Burden:
        if burden in (Burden.NIGHTS, Burden.WEEKENDS) or burden.price(problem.weights):
            yield Share(burden, mine[burden], total[burden] / crew, getattr(had, burden))
