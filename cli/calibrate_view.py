"""What `staff --calibrate` found: one result for programs, tables and sentences for people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite, isnan

from ..scheduling.estimates.calibration import LEAST_CONTACTS, QueueKpis
from ..scheduling.estimates.estimate import UNKNOWN, Estimate
from ..scheduling.estimates.suggestion import QueueSettings
from .console import Console, Result
from .report.wording import MISSING, Wording
from .workspace.calibrating import Calibrated, CalibratedQueue, Check, Replay

Say = Callable[[float], str]


@dataclass(frozen=True)
class CheckLine:
    """The newest days of a queue, predicted from the days before and as they were."""

    first_day: date
    days: int
    within_s: float
    predicted: QueueKpis
    observed: QueueKpis


@dataclass(frozen=True)
class QueueLine:
    """What the records tell of one queue; UNKNOWN estimates (NaN) where they do not.

    Times in seconds, shares of 1. `handle_by_hour_s` from 0 to 23 o'clock. `off_phone` is the share
    of the time at work that only shrinkage can explain; `concurrency` are handle times by chats at
    once, as multiples of a chat alone. `paste` are lines for the queue in shiftcast.toml.
    """

    queue: str
    contacts: int
    patience_s: Estimate
    patience_median_s: float
    patience_misfit: float
    balking: Estimate
    handle_s: Estimate
    handle_cv: float
    handle_short: Estimate
    handle_by_hour_s: tuple[float, ...]
    after_call_s: Estimate
    hidden_s: Estimate
    ready: Estimate
    pressed: Estimate
    off_phone: Estimate
    concurrency: tuple[float, ...]
    in_use: QueueSettings
    suggested: QueueSettings
    paste: tuple[str, ...]
    replay: Replay | None
    check: CheckLine | None


@dataclass(frozen=True)
class CalibrateResult(Result):
    file: str
    first_day: date
    last_day: date
    agents: int
    queues: tuple[QueueLine, ...]
    shrinkage: Estimate
    shrinkage_by_weekday: tuple[Estimate, ...]
    shrinkage_from_roster: bool

    def show(self, console: Console) -> None:
        wording = Wording(console.language)
        period = wording.week(self.first_day, self.last_day)
        console.heading("calibrate.heading", file=self.file, period=period)
        console.say("calibrate.legend")
        for line in self.queues:
            _show_queue(console, wording, line)
        _show_shrinkage(console, wording, self)
        console.line()
        console.say("calibrate.no_redials")
        if any(line.paste for line in self.queues):
            console.heading("calibrate.paste")
            for line in self.queues:
                for words in line.paste:
                    console.line(words, wrap=False)
            console.line()
            if not self.shrinkage_from_roster:
                console.say("calibrate.absence")


def calibrate_result(found: Calibrated, file: str) -> CalibrateResult:
    """The estimates as plain values."""
    grid = found.log.grid
    return CalibrateResult(
        file,
        grid.first_day,
        grid.last_day,
        len(found.log.agents),
        tuple(_queue_line(queue, grid.dates) for queue in found.queues),
        found.shrinkage.overall,
        found.shrinkage.by_weekday,
        found.shrinkage.from_roster,
    )


def _queue_line(found: CalibratedQueue, dates: Sequence[date]) -> QueueLine:
    profile, estimates = found.profile, found.estimates
    handling, readiness = estimates.handling, estimates.readiness
    return QueueLine(
        queue=profile.name,
        contacts=estimates.contacts,
        patience_s=estimates.patience.mean_s,
        patience_median_s=estimates.patience.median_s,
        patience_misfit=estimates.patience.misfit,
        balking=estimates.patience.balking,
        handle_s=UNKNOWN if handling is None else handling.mean_s,
        handle_cv=float("nan") if handling is None else handling.cv,
        handle_short=UNKNOWN if handling is None else handling.short,
        handle_by_hour_s=() if handling is None else tuple(handling.by_hour_s.tolist()),
        after_call_s=estimates.returns.after_call_s,
        hidden_s=estimates.returns.hidden_s,
        ready=UNKNOWN if readiness is None else readiness.ready,
        pressed=UNKNOWN if readiness is None else readiness.pressed,
        off_phone=found.off_phone or UNKNOWN,
        concurrency=() if found.concurrency is None else found.concurrency.multiples,
        in_use=QueueSettings(profile.patience_s, profile.aht_s, profile.shrinkage),
        suggested=found.suggested,
        paste=_paste(found),
        replay=found.replay,
        check=None if found.check is None else _check_line(found.check, dates),
    )


def _check_line(check: Check, dates: Sequence[date]) -> CheckLine:
    first = dates[check.first_day]
    return CheckLine(first, check.days, check.within_s, check.predicted, check.observed)


def _paste(found: CalibratedQueue) -> tuple[str, ...]:
    """Lines of shiftcast.toml; nothing where the records tell no setting."""
    if found.estimates.contacts < LEAST_CONTACTS:
        return ()
    told = found.suggested
    lines = []
    if told.patience_s is not None:
        lines.append(f"patience_seconds = {told.patience_s:.0f}")
    if told.handle_s is not None:
        lines.append(f"handle_seconds = {told.handle_s:.0f}")
    if found.estimates.handling is not None:
        lines.append(f"handle_cv = {found.estimates.handling.cv:.2f}")
    if found.off_phone is not None:
        lines.append(f"shrinkage = {told.shrinkage:.2f}")
    if found.concurrency is not None and len(found.concurrency.multiples) > 1:
        multiples = ", ".join(f"{m:.2f}" for m in found.concurrency.multiples)
        lines.append(f"handle_time_by_concurrency = [{multiples}]")
    return (f"# {found.profile.name}", *lines) if lines else ()


def _show_queue(console: Console, wording: Wording, line: QueueLine) -> None:
    name, contacts = line.queue, wording.number(line.contacts)
    console.heading("calibrate.queue", queue=name, contacts=contacts)
    seconds = [
        ("patience", line.patience_s),
        ("handle", line.handle_s),
        ("after_call", line.after_call_s),
        ("hidden", line.hidden_s),
    ]
    shares = [
        ("balking", line.balking),
        ("short", line.handle_short),
        ("ready", line.ready),
        ("off_phone", line.off_phone),
    ]
    settings = {
        "patience": line.in_use.patience_s,
        "handle": line.in_use.handle_s,
        "off_phone": line.in_use.shrinkage,
    }
    rows = [
        (
            console.text(f"calibrate.row.{key}"),
            *_range(found, say),
            _setting(settings.get(key), say),
        )
        for group, say in ((seconds, wording.seconds), (shares, wording.share))
        for key, found in group
        if not isnan(found.value)
    ]
    columns = [
        console.text(f"calibrate.column.{key}") for key in ("what", "value", "range", "in_use")
    ]
    console.table(columns, rows)
    _say_shape(console, wording, line)
    _show_replay(console, wording, line)
    _show_check(console, wording, line)


def _say_shape(console: Console, wording: Wording, line: QueueLine) -> None:
    """How patience and handle times spread."""
    if isfinite(line.patience_misfit):
        misfit = wording.share(line.patience_misfit)
        if isfinite(line.patience_median_s):
            median = wording.seconds(line.patience_median_s)
            console.say("calibrate.patience_fit", misfit=misfit, median=median)
        else:
            console.say("calibrate.patience_fit_short", misfit=misfit)
    hours = [(h, s) for h, s in enumerate(line.handle_by_hour_s) if not isnan(s)]
    if hours:
        said = ", ".join(f"{hour:02d} {wording.number(s)}" for hour, s in hours)
        console.say("calibrate.handle_hours", cv=wording.number(line.handle_cv, 2), hours=said)
    if line.concurrency:
        said = ", ".join(wording.number(multiple, 2) for multiple in line.concurrency)
        console.say("calibrate.concurrency", multiples=said)
    if line.contacts < LEAST_CONTACTS:
        console.say("calibrate.too_few", least=LEAST_CONTACTS)
    elif isnan(line.ready.value):
        console.say("calibrate.no_readiness")
    elif not isnan(line.pressed.value):
        console.say("calibrate.pressed", share=wording.share(line.pressed.value))


def _show_replay(console: Console, wording: Wording, line: QueueLine) -> None:
    if line.replay is None:
        return
    replay = line.replay
    kinds = (replay.observed, replay.in_use, replay.suggested)
    names = ("observed", "formula_in_use", "formula_suggested")
    _kpi_table(console, wording, replay.within_s, kinds, names)


def _show_check(console: Console, wording: Wording, line: QueueLine) -> None:
    if line.check is None:
        return
    check = line.check
    first = wording.day(check.first_day)
    console.line()
    console.say("calibrate.check", first=first, days=check.days)
    kinds, names = (check.observed, check.predicted), ("observed", "predicted")
    _kpi_table(console, wording, check.within_s, kinds, names)


def _kpi_table(
    console: Console,
    wording: Wording,
    within_s: float,
    kinds: Sequence[QueueKpis],
    names: Sequence[str],
) -> None:
    rows = [
        (console.text("calibrate.kpi.p_wait"), *(wording.share(k.p_wait) for k in kinds)),
        (
            console.text("calibrate.kpi.mean_wait"),
            *(_wait(k.mean_wait_s, wording) for k in kinds),
        ),
        (
            console.text("calibrate.kpi.service", seconds=wording.number(within_s)),
            *(wording.share(k.service_level[0]) for k in kinds),
        ),
        (console.text("calibrate.kpi.abandonment"), *(wording.share(k.abandonment) for k in kinds)),
    ]
    keys = ("what", *names)
    console.table([console.text(f"calibrate.column.{key}") for key in keys], rows)


def _show_shrinkage(console: Console, wording: Wording, result: CalibrateResult) -> None:
    if isnan(result.shrinkage.value):
        return
    key = "roster" if result.shrinkage_from_roster else "activity"
    console.heading(f"calibrate.shrinkage_{key}")
    rows = [
        (wording.say(f"weekday.{day}"), *_range(found, wording.share))
        for day, found in enumerate(result.shrinkage_by_weekday)
        if not isnan(found.value)
    ]
    rows.append((console.text("calibrate.all_days"), *_range(result.shrinkage, wording.share)))
    console.table(
        [console.text(f"calibrate.column.{key}") for key in ("weekday", "value", "range")], rows
    )
    console.say(f"calibrate.shrinkage_{key}_legend")


def _range(found: Estimate, say: Say) -> tuple[str, str]:
    if isnan(found.low) or not isfinite(found.value):
        return (say(found.value) if isfinite(found.value) else MISSING, MISSING)
    high = say(found.high) if isfinite(found.high) else "…"
    return say(found.value), f"{say(found.low)} – {high}"


def _setting(value: float | None, say: Say) -> str:
    return MISSING if value is None else say(value)


def _wait(seconds: float, wording: Wording) -> str:
    return wording.seconds(seconds) if isfinite(seconds) else "∞"
