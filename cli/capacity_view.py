"""The weeks to come: agents and hours needed against those on the books, and when to hire."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

from ..data.messages import text
from ..scheduling.planning.capacity import Capacity, CapacityWeek, Shortage
from .console import Console, Result
from .report.wording import Wording
from .workspace.capacity import MadeCapacity

CAPACITY_COLUMNS = (
    "week",
    "queue",
    "needed_hours",
    "peak_agents",
    "short_hours",
    "short_agents",
    "needed_agents",
    "skilled_agents",
)


@dataclass(frozen=True)
class CapacityResult(Result):
    """`weeks` and `shortages` as they are computed, and the same in `sentences`."""

    scenario: str | None
    fit: float
    weeks: tuple[CapacityWeek, ...]
    shortages: tuple[Shortage, ...]
    sentences: tuple[str, ...]
    file: str | None
    page: str | None

    def show(self, console: Console) -> None:
        wording = Wording(console.language)
        console.heading("capacity.title", weeks=len(self.weeks), first=wording.day(self.first_day))
        if self.scenario is not None:
            console.say("sweep.upon", scenario=self.scenario)
        queues = [line.queue for line in self.weeks[0].queues]
        names = ("week", "required", "books", "off", "spare")
        columns = [console.text(f"cli.column.{name}") for name in names]
        short = [console.text("capacity.short", queue=queue) for queue in queues]
        console.table([*columns, *short], [self._row(week, wording) for week in self.weeks])
        console.line()
        for sentence in self.sentences:
            console.line(sentence)
        if self.file is not None:
            console.say("cli.forecast.file", file=self.file)
        if self.page is not None:
            console.say("cli.forecast.file", file=self.page)

    @property
    def first_day(self) -> date:
        return self.weeks[0].start

    @staticmethod
    def _row(week: CapacityWeek, wording: Wording) -> list[str]:
        needed = sum(line.needed_hours for line in week.queues)
        hours = needed, week.contract_hours - week.time_off_hours, week.time_off_hours
        return [
            wording.day(week.start),
            *(wording.number(value) for value in hours),
            wording.number(week.spare_hours),
            *(agents_short(line.short_agents, wording) for line in week.queues),
        ]


def capacity_result(
    made: MadeCapacity, language: str, file: str | None, page: str | None
) -> CapacityResult:
    capacity = made.capacity
    return CapacityResult(
        made.scenario,
        capacity.fit,
        capacity.weeks,
        capacity.shortages,
        tuple(capacity_sentences(capacity, language)),
        file,
        page,
    )


def capacity_rows(capacity: Capacity) -> list[list[object]]:
    """One row a week and queue, with `CAPACITY_COLUMNS`; hours and agents to two decimals."""
    return [
        [
            week.start.isoformat(),
            line.queue,
            round(line.needed_hours, 2),
            round(line.peak_agents, 2),
            round(line.short_hours, 2),
            round(line.short_agents, 2),
            round(line.needed_agents, 2),
            round(line.skilled_agents, 2),
        ]
        for week in capacity.weeks
        for line in week.queues
    ]


def capacity_sentences(capacity: Capacity, language: str) -> list[str]:
    """When which queue is short of how many, and by when to hire or whom to train; or that nobody
    is missing, and which week is the tightest."""
    wording = Wording(language)
    if not capacity.shortages:
        tight = min(capacity.weeks, key=lambda week: week.spare_hours)
        return [
            text(
                "capacity.enough",
                language,
                week=wording.day(tight.start),
                hours=wording.number(tight.spare_hours),
            )
        ]
    first_day = capacity.weeks[0].start
    return [_sentence(one, first_day, wording, language) for one in capacity.shortages]


def _sentence(short: Shortage, first_day: date, wording: Wording, language: str) -> str:
    said = text(
        "capacity.shortage",
        language,
        first=wording.day(short.first),
        last=wording.day(short.last),
        queue=short.queue,
        agents=_agents_said(ceil(short.agents), language),
        hours=wording.number(short.hours),
    )
    by = wording.day(short.hire_by)
    late = short.hire_by < first_day
    parts = [said, text("capacity.too_late" if late else "capacity.hire_by", language, by=by)]
    if short.trainable:
        trainable = min(short.trainable, ceil(short.agents))
        parts.append(
            text(
                "capacity.train",
                language,
                agents=_agents_said(trainable, language),
                queue=short.queue,
            )
        )
    return wording.say("sentence_join").join(parts)


def _agents_said(number: int, language: str) -> str:
    form = "one" if number == 1 else "many"
    return text(f"capacity.agents_{form}", language, number=number)


def agents_short(value: float, wording: Wording) -> str:
    """A dash where nobody is short."""
    return wording.number(value, 1) if value >= 0.05 else "–"
