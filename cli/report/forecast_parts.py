"""Where the forecast comes from: each queue's days, events, adjustments and methods, as the page
shows them, with the places of the bars that go with the numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ...scheduling.planning.plan import Plan
from ..explain_events import EventGroup, event_groups
from ..explain_parts import DayParts, QueueParts, plan_parts
from ..explain_words import ExplainWords, has_effect, shown_columns
from .palette import queue_colour
from .wording import Wording

_LEAST_CHANGE = 0.2  # the longest bar of a queue stands for this change at least
_MOST_CHANGE = 2.0  # and what changes more than this has a bar as long


@dataclass(frozen=True)
class Bar:
    """From `left`, `width` wide, both in per cent of its track; `less` if it takes away."""

    left: float
    width: float
    less: bool = False


@dataclass(frozen=True)
class PartCell:
    """A number with its bar, if it has one; `kind` is factor, adjustments or total."""

    text: str
    kind: str
    bar: Bar | None = None


@dataclass(frozen=True)
class PartRow:
    """One day, or all of them together (`whole`)."""

    label: str
    cells: tuple[PartCell, ...]
    whole: bool = False


@dataclass(frozen=True)
class Whisker:
    """An effect on its track, in per cent: its range, its dot, and where no effect would be."""

    range: Bar
    dot: float
    nothing: float


@dataclass(frozen=True)
class EventRow:
    """An event in words: `handle_time` is blank if no event of the queue changes it."""

    label: str
    when: str
    source: str
    effect: str
    added: str
    handle_time: str
    whisker: Whisker


@dataclass(frozen=True)
class PartsSection:
    """What the page shows of one queue."""

    queue: str
    colour: str
    columns: tuple[str, ...]
    rows: tuple[PartRow, ...]
    notes: tuple[str, ...]
    legend: tuple[str, ...]
    events: tuple[EventRow, ...]
    events_legend: tuple[str, ...]
    handled: bool
    adjustments: tuple[str, ...]
    members: tuple[str, ...]


def parts_sections(plan: Plan, wording: Wording) -> list[PartsSection]:
    """A section for each queue, in the centre's order."""
    words = ExplainWords(wording)
    by_queue = {part.queue: part for part in plan_parts(plan)}
    return [
        _section(by_queue[profile.name], queue_colour(number), words)
        for number, profile in enumerate(plan.centre.queues)
    ]


def _section(part: QueueParts, colour: str, words: ExplainWords) -> PartsSection:
    columns = shown_columns(part)
    groups = event_groups(part.events)
    return PartsSection(
        queue=part.queue,
        colour=colour,
        columns=tuple(words.column(name) for name in ("day", *columns)),
        rows=(*_day_rows(part, columns, words), _whole_row(part, columns, words)),
        notes=tuple(words.notes(part)),
        legend=tuple(words.legend(part)),
        events=tuple(_event_rows(groups, words)),
        events_legend=tuple(words.events_legend(groups)),
        handled=any(has_effect(group.handle_time) for group in groups),
        adjustments=tuple(map(words.adjustment, part.adjustments)),
        members=tuple(words.members(part.members)),
    )


def _day_rows(part: QueueParts, columns: Sequence[str], words: ExplainWords) -> list[PartRow]:
    changes = [abs(factor - 1) for day in part.days for factor in day.factors.values()]
    most = min(max([_LEAST_CHANGE, *changes]), _MOST_CHANGE)
    largest = max((day.forecast for day in part.days), default=0.0)
    return [
        PartRow(
            words.wording.day(day.date),
            tuple(
                PartCell(words.cell(day, name), _kind(name), _bar(day, name, most, largest))
                for name in columns
            ),
        )
        for day in part.days
    ]


def _whole_row(part: QueueParts, columns: Sequence[str], words: ExplainWords) -> PartRow:
    """The contacts of all days; factors have no sum."""

    def said(name: str) -> str:
        if name == "adjustments":
            return words.signed(math.fsum(day.adjustments for day in part.days))
        if name in ("model", "forecast"):
            return words.wording.number(math.fsum(getattr(day, name) for day in part.days))
        return ""

    cells = tuple(PartCell(said(name), _kind(name)) for name in columns)
    return PartRow(words.phrase("page.all_days"), cells, whole=True)


def _kind(name: str) -> str:
    if name in ("level", "model", "forecast"):
        return "total"
    return "adjustments" if name == "adjustments" else "factor"


def _bar(day: DayParts, name: str, most: float, largest: float) -> Bar | None:
    """A factor's bar grows from the middle to either side, that of the forecast from the left."""
    if name == "forecast" and largest > 0:
        return Bar(0.0, _percent(day.forecast / largest))
    if name not in day.factors:
        return None
    change = max(-most, min(most, day.factors[name] - 1)) / most
    width = _percent(abs(change) / 2)
    return Bar(50.0 - width, width, less=True) if change < 0 else Bar(50.0, width)


def _event_rows(groups: Sequence[EventGroup], words: ExplainWords) -> list[EventRow]:
    edges = [1.0, *(factor for group in groups for factor in group.contacts)]
    least, most = min(edges), max(max(edges), min(edges) + _LEAST_CHANGE)

    def place(factor: float) -> float:
        return _percent((factor - least) / (most - least))

    return [
        EventRow(
            group.label,
            words.when(group),
            words.source(group),
            words.effect(group.contacts),
            words.signed(group.added),
            words.effect(group.handle_time),
            Whisker(Bar(place(low), round(place(high) - place(low), 1)), place(factor), place(1.0)),
        )
        for group in groups
        for factor, low, high in (group.contacts,)
    ]


def _percent(share: float) -> float:
    return round(100 * share, 1)
