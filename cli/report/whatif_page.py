"""Scenarios beside a plan on a page of the report's kind, as a manager would see them: what is
promised and what it costs first, every number after that, names only for planners."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...data.messages import text
from ...scheduling.planning.comparing import PlanComparison, compare_plans
from ...scheduling.planning.plan import Plan
from ...scheduling.planning.summary import ALL, horizon_totals
from ...scheduling.planning.whatif import WhatIf
from ...scheduling.rostering.why.closing import ways_to_close
from ..compare_view import CompareWords, move_line
from ..metric_words import metric_number
from ..whatif_view import voluntary_line, voluntary_words
from .attention import TargetCheck, records, target_checks
from .closing import Closing, way_words
from .page import nameless
from .rendering import asset, rendered
from .wording import MISSING, Wording


@dataclass(frozen=True)
class Cell:
    """A number of one plan in words, what stands small below it, and whether it misses a target."""

    words: str
    below: str = ""
    missed: bool = False


@dataclass(frozen=True)
class Row:
    what: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Group:
    """Rows under a heading: the whole centre, or a queue."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class ScenarioPart:
    """A scenario in sentences, what would close the hours that it is short of and, for planners,
    who works otherwise: agent, day, before, after."""

    name: str
    sentences: tuple[str, ...]
    ways: tuple[str, ...]
    moves: tuple[tuple[str, str, str, str], ...]


_CENTRE = ("contacts", "required", "peak_agents", "under_hours", "agents", "paid_hours", "cost")
_SENTENCES = ("contacts", "required", "under_hours", "cost")


def whatif_page(
    name: str,
    base: Plan,
    found: Sequence[WhatIf],
    language: str,
    *,
    currency: str,
    with_names: bool,
) -> str:
    """The page as text; everything that came from a file is escaped."""
    page = _Page(base, tuple(found), language, currency)
    return rendered(
        "whatif.html",
        say=page.say,
        language=language,
        centre=base.centre.name,
        period=page.wording.week(base.grid.first_day, base.grid.last_day),
        plan=name,
        title=page.say("whatif.page.title", plan=name),
        names=[one.scenario.name for one in found],
        groups=list(page.groups()),
        parts=[page.part(number, with_names) for number in range(len(found))],
        numbers=list(page.numbers()),
        style=asset("page.css") + asset("grouped.css") + asset("whatif.css"),
    )


