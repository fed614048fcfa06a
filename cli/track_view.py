"""What `track` found: one result for programs, tables and sentences for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import isnan

from ..forecasting.tracking.drift import FALSE_ALARMS
from .console import Console, Result
from .report.wording import MISSING, Wording
from .track_lines import (
    AdjustmentScore,
    ClockScore,
    DayScore,
    DriftLine,
    EventScore,
    LeftOut,
    OutlookLine,
    QueueScore,
)

MOST_QUEUES_SHOWN = 6


@dataclass(frozen=True)
class TrackResult(Result):
    forecast: str
    first_day: date
    last_day: date
    now: datetime
    queues: tuple[QueueScore, ...]
    days: tuple[DayScore, ...]
    clock: tuple[ClockScore, ...]
    events: tuple[EventScore, ...]
    adjustments: tuple[AdjustmentScore, ...]
    drift: tuple[DriftLine, ...]
    left_out: tuple[LeftOut, ...]
    reforecast: tuple[OutlookLine, ...]
    files: tuple[str, ...]

    def show(self, console: Console) -> None:
        wording = Wording(console.language)
        now = _said_moment(self.now, wording)
        console.heading("track.heading", name=self.forecast, now=now)
        _show_queues(console, wording, self.queues)
        _show_days(console, wording, self)
        _show_clock(console, wording, self.clock)
        _show_events(console, wording, self.events)
        _show_adjustments(console, wording, self)
        _show_left_out(console, self.left_out)
        _show_drift(console, wording, self.drift)
        _show_outlook(console, wording, self.reforecast, now)
        for file in self.files:
            console.say("track.file", file=file)


def _said_moment(moment: datetime, wording: Wording) -> str:
    """`Thu 26 Nov 12:00`; a midnight is the end of the day before."""
    if (moment.hour, moment.minute) == (0, 0):
        return f"{wording.day(moment.date() - timedelta(days=1))} 24:00"
    return f"{wording.day(moment.date())} {moment:%H:%M}"


def _columns(console: Console, names: Sequence[str]) -> list[str]:
    return [console.text(f"track.column.{name}") for name in names]


def _signed(value: float) -> str:
    return MISSING if isnan(value) else f"{value:+.1%}".replace("-", "−")


def _beside(came: float, expected: float, wording: Wording) -> str:
    if isnan(came) or isnan(expected):
        return MISSING
    return f"{wording.number(came)} / {wording.number(expected)}"


def _shown_queues(console: Console, queues: Iterable[str]) -> dict[str, str]:
    """Column headings by queue: each of a few queues, all of many together."""
    names = [queue for queue in dict.fromkeys(queues) if queue != "all"]
    if len(names) > MOST_QUEUES_SHOWN:
        return {"all": console.text("track.column.all")}
    return {name: name for name in names}


def _show_queues(console: Console, wording: Wording, scores: Sequence[QueueScore]) -> None:
    names = ("queue", "came", "forecast", "bias", "wape", "day_wape", "coverage", "handle")
    rows = [
        (
            console.text("track.column.all") if score.queue == "all" else score.queue,
            wording.number(score.contacts),
            wording.number(score.expected),
            _signed(score.bias),
            wording.share(score.wape),
            wording.share(score.day_wape),
            wording.share(score.coverage),
            _beside(score.handle_s, score.expected_handle_s, wording),
        )
        for score in scores
    ]
    console.table(_columns(console, names), rows)
    console.say("track.legend")


def _show_days(console: Console, wording: Wording, result: TrackResult) -> None:
    console.heading("track.days")
    shown = _shown_queues(console, (score.queue for score in result.days))
    cells: dict[date, dict[str, str]] = {}
    for score in result.days:
        mark = "▲" if score.contacts > score.p90 else "▼" if score.contacts < score.p10 else " "
        said = MISSING if score.expected == 0 == score.contacts else _cell(score, mark, wording)
        cells.setdefault(score.date, {})[score.queue] = said
    if "all" in shown:
        for day, of_day in _together(result.days).items():
            cells[day] = {"all": _beside(*of_day, wording)}
    parts = {score.date for score in result.days if not score.whole} & {result.now.date()}
    rows = []
    for day, by in sorted(cells.items()):
        label = wording.day(day)
        if day in parts:
            label = console.text("track.part_of_day", day=label, now=f"{result.now:%H:%M}")
        rows.append((label, *(by.get(queue, MISSING) for queue in shown)))
    console.table([console.text("track.column.day"), *shown.values()], rows)
    console.say("track.days_legend")


def _cell(score: DayScore, mark: str, wording: Wording) -> str:
    return f"{_beside(score.contacts, score.expected, wording)} {mark}"


def _together(days: Sequence[DayScore]) -> dict[date, tuple[float, float]]:
    """(came, expected) of all queues, by day."""
    found: dict[date, tuple[float, float]] = {}
    for score in days:
        came, expected = found.get(score.date, (0.0, 0.0))
        found[score.date] = (came + score.contacts, expected + score.expected)
    return found


def _show_clock(console: Console, wording: Wording, scores: Sequence[ClockScore]) -> None:
    """Hour by hour; nothing of daily forecasts."""
    if len({score.time for score in scores}) < 2:
        return
    console.heading("track.clock")
    shown = _shown_queues(console, (score.queue for score in scores))
    sums: dict[str, dict[str, tuple[float, float]]] = {}
    for score in scores:
        of_hour = sums.setdefault(f"{score.time[:2]}:00", {})
        came, expected = of_hour.get(score.queue, (0.0, 0.0))
        of_hour[score.queue] = (came + score.contacts, expected + score.expected)
    rows = [
        (hour, *(_beside(*by[q], wording) if q in by else MISSING for q in shown))
        for hour, by in sorted(sums.items())
    ]
    console.table([console.text("track.column.hour"), *shown.values()], rows)


def _show_events(console: Console, wording: Wording, scores: Sequence[EventScore]) -> None:
    if not scores:
        return
    console.heading("track.events")
    names = ("event", "queue", "came", "forecast", "effect", "effect_seen")
    rows = [
        (
            score.event,
            score.queue,
            wording.number(score.contacts),
            wording.number(score.expected),
            wording.number(score.effect),
            wording.number(score.effect_seen),
        )
        for score in scores
    ]
    console.table(_columns(console, names), rows, text_columns=2)


def _show_adjustments(console: Console, wording: Wording, result: TrackResult) -> None:
    if not result.adjustments:
        return
    console.heading("track.adjustments")
    names = ("reason", "queue", "came", "model", "adjusted", "saved")
    rows = [
        (
            score.reason,
            score.queue,
            wording.number(score.contacts),
            wording.number(score.model),
            wording.number(score.adjusted),
            wording.number(score.saved),
        )
        for score in result.adjustments
    ]
    console.table(_columns(console, names), rows, text_columns=2)
    whole = result.queues[-1]
    if whole.model_wape is not None:
        adjusted, model = wording.share(whole.wape), wording.share(whole.model_wape)
        console.say("track.adjustments_all", adjusted=adjusted, model=model)


def _show_left_out(console: Console, left_out: Sequence[LeftOut]) -> None:
    if not left_out:
        return
    console.heading("track.left_out")
    for line in left_out:
        span = line.first if line.first == line.last else f"{line.first} – {line.last}"
        console.say("track.left_out_line", queue=line.queue, span=span, finding=line.finding)


def _show_drift(console: Console, wording: Wording, checks: Sequence[DriftLine]) -> None:
    console.heading("track.drift")
    if not checks:
        console.say("track.drift_unchecked")
        return
    alarms = [check for check in checks if check.raised]
    for check in alarms:
        side = "more" if check.size > 0 else "fewer"
        console.say(
            f"track.alarm.{check.kind}_{side}",
            queue=check.queue,
            share=wording.share(abs(check.size)),
            since=wording.day(check.since),
            from_time=check.from_time,
            to_time=check.to_time,
        )
    if not alarms:
        console.say("track.no_drift")
    console.say("track.drift_legend", forecasts=round(1 / FALSE_ALARMS))


def _show_outlook(
    console: Console, wording: Wording, lines: Sequence[OutlookLine], now: str
) -> None:
    if not lines:
        return
    console.heading("track.reforecast", now=now)
    shown = _shown_queues(console, (line.queue for line in lines))
    rows, told = [], ""
    for line in lines:
        if line.queue not in shown:
            continue
        day = wording.day(line.date)
        label = day if line.whole else console.text("track.rest_of_day", day=day)
        rows.append(
            (
                "" if label == told else label,
                shown[line.queue],
                wording.number(line.before),
                wording.number(line.mean),
                f"{wording.number(line.p10)}–{wording.number(line.p90)}",
            )
        )
        told = label
    names = ("day", "queue", "before", "anew", "range")
    console.table(_columns(console, names), rows, text_columns=2)
