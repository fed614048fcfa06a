"""What can be changed in an agent's own data: hours, leave, fixed shifts, skills."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from ....data.calendar import each_day
from ....data.people import Agent, FixedAssignment, TimeOff
from ..options import ShiftOptions, shift_options
from ..problem import RosterProblem
from ..rules import availability, fixed, skills, time_off
from .changes import Apply, Change, Dial

MOST_WINDOWS = 12  # tried for one weekday before the whole day
DAY_MIN = 1440
Window = tuple[int, int]


def hours(problem: RosterProblem, agent: Agent) -> Iterator[Dial]:
    """Longer hours on one weekday, just long enough for one more of its shifts, or any hours."""
    universe = shift_options(problem)
    for weekday, window in enumerate(agent.availability):
        if window is None:
            continue
        wider = _wider(problem, universe, weekday, window)
        if wider:
            yield Dial(tuple(open_hours(agent, weekday, one) for one in wider), nested=False)


def _wider(
    problem: RosterProblem, universe: ShiftOptions, weekday: int, window: Window | tuple[()]
) -> list[Window]:
    """Windows around the given one that let in more shifts of a weekday, by hours added; the last
    one holds them all."""
    here = (universe.day + problem.grid.first_day.weekday()) % 7 == weekday
    begins = universe.clock[here]
    ends = begins + (universe.end - universe.start)[here]
    low, high = window or (DAY_MIN * 2, 0)
    spans = {(min(low, b), max(high, e)) for b, e in zip(begins, ends, strict=True)} - {window}
    by_length = sorted((int(a), int(b)) for a, b in spans)
    by_length.sort(key=lambda span: span[1] - span[0])
    if not by_length:
        return []
    whole = (min(a for a, _ in by_length), max(b for _, b in by_length))
    return [*(span for span in by_length[:MOST_WINDOWS] if span != whole), whole]


def open_hours(agent: Agent, weekday: int, window: Window) -> Change:
    """The change of an agent's availability on a weekday to clock minutes."""
    before = agent.availability[weekday] or (window[0], window[0])
    added = (window[1] - window[0]) - (before[1] - before[0])
    hours = (*agent.availability[:weekday], window, *agent.availability[weekday + 1 :])
    return Change(
        availability.RULE.name,
        "availability",
        {"agent": agent.id, "weekday": weekday, "start": window[0], "end": window[1]},
        agent.id,
        added / 60,
        with_agent(replace(agent, availability=hours)),
    )


def leave(problem: RosterProblem, agent: Agent) -> Iterator[Dial]:
    """One day of an absence less, or all of it."""
    last = problem.grid.first_day + timedelta(days=problem.grid.days)
    for off in problem.time_off:
        if off.agent != agent.id:
            continue
        days = [d for d in each_day(off.first, off.last) if problem.grid.first_day <= d <= last]
        changes = [_leave_given_back(off, day, day) for day in days]
        if len(days) > 1:
            changes.append(_leave_given_back(off, off.first, off.last))
        yield Dial(tuple(changes), nested=False)


def _leave_given_back(off: TimeOff, first: date, last: date) -> Change:
    """The change of an absence that holds no longer on some of its days."""
    one = timedelta(days=1)
    left = [
        replace(off, first=begin, last=end)
        for begin, end in ((off.first, first - one), (last + one, off.last))
        if begin <= end
    ]

    def apply(problem: RosterProblem) -> RosterProblem:
        others = tuple(other for other in problem.time_off if other != off)
        return replace(problem, time_off=(*others, *left))

    what = "leave_day" if first == last else "leave"
    params = {"agent": off.agent, "first": first, "last": last}
    size = float((last - first).days + 1)
    return Change(time_off.RULE.name, what, params, off.agent, size, apply)


def fixed_entries(problem: RosterProblem, agent: Agent) -> Iterator[Dial]:
    """One fixed assignment less."""
    for entry in problem.fixed:
        day = problem.grid.day_number(entry.day)
        if entry.agent == agent.id and 0 <= day < problem.grid.days:
            what = "fixed_day_off" if entry.shift_code is None else "fixed_shift"
            if entry.forbidden:
                what = "forbidden_day_off" if entry.shift_code is None else "forbidden_shift"
            params = {"agent": agent.id, "day": entry.day, "shift": entry.shift_code}
            apply = _without_fixed(entry)
            yield Dial((Change(fixed.RULE.name, what, params, agent.id, 1.0, apply),))


def more_skills(problem: RosterProblem, agent: Agent) -> Iterator[Dial]:
    """One skill more, of a queue that the roster covers."""
    for skill in dict.fromkeys(demand.skill for demand in problem.demands):
        if skill not in agent.skills:
            yield Dial((add_skill(agent, skill),))


def any_site(agent: Agent) -> Iterator[Dial]:
    """Work at every site."""
    if agent.site:
        apply = with_agent(replace(agent, site=""))
        params = {"agent": agent.id, "site": agent.site}
        yield Dial((Change("sites", "site", params, agent.id, 1.0, apply),))


def add_skill(agent: Agent, skill: str) -> Change:
    params = {"agent": agent.id, "skill": skill}
    apply = with_agent(replace(agent, skills=agent.skills | {skill}))
    return Change(skills.RULE.name, "skill", params, agent.id, 1.0, apply)


def with_agent(changed: Agent) -> Apply:
    """The change of the agent of the same id."""

    def apply(problem: RosterProblem) -> RosterProblem:
        crew = tuple(changed if agent.id == changed.id else agent for agent in problem.agents)
        return replace(problem, agents=crew)

    return apply


def _without_fixed(entry: FixedAssignment) -> Apply:
    def apply(problem: RosterProblem) -> RosterProblem:
        return replace(problem, fixed=tuple(other for other in problem.fixed if other != entry))

    return apply
