"""Swaps and changes as a planner types them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ...data.centre import Centre
from ...data.errors import Problems
from ...data.grid import TimeGrid
from ...data.people import Agent
from ...data.readers.values import BadValueError, clock_minute, suggestion
from ...scheduling.planning.exchanging import AgentDay, NewDay, Swap, Wish
from ...scheduling.rostering.site_clocks import SiteClocks

OFF = "off"


@dataclass(frozen=True)
class AskedWishes:
    """Texts like A017:2026-12-08=A021:2026-12-09, and A017:2026-12-08=L8@13:30 or …=off."""

    swaps: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()


def read_wishes(
    asked: AskedWishes, centre: Centre, grid: TimeGrid, problems: Problems
) -> tuple[Wish, ...]:
    """The swaps, then the changes; agents by id or name. `problems` takes everything that cannot be
    read, is not known, or lies outside the grid's days."""
    swaps = [_swap(text, centre, grid, problems) for text in asked.swaps]
    changes = [_change(text, centre, grid, problems) for text in asked.changes]
    return tuple(wish for wish in (*swaps, *changes) if wish is not None)


def find_agent(name: str, agents: Sequence[Agent], problems: Problems) -> Agent | None:
    """The agent of an id or a name; a problem if there is none."""
    wanted = name.strip().casefold()
    for agent in agents:
        if wanted in (agent.id.casefold(), agent.name.casefold()):
            return agent
    known = [called for agent in agents for called in (agent.id, agent.name) if called]
    near = suggestion(name, known) or known[0]
    problems.add("why.no_such_agent", name=name, suggestion=near)
    return None


def a_day(text: str) -> date | None:
    """The date of a text, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _swap(text: str, centre: Centre, grid: TimeGrid, problems: Problems) -> Swap | None:
    one, _, other = text.partition("=")
    if ":" not in one or ":" not in other:
        problems.add("repair.bad_swap", text=text)
        return None
    ours, theirs = (_agent_day(part, text, centre, grid, problems) for part in (one, other))
    return None if ours is None or theirs is None else Swap(ours, theirs)


def _change(text: str, centre: Centre, grid: TimeGrid, problems: Problems) -> NewDay | None:
    match = re.fullmatch(r"([^=]+:[^=]+)=([^@]+)(?:@(.+))?", text.strip())
    if match is None:
        problems.add("repair.bad_change", text=text)
        return None
    whose = _agent_day(match[1], text, centre, grid, problems)
    code, clock = match[2].strip(), match[3]
    if code.casefold() == OFF:
        return None if whose is None else NewDay(whose, None)
    shifts = {shift.code: shift for shift in centre.shifts}
    if code not in shifts:
        near = suggestion(code, list(shifts)) or ", ".join(shifts)
        problems.add("repair.no_such_shift", shift=code, suggestion=near)
        return None
    try:
        start = shifts[code].earliest_start if clock is None else clock_minute(clock)
    except BadValueError:
        problems.add("repair.bad_change", text=text)
        return None
    if whose is None:
        return None
    clocks = SiteClocks(grid, centre.shifts, centre.sites)
    if clocks.of(code).minute(whose.day, start) is None:
        problems.add("repair.bad_change", text=text)
        return None
    return NewDay(whose, code, start)


def _agent_day(
    part: str, text: str, centre: Centre, grid: TimeGrid, problems: Problems
) -> AgentDay | None:
    """AGENT:DATE on the grid; a problem of the whole text, if it cannot be read."""
    name, _, written = part.strip().rpartition(":")
    day = a_day(written.strip())
    if day is None:
        problems.add("repair.bad_day", text=text)
        return None
    if not 0 <= grid.day_number(day) < grid.days:
        first, last = grid.first_day, grid.last_day
        problems.add("repair.outside_plan", text=text, first=first, last=last)
        return None
    agent = find_agent(name, centre.agents, problems)
    return None if agent is None else AgentDay(agent.id, grid.day_number(day))
