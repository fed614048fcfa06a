"""A page for one agent: their own days, breaks, meetings and requests, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from ...data.messages import text
from ...data.people import Agent, RequestKind
from ...data.shifts import BreakKind
from ...scheduling.planning.rosters import request_table
from ...scheduling.rostering.problem import RosterProblem
from ...scheduling.rostering.roster import Assignment, Break, Roster
from ..exports.ics import file_names
from .palette import queue_colour
from .rendering import asset, rendered
from .wording import Wording

_OFFICE_HOURS = (480, 1080)  # the lane where the agent has no shift at all


@dataclass(frozen=True)
class Bar:
    """A piece of a lane, in per cent of its width."""

    left: float
    width: float
    kind: str
    colour: str = ""


@dataclass(frozen=True)
class AgentDay:
    """A day in words: what it is, its clock times, what is in it, paid hours; and its bars."""

    label: str
    shift: str
    clocks: str
    inside: tuple[str, ...]
    paid: str
    bars: tuple[Bar, ...]
    works: bool


def agent_pages(
    centre: str, problem: RosterProblem, roster: Roster, queues: tuple[str, ...], language: str
) -> Iterator[tuple[str, str]]:
    """(file name, page) of every agent."""
    requests = request_table(problem, roster)
    names = file_names(agent.id for agent in problem.agents)
    colours = {queue: queue_colour(i) for i, queue in enumerate(queues)}
    for agent in problem.agents:
        own = requests[requests["agent"] == agent.id]
        page = _page(centre, problem, roster, agent, own, colours, Wording(language))
        yield f"{names[agent.id]}.html", page


def _page(
    centre: str,
    problem: RosterProblem,
    roster: Roster,
    agent: Agent,
    requests: pd.DataFrame,
    colours: Mapping[str, str],
    wording: Wording,
) -> str:
    grid = problem.grid
    shifts = [shift for shift in roster.of_agent(agent.id) if 0 <= shift.day < grid.days]
    served = {span.queue for shift in shifts for span in shift.queues}
    return rendered(
        "agent.html",
        say=wording.say,
        language=wording.language,
        centre=centre,
        agent=agent,
        period=wording.week(grid.first_day, grid.last_day),
        days=_days(problem, agent, shifts, colours, wording),
        shifts=len(shifts),
        hours=wording.hours(sum(shift.paid_minutes for shift in shifts) / 60),
        queues=[(queue, colour) for queue, colour in colours.items() if queue in served],
        requests=[
            (
                wording.day(pd.Timestamp(str(row.date)).date()),
                wording.say(f"wish.{RequestKind(str(row.kind)).value}", value=row.value),
                bool(row.met),
            )
            for row in requests.itertuples()
        ],
        style=asset("page.css") + asset("agent.css"),
    )


def _days(
    problem: RosterProblem,
    agent: Agent,
    shifts: list[Assignment],
    colours: Mapping[str, str],
    wording: Wording,
) -> list[AgentDay]:
    first = min((_since_midnight(problem, s, s.start) for s in shifts), default=_OFFICE_HOURS[0])
    last = max((_since_midnight(problem, s, s.end) for s in shifts), default=_OFFICE_HOURS[1])
    found = []
    for day, date_ in enumerate(problem.grid.dates):
        today = sorted((s for s in shifts if s.day == day), key=lambda s: s.start)
        if not today:
            status = "leave" if (agent.id, day) in problem.time_off_days else "off"
            said = text(f"exports.{status}", wording.language)
            found.append(AgentDay(wording.day(date_), said, "", (), "", (), works=False))
        for shift in today:
            found.append(_day(problem, shift, (first, last), colours, wording))
    return found


def _day(
    problem: RosterProblem,
    shift: Assignment,
    lane: tuple[int, int],
    colours: Mapping[str, str],
    wording: Wording,
) -> AgentDay:
    template = problem.shift_of.get(shift.shift_code)
    site = problem.clocks.of(shift.shift_code)
    return AgentDay(
        label=wording.day(problem.grid.dates[shift.day]),
        shift=shift.shift_code if template is None else template.name,
        clocks=wording.span(*(site.moment(minute) for minute in shift.there)),
        inside=tuple(_inside(problem, shift, wording)),
        paid=wording.hours(shift.paid_minutes / 60),
        bars=tuple(_bars(problem, shift, lane, colours)),
        works=True,
    )


def _inside(problem: RosterProblem, shift: Assignment, wording: Wording) -> Iterator[str]:
    """Breaks, meetings and queues in order of time."""
    spans = [
        *((b.start, b.end, wording.say(_break_key(b))) for b in shift.breaks_taken),
        *((m.start, m.end, m.name) for m in shift.meetings),
        *((gap.start, gap.end, wording.say("script.away")) for gap in shift.away),
        *((q.start, q.end, q.queue) for q in shift.queues),
    ]
    site = problem.clocks.of(shift.shift_code)
    for start, end, name in sorted(spans):
        clocks = wording.span(site.moment(start), site.moment(end))
        yield f"{clocks} {name}"


def _break_key(pause: Break) -> str:
    if pause.kind is BreakKind.SPLIT:
        return "script.split"
    return "script.pause_paid" if pause.paid else "script.pause_unpaid"


def _bars(
    problem: RosterProblem, shift: Assignment, lane: tuple[int, int], colours: Mapping[str, str]
) -> Iterator[Bar]:
    """The pieces of a shift, over them the queues, over these breaks and meetings."""
    first, last = lane

    def bar(start: int, end: int, kind: str, colour: str = "") -> Bar:
        left = _since_midnight(problem, shift, start) - first
        share = 100 / max(last - first, 1)
        return Bar(round(left * share, 2), round((end - start) * share, 2), kind, colour)

    yield from (bar(start, end, "piece") for start, end in shift.pieces)
    for span in shift.queues:
        yield bar(span.start, span.end, "queue", colours.get(span.queue, ""))
    for pause in shift.breaks_taken:
        if pause.kind is BreakKind.BREAK:
            yield bar(pause.start, pause.end, "paid" if pause.paid else "unpaid")
    yield from (bar(meeting.start, meeting.end, "meeting") for meeting in shift.meetings)


def _since_midnight(problem: RosterProblem, shift: Assignment, minute: int) -> int:
    return minute - problem.grid.minute_of_midnight(shift.day)
