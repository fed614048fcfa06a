"""Where a forecast comes from, said on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..forecasting.forecast_parts import EventEffect
from .console import Console
from .explain_events import EventGroup, event_groups
from .explain_parts import QueueParts
from .explain_words import ExplainWords, has_effect, shown_columns
from .report.wording import Wording

MOST_EVENTS = 8


def show_parts(console: Console, parts: Sequence[QueueParts]) -> None:
    """Each queue's days, events, adjustments and methods."""
    words = ExplainWords(Wording(console.language))
    for part in parts:
        console.heading("explain.heading", queue=part.queue)
        for line in words.notes(part):
            console.line(line)
        _show_days(console, part, words)
        for line in words.legend(part):
            console.line(line)
        if part.events:
            console.heading("explain.events")
            _show_events(console, event_groups(part.events), words)
        if part.adjustments:
            console.heading("explain.adjustments")
            for change in part.adjustments:
                console.line(f"  {words.adjustment(change)}")
        if part.members:
            console.heading("explain.members")
            for line in words.members(part.members):
                console.line(f"  {line}")
            console.say("explain.members_legend")


def show_event_lines(console: Console, events: Iterable[EventEffect]) -> None:
    """A line for each event that adds or takes away contacts, what it does to each queue in it."""
    words = ExplainWords(Wording(console.language))
    by_event: dict[tuple[str, str], list[EventGroup]] = {}
    for group in event_groups(events):
        if abs(group.added) >= 0.5:
            by_event.setdefault((group.label, words.when(group)), []).append(group)
    if not by_event:
        return
    console.heading("explain.events")
    for (label, when), groups in list(by_event.items())[:MOST_EVENTS]:
        effects = words.wording.join(
            [
                words.phrase(
                    "event_effect",
                    queue=group.queue,
                    added=words.signed(group.added),
                    factor=words.percent(group.contacts[0]),
                )
                for group in groups
            ]
        )
        console.say("explain.event_line", event=label, when=when, effects=effects)
    if len(by_event) > MOST_EVENTS:
        console.say("explain.events_more", number=len(by_event) - MOST_EVENTS)
    console.line()


def _show_days(console: Console, part: QueueParts, words: ExplainWords) -> None:
    columns = shown_columns(part)
    rows = [
        (words.wording.day(day.date), *(words.cell(day, name) for name in columns))
        for day in part.days
    ]
    console.table([words.column(name) for name in ("day", *columns)], rows)


def _show_events(console: Console, groups: Sequence[EventGroup], words: ExplainWords) -> None:
    columns = ["event", "when", "source", "contacts", "added"]
    handled = any(has_effect(group.handle_time) for group in groups)
    rows = [
        (
            group.label,
            words.when(group),
            words.source(group),
            words.effect(group.contacts),
            words.signed(group.added),
            *((words.effect(group.handle_time),) if handled else ()),
        )
        for group in groups
    ]
    if handled:
        columns.append("handle_time")
    console.table([words.column(name) for name in columns], rows, text_columns=3)
    for line in words.events_legend(groups):
        console.line(line)
