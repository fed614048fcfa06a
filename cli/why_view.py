"""What would close the hours that a roster is short of: for the terminal, and as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..scheduling.planning.why_words import change_words
from ..scheduling.rostering.problem import RosterProblem
from ..scheduling.rostering.roster import Roster
from ..scheduling.rostering.why.closing import Way, ways_to_close
from .console import Console
from .report.wording import Wording

MOST_SHOWN = 3


@dataclass(frozen=True)
class WayLine:
    """A way to close hours: by which `means`, the values that it is about, the hours short fewer
    in all and by queue, and the whole in words."""

    means: str
    what: str
    params: Mapping[str, object]
    hours: float
    queues: Mapping[str, float]
    words: str


def way_lines(
    console: Console, problem: RosterProblem, roster: Roster, ways: Sequence[Way] | None = None
) -> tuple[WayLine, ...]:
    """The ways (sought here unless they are given), the most hours first. On the terminal agents
    are called by their names, elsewhere by their ids."""
    named = {} if console.as_json else names_of(problem)
    found = ways_to_close(problem, roster) if ways is None else ways
    return tuple(_line(console, way, named) for way in found)


def names_of(problem: RosterProblem) -> dict[str, str]:
    """What to call each agent (by id) on the terminal."""
    return {
        agent.id: f"{agent.name} ({agent.id})" if agent.name not in ("", agent.id) else agent.id
        for agent in problem.agents
    }


def _line(console: Console, way: Way, names: Mapping[str, str]) -> WayLine:
    wording = Wording(console.language)
    queues = [
        console.text("why.close.queue", queue=queue, hours=wording.number(hours, 1))
        for queue, hours in way.queues
    ]
    words = console.text(
        "why.close.way",
        way=change_words(way, console.language, names),
        hours=wording.number(way.hours, 1),
        queues=wording.join(queues),
    )
    return WayLine(way.means, way.what, way.params, way.hours, dict(way.queues), words)


def show_ways(console: Console, lines: tuple[WayLine, ...]) -> None:
    """The ways that close most, one of each means."""
    if not lines:
        return
    first = {line.means: line for line in reversed(lines)}
    shown = sorted(first.values(), key=lambda line: -line.hours)[:MOST_SHOWN]
    console.heading("why.close.heading")
    for number, line in enumerate(shown, start=1):
        console.line(f"  {number}. {line.words[:1].upper()}{line.words[1:]}")
    console.say("why.close.trying")
