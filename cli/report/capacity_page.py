"""The weeks to come on a page of the report's kind: when to hire, whom to train. No names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup
from plotly.offline import get_plotlyjs

from ...data.messages import text
from ...scheduling.planning.capacity import Capacity, CapacityWeek, Shortage
from ..capacity_view import agents_short, capacity_sentences
from ..workspace.capacity import MadeCapacity
from .capacity_figures import hours_figure, skills_figure
from .rendering import asset, embedded, rendered
from .wording import MISSING, Wording


@dataclass(frozen=True)
class Cell:
    words: str
    missed: bool = False


def capacity_page(made: MadeCapacity, language: str) -> str:
    """The page as text; everything that came from a file is escaped."""
    words = _Words(made.capacity, language)
    weeks = [words.wording.day(week.start) for week in made.capacity.weeks]
    figures = {
        "hours": hours_figure(made.capacity, weeks, language),
        "skills": skills_figure(made.capacity, weeks, language),
    }
    return rendered(
        "capacity.html",
        say=words.say,
        language=language,
        centre=made.centre.name,
        title=words.say("capacity.title", weeks=len(weeks), first=weeks[0]),
        scenario=made.scenario,
        sentences=capacity_sentences(made.capacity, language),
        shortages=[words.shortage(short) for short in made.capacity.shortages],
        charts=[
            ("hours", words.say("capacity.page.needed"), words.needed_caption()),
            (
                "skills",
                words.say("capacity.page.skills"),
                words.say("capacity.page.skills_caption"),
            ),
        ],
        queues=[line.queue for line in made.capacity.weeks[0].queues],
        weeks=[tuple(words.week(week)) for week in made.capacity.weeks],
        data=embedded({name: figure.to_plotly_json() for name, figure in figures.items()}),
        style=asset("page.css") + asset("whatif.css"),
        script=asset("plain_charts.js"),
        plotly=Markup(get_plotlyjs()),
    )


class _Words:
    def __init__(self, capacity: Capacity, language: str) -> None:
        self.wording = Wording(language)
        self._capacity = capacity
        self._language = language

    def say(self, key: str, **params: object) -> str:
        return text(key, self._language, **params)

    def said(self, key: str, **params: object) -> str:
        """What only the page says."""
        return self.say(f"capacity.page.{key}", **params)

    def needed_caption(self) -> str:
        return self.said("needed_caption", fit=self.wording.goal(self._capacity.fit))

    def shortage(self, short: Shortage) -> tuple[str, ...]:
        """Queue, from, to, agents, hours a week, hire by, how many could learn it."""
        number, day = self.wording.number, self.wording.day
        hire_by = day(short.hire_by)
        if short.hire_by < self._capacity.weeks[0].start:
            hire_by = self.said("too_late", day=hire_by)
        trainable = min(short.trainable, ceil(short.agents))
        return (
            short.queue,
            day(short.first),
            day(short.last),
            number(ceil(short.agents)),
            number(short.hours),
            hire_by,
            number(trainable) if trainable else MISSING,
        )

    def week(self, week: CapacityWeek) -> Iterator[Cell]:
        """The week, its hours, and of each queue the agents needed, skilled and short."""
        number = self.wording.number
        needed = sum(line.needed_hours for line in week.queues)
        there = week.contract_hours - week.time_off_hours
        yield Cell(self.wording.day(week.start))
        for hours in (needed, there, week.time_off_hours, week.spare_hours):
            yield Cell(number(hours))
        for line in week.queues:
            yield Cell(number(line.needed_agents, 1))
            yield Cell(number(line.skilled_agents, 1))
            short = agents_short(line.short_agents, self.wording)
            yield Cell(short, missed=short != MISSING)
