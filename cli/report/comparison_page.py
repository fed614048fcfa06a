"""Two plans side by side on a page of the report's kind: one file that asks nobody anything."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from ...data.messages import text
from ...scheduling.planning.comparing import PlanComparison
from ...scheduling.planning.plan import Plan
from ...scheduling.planning.summary import ALL
from ..compare_view import CompareResult, CompareWords, by_agent
from ..exports.whole_file import write_whole
from .rendering import asset, rendered


@dataclass(frozen=True)
class MovedAgent:
    """An agent who works otherwise: day, first and second plan's shift in words."""

    id: str
    name: str
    team: str
    skills: tuple[str, ...]
    days: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class MetricRow:
    """A metric in both plans, `of` a queue (empty: of all), which is shown as `queue`; `same` if it
    does not differ as it is shown."""

    of: str
    queue: str
    first: str
    second: str
    change: str
    same: bool


@dataclass(frozen=True)
class MetricGroup:
    what: str
    rows: tuple[MetricRow, ...]


def write_comparison(
    path: Path,
    result: CompareResult,
    found: PlanComparison,
    plans: tuple[Plan, Plan],
    language: str,
) -> None:
    """Writes the page whole or not at all."""
    write_whole(path, comparison_page(result, found, plans, language).encode("utf-8"))


def comparison_page(
    result: CompareResult, found: PlanComparison, plans: tuple[Plan, Plan], language: str
) -> str:
    """The page as text; everything that came from a file is escaped."""
    words = CompareWords(language)
    people = _people(result, plans, words)
    return rendered(
        "comparison.html",
        say=words.say,
        page=words.page,
        language=language,
        centre=plans[1].centre.name,
        title=words.say("compare.title", first=result.first, second=result.second),
        first=result.first,
        second=result.second,
        periods=[
            words.page(
                "period",
                plan=name,
                period=words.wording.week(plan.grid.first_day, plan.grid.last_day),
            )
            for name, plan in zip((result.first, result.second), plans, strict=True)
        ],
        differences=words.differences(result.metrics),
        metrics=_metrics(result, words),
        rules=[
            (text(f"rule.{rule.rule}.name", language), rule.first, rule.second)
            for rule in result.rules
        ],
        queues=list(dict.fromkeys(line.queue for line in result.metrics if line.queue != ALL)),
        teams=sorted({person.team for person in people} - {""}),
        skills=sorted({skill for person in people for skill in person.skills}),
        common=found.common_days,
        people=people,
        people_caption=words.page(
            "people_caption",
            agents=len(people),
            days=len(result.moves),
            common=len(found.common_days),
        ),
        breaks_moved=words.breaks(result.moved_breaks, result.moved_break_shifts)
        if result.moved_breaks
        else "",
        shown_words=words.page("shown", number="{number}"),
        style=asset("page.css") + asset("grouped.css") + asset("comparison.css"),
        script=asset("comparison.js"),
    )


def _metrics(result: CompareResult, words: CompareWords) -> list[MetricGroup]:
    """The lines of the comparison, metric by metric."""
    groups = []
    for _, lines in groupby(result.metrics, key=lambda line: line.metric):
        rows = []
        for line in lines:
            what, queue, first, second, change = words.metric_row(line)
            of = "" if line.queue == ALL else line.queue
            rows.append(MetricRow(of, queue, first, second, change, same=first == second))
        groups.append(MetricGroup(what, tuple(rows)))
    return groups


def _people(
    result: CompareResult, plans: tuple[Plan, Plan], words: CompareWords
) -> list[MovedAgent]:
    agents = {agent.id: agent for plan in plans for agent in plan.centre.agents}
    return [
        MovedAgent(
            id=name,
            name=agents[name].name,
            team=agents[name].team,
            skills=tuple(sorted(agents[name].skills)),
            days=tuple((row[1], row[2], row[3]) for row in map(words.move_row, moves)),
        )
        for name, moves in by_agent(result.moves).items()
    ]
