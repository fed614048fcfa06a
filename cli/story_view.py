"""Why an agent works as the roster says: in sentences, and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ..data.errors import InputError, Problem
from ..data.messages import text
from ..data.people import Agent, Request
from ..data.readers.values import suggestion
from ..scheduling.planning.why_words import clock_words
from ..scheduling.rostering.problem import RosterProblem
from ..scheduling.rostering.roster import Roster
from ..scheduling.rostering.why.story import (
    AgentStory,
    DayChoice,
    DayStory,
    Ground,
    WishStory,
    agent_story,
)
from .console import Console, Result
from .report.wording import Wording

LEAST_HOURS = 0.05  # more or fewer than are said


@dataclass(frozen=True)
class StoryResult(Result):
    """The story of an agent's days from `first_day` to `last_day`."""

    first_day: date
    last_day: date
    name: str
    story: AgentStory

    def show(self, console: Console) -> None:
        sayer = _Sayer(console, self.first_day, self.name)
        period = sayer.wording.week(self.first_day, self.last_day)
        console.heading("why.story.heading", agent=self.name, period=period)
        for day in self.story.days:
            console.line("  " + sayer.day(day))
        for group in (sayer.wishes(self.story), sayer.rules(self.story), sayer.shares(self.story)):
            for number, words in enumerate(group):
                if number == 0:
                    console.line()
                console.line(words)
        console.say("why.story.trying")


def story_result(problem: RosterProblem, roster: Roster, agent: Agent) -> StoryResult:
    """The story of an agent of a roster."""
    return StoryResult(
        problem.grid.first_day,
        problem.grid.last_day,
        agent.name or agent.id,
        agent_story(problem, roster, agent.id),
    )


def agent_called(agents: tuple[Agent, ...], name: str) -> Agent:
    """The agent with this id or name; InputError if there is none."""
    wanted = name.casefold()
    for agent in agents:
        if wanted in (agent.id.casefold(), agent.name.casefold()):
            return agent
    known = [called for agent in agents for called in (agent.id, agent.name) if called]
    near = suggestion(name, known) or known[0]
    raise InputError(Problem("why.no_such_agent", {"name": name, "suggestion": near}))


class _Sayer:
    """Says the parts of a story in the console's language."""

    def __init__(self, console: Console, first_day: date, name: str) -> None:
        self._console, self._first_day, self._name = console, first_day, name
        self.wording = Wording(console.language)

    def day(self, story: DayStory) -> str:
        chosen, day = self._choice(story.chosen), self._day(story.day)
        if story.ground is not Ground.OPEN:
            return self._console.text(f"why.story.{story.ground}", day=day, chosen=chosen)
        if not story.others:
            return self._console.text("why.story.alone", day=day, chosen=chosen)
        join = self._console.text("why.story.others_join")
        others = join.join(self._other(other) for other in story.others)
        return self._console.text("why.story.open", day=day, chosen=chosen, others=others)

    def _other(self, other: DayChoice) -> str:
        return self._console.text(
            "why.story.other",
            chosen=self._choice(other),
            points=self._signed(other.points),
            hours=self._hours(other.hours),
        )

    def _signed(self, points: float) -> str:
        words = self.wording.number(points, 1)
        return words if words.startswith("−") else f"+{words}"

    def _hours(self, more: float) -> str:
        """Hours short more, or fewer."""
        kind = "hours_same"
        if abs(more) >= LEAST_HOURS:
            kind = "hours_more" if more > 0 else "hours_fewer"
        return self._console.text(f"why.story.{kind}", hours=self.wording.number(abs(more), 1))

    def _choice(self, choice: DayChoice) -> str:
        if choice.shift is None or choice.start is None or choice.end is None:
            return self._console.text("why.story.off")
        return self._console.text(
            "why.story.shift",
            shift=choice.shift,
            start=clock_words(choice.start, self._console.language),
            end=clock_words(choice.end, self._console.language),
        )

    def wishes(self, story: AgentStory) -> Iterator[str]:
        for wish in story.wishes:
            yield self._console.text(
                f"why.story.{_outcome(wish)}",
                wish=self._wish(wish.request),
                day=self.wording.day(wish.request.day),
                points=self._signed(wish.points or 0.0),
                hours=self._hours(wish.hours or 0.0),
                agent=self._name,
            )

    def _wish(self, request: Request) -> str:
        value = request.shift_code or ""
        if request.minute is not None:
            value = clock_words(request.minute, self._console.language)
        return self.wording.say(f"wish.{request.kind}", value=value)

    def rules(self, story: AgentStory) -> Iterator[str]:
        if not story.rules:
            yield self._console.text("why.story.no_rule", agent=self._name)
        for number, rule in enumerate(story.rules):
            yield self._console.text(
                "why.story.rule_too" if number else "why.story.rule",
                rule=text(f"rule.{rule.rule}.name", self._console.language),
                points=self._signed(-rule.points),
                hours=self._hours(-rule.hours),
            )

    def shares(self, story: AgentStory) -> Iterator[str]:
        for share in story.shares:
            yield self._console.text(
                f"why.story.{share.burden}",
                mine=share.mine,
                average=self.wording.number(share.average, 1),
                carried=share.carried,
            )

    def _day(self, day: int) -> str:
        return self.wording.day(self._first_day + timedelta(days=day))


def _outcome(wish: WishStory) -> str:
    if wish.met:
        return "wish_met"
    return "wish_impossible" if wish.points is None else "wish_refused"
