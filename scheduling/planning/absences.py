"""What absences leave of a roster: shifts that fall out, and hours cut out of shifts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from ...data.people import Contract
from ..rostering.hours_off import without_hours_off
from ..rostering.problem import RosterProblem
from ..rostering.roster import Assignment, Roster
from ..rostering.rules.away import day_away

SET_APART = "\N{NO-BREAK SPACE}"
"""Before the name of a contract that asks for nothing; no planner's begins so."""


def fallen_shifts(problem: RosterProblem, roster: Roster) -> tuple[Assignment, ...]:
    """The shifts of agents who are absent on the day, or on the next if the shift reaches into it,
    or in all of its hours, or who are no longer there."""
    return tuple(
        shift
        for shift in roster.assignments
        if shift.agent not in problem.agent_of
        or day_away(problem, shift, problem.leave) is not None
        or not without_hours_off(problem, shift).pieces
    )


def what_is_left(
    problem: RosterProblem, roster: Roster, fallen: Collection[Assignment], frozen_until: int
) -> tuple[Roster, tuple[Assignment, ...]]:
    """The roster without the shifts that have fallen out, and without the hours off in others; the
    shifts that these were cut out of."""
    gone = set(fallen)
    stay = [shift for shift in roster.assignments if shift not in gone]
    now = [without_hours_off(problem, shift, frozen_until) for shift in stay]
    cut = tuple(new for new, old in zip(now, stay, strict=True) if new != old)
    return Roster(roster.grid, tuple(now)), cut


def _asking_nothing(contract: Contract) -> Contract:
    """The terms without what they ask for in days and hours."""
    return replace(
        contract,
        id=SET_APART + contract.id,
        min_days=0,
        max_days=7,
        min_minutes=0,
        max_minutes=None,
        min_period_min=0,
        max_period_min=None,
    )


def set_apart(problem: RosterProblem) -> tuple[RosterProblem, tuple[Assignment, ...]]:
    """The problem in which agents with a cut shift in the base have nothing to work, what they do
    being given like the published past; and the shifts of theirs. No other shift can be cut by the
    search, so that theirs stay as they are."""
    assert problem.base is not None
    shifts = problem.base.assignments
    names = {shift.agent for shift in shifts if shift.away}
    if not names:
        return problem, ()
    apart = tuple(shift for shift in shifts if shift.agent in names)
    agents = tuple(
        replace(agent, contract=SET_APART + agent.contract, availability=((),) * 7)
        if agent.id in names
        else agent
        for agent in problem.agents
    )
    own = {agent.contract for agent in problem.agents if agent.id in names}
    loose = tuple(_asking_nothing(one) for one in problem.contracts if one.id in own)
    given = Counter((shift.shift_code, problem.grid.dates[shift.day]) for shift in apart)
    return replace(
        problem,
        agents=agents,
        contracts=(*problem.contracts, *loose),
        history=(*problem.history, *apart),
        base=Roster(problem.grid, tuple(s for s in shifts if s.agent not in names)),
        time_off=tuple(off for off in problem.time_off if off.agent not in names),
        requests=tuple(wish for wish in problem.requests if wish.agent not in names),
        fixed=tuple(entry for entry in problem.fixed if entry.agent not in names),
        wanted=tuple(
            replace(w, wanted=max(w.wanted - given[w.shift_code, w.day], 0)) for w in problem.wanted
        ),
    ), apart