class _Page:
    def __init__(self, base: Plan, found: tuple[WhatIf, ...], language: str, currency: str) -> None:
        self.wording = Wording(language)
        self._language = language
        self._currency = currency
        self._found = found
        self._plans = (base, *(one.plan for one in found))
        self._compared: tuple[PlanComparison, ...] = tuple(
            compare_plans(base, plan) for plan in self._plans
        )
        self._totals = [
            {str(row["queue"]): row for row in records(horizon_totals(plan.kpis))}
            for plan in self._plans
        ]

    def say(self, key: str, **params: object) -> str:
        return text(key, self._language, **params)

    def groups(self) -> Iterator[Group]:
        """The centre as a whole, then every target of every queue."""
        yield Group(self.say("whatif.page.whole"), tuple(map(self._whole, _CENTRE)))
        for number, queue in enumerate(self._plans[0].centre.queues):
            checks = [
                target_checks(plan.centre.queues[number], totals[queue.name])
                for plan, totals in zip(self._plans, self._totals, strict=True)
            ]
            contacts = tuple(
                Cell(self.wording.number(totals[queue.name]["contacts"])) for totals in self._totals
            )
            rows = [Row(self.say("cli.metric.contacts"), contacts)]
            for parts in zip(*checks, strict=False):
                what = self.say(f"cli.metric.{parts[0].measure}")
                rows.append(Row(what, tuple(map(self._checked, parts))))
            yield Group(queue.name, tuple(rows))

    def _whole(self, metric: str) -> Row:
        values = [self._value(number, metric) for number in range(len(self._plans))]
        cells = [Cell(self._said(metric, values[0]))]
        for value in values[1:]:
            change = value - values[0]
            said = metric_number(metric, abs(change), self.wording)
            nothing = not said.strip("0.,")
            signed = "" if nothing else f"{'+' if change > 0 else '−'}{said}"
            cells.append(Cell(self._said(metric, value), signed))
        return Row(self.say(f"cli.metric.{metric}"), tuple(cells))

    def _value(self, number: int, metric: str) -> float:
        pairs = {(pair.metric, pair.queue): pair for pair in self._compared[number].metrics}
        return pairs[metric, ALL].second.value

    def _rounded(self, metric: str, value: float) -> str:
        said = self.wording.number(value)
        return f"{said} {self._currency}".strip() if metric == "cost" else said

    def _said(self, metric: str, value: float) -> str:
        said = metric_number(metric, value, self.wording)
        return f"{said} {self._currency}".strip() if metric == "cost" else said

    def _checked(self, check: TargetCheck) -> Cell:
        word = "at_least" if check.at_least else "at_most"
        goal = self.wording.goal(check.target)
        expected = self.wording.share(check.expected)
        if check.measure == "asa_s":
            goal = self.wording.seconds(check.target)
            expected = self.wording.seconds(check.expected)
        words = self.say(f"whatif.page.{word}", goal=goal)
        return Cell(expected, words, missed=not check.met)

    def part(self, number: int, with_names: bool) -> ScenarioPart:
        compared = self._compared[number + 1]
        words = CompareWords(self._language)
        names = {agent.id: agent.name for plan in self._plans for agent in plan.centre.agents}
        dates = self._plans[0].grid.dates
        away = {(shift.agent, dates[shift.day]) for shift in self._found[number].fallen}
        rows = [
            words.move_row(move_line(move))
            for move in compared.moves
            if (move.agent, move.day) not in away
        ]
        moves = tuple((names[agent], day, one, other) for agent, day, one, other in rows)
        plan = self._plans[number + 1]
        closing = Closing(ways=ways_to_close(plan.problem, plan.roster))
        return ScenarioPart(
            self._found[number].scenario.name,
            tuple(self._sentences(number + 1)),
            tuple(way_words(plan if with_names else nameless(plan), closing, self.wording)),
            moves if with_names else (),
        )

    def _sentences(self, number: int) -> Iterator[str]:
        for metric in _SENTENCES:
            before, after = self._value(0, metric), self._value(number, metric)
            one, other = (self._rounded(metric, value) for value in (before, after))
            if one != other and not math.isnan(after):
                key, change = f"whatif.page.{metric}", self._change(before, after)
                yield self.say(key, before=one, after=other, change=change)
        missed = list(self._missed(number))
        if missed:
            yield self.say("whatif.page.missed", targets=self.wording.join(missed))
        else:
            yield self.say("whatif.page.all_met")
        moved = self._found[number - 1].changed_agents
        days = self._found[number - 1].comparison.set_index("metric")["scenario"]["days_changed"]
        offered = voluntary_line(self._found[number - 1])
        if offered is not None:
            yield voluntary_words(offered, self._currency, self._language)
        if moved:
            yield self.say("whatif.page.moved", agents=len(moved), days=round(float(days)))

    def _change(self, before: float, after: float) -> str:
        """`+10%`"""
        share = abs(after / before - 1) * 100 if before else math.nan
        digits = 0 if share >= 1 else 1
        return f"{'+' if after > before else '−'}{self.wording.number(share, digits)}%"

    def _missed(self, number: int) -> Iterator[str]:
        plan, totals = self._plans[number], self._totals[number]
        for queue in plan.centre.queues:
            for check in target_checks(queue, totals[queue.name]):
                if not check.met:
                    cell = self._checked(check)
                    metric = self.say(f"cli.metric.{check.measure}")
                    yield self.say(
                        "whatif.page.miss",
                        queue=queue.name,
                        metric=metric,
                        expected=cell.words,
                        goal=cell.below,
                    )

    def numbers(self) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
        """Every metric with its range: what, and its rows of queue, the plan, every scenario."""
        words = CompareWords(self._language)
        tables = [
            {(pair.metric, pair.queue): pair for pair in compared.metrics}
            for compared in self._compared
        ]
        keys = list(dict.fromkeys(key for table in tables for key in table))
        for metric in dict.fromkeys(metric for metric, _ in keys):
            rows = []
            for key in (one for one in keys if one[0] == metric):
                figures = (
                    words.figure(metric, table[key].second) if key in table else MISSING
                    for table in tables
                )
                queue = self.say("cli.whatif.all") if key[1] == ALL else key[1]
                rows.append((queue, *figures))
            yield self.say(f"cli.metric.{metric}"), rows
