"""What rosters are changed by and filled with: meetings, a base roster with its freeze, and entries
with prices of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st
from shiftcast.data.presence import Meeting
from shiftcast.scheduling.rostering.problem import RosterProblem

from tests.strategies import now_and_then, rosters

OWN_POINTS = now_and_then(None, st.sampled_from([0.0, 0.5, 20.0, float("inf")]))
"""The price of one entry: as for the rule, its own, or none because it is hard."""


@st.composite
def with_own_prices(draw: st.DrawFn, problem: RosterProblem) -> RosterProblem:
    """The problem with prices of single entries, and every other entry once more at another one."""
    return replace(
        problem,
        least_staffing=tuple(
            replace(entry, points=draw(OWN_POINTS))
            for entry in problem.least_staffing * draw(st.integers(1, 2))
        ),
        seat_limits=tuple(
            replace(entry, points=draw(OWN_POINTS))
            for entry in problem.seat_limits * draw(st.integers(1, 2))
        ),
        pairings=tuple(replace(entry, points=draw(OWN_POINTS)) for entry in problem.pairings),
    )


@st.composite
def meetings(draw: st.DrawFn, problem: RosterProblem, name: str, most_hours: int = 24) -> Meeting:
    """One of some agents or of the team that all belong to, within hours of one day or two."""
    step = problem.slot_min
    crew = [agent.id for agent in problem.agents]
    minutes = step * draw(st.integers(1, 2))
    first = problem.grid.first_day + timedelta(days=draw(st.integers(0, problem.grid.days - 1)))
    since = 60 * draw(st.integers(0, 24 - min(most_hours, 4)))
    everybody = draw(st.booleans())
    return Meeting(
        name,
        minutes,
        first,
        first + timedelta(days=draw(st.integers(0, 1))),
        () if everybody else tuple(sorted(draw(st.sets(st.sampled_from(crew), min_size=1)))),
        "all" if everybody else "",
        since,
        min(since + 60 * most_hours, 1440),
        draw(st.booleans()),
        float(draw(st.sampled_from([0, 5, 50]))),
    )


@st.composite
def with_meetings(
    draw: st.DrawFn, problem: RosterProblem, most: int = 2, most_hours: int = 24
) -> RosterProblem:
    """The problem with everybody in one team, and meetings."""
    agents = tuple(replace(agent, team="all") for agent in problem.agents)
    names = ("talk", "lesson")[: draw(st.integers(1, most))]
    asked = tuple(draw(meetings(problem, name, most_hours)) for name in names)
    return replace(problem, agents=agents, meetings=asked)


@st.composite
def with_base(draw: st.DrawFn, problem: RosterProblem) -> RosterProblem:
    """The problem with a roster to stay near, legal or not, what a day that differs from it costs,
    and perhaps days of it that have begun."""
    grid = problem.grid
    near = st.lists(st.sampled_from([0.5, 1.0, 2.0]), min_size=grid.days, max_size=grid.days)
    frozen = now_and_then(0, st.integers(0, grid.days * 24).map(lambda hour: 60 * hour))
    return replace(
        problem,
        base=draw(rosters(problem)),
        weights=replace(problem.weights, change=draw(st.sampled_from([0.0, 3.0, 30.0]))),
        nearness=tuple(draw(near)) if draw(st.booleans()) else (),
        frozen_until=draw(frozen),
    )
