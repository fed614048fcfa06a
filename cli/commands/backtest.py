"""shiftcast backtest: how good the forecast would have been on weeks that are known by now."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .. import options
from ..console import Console, Result, session

if TYPE_CHECKING:
    from ..report.wording import Wording


@dataclass(frozen=True)
class ScoreLine:
    """One method on one queue at one grain ("interval" or "day"); shares are fractions of 1."""

    method: str
    queue: str
    grain: str
    contacts: float
    wape: float
    bias: float
    pinball: float
    coverage: float


@dataclass(frozen=True)
class TunedLine:
    """The settings chosen for one queue, and what they and the usual ones missed in past weeks."""

    queue: str
    scale: str
    flexibility: float
    month_waves: int
    corrected: bool
    wape: float | None
    usual_wape: float | None


@dataclass(frozen=True)
class BacktestResult(Result):
    origins: int
    days: int
    scores: tuple[ScoreLine, ...]
    seconds: dict[str, float]
    tuned: tuple[TunedLine, ...] = ()

    def show(self, console: Console) -> None:
        from ..report.wording import Wording

        wording = Wording(console.language)
        if self.tuned:
            self._show_tuned(console, wording)
        console.heading("cli.backtest.heading", origins=self.origins, days=self.days)
        columns = ("queue", "grain", "method", "wape", "bias", "coverage")
        queues = list(dict.fromkeys(line.queue for line in self.scores))
        ordered = sorted(self.scores, key=lambda line: (queues.index(line.queue), line.grain))
        rows = [
            (
                line.queue,
                console.text(f"cli.backtest.{line.grain}"),
                line.method,
                wording.share(line.wape),
                f"{line.bias:+.1%}".replace("-", "−"),
                wording.share(line.coverage),
            )
            for line in ordered
        ]
        console.table([console.text(f"cli.column.{c}") for c in columns], rows, text_columns=3)
        console.line()
        console.say("cli.backtest.legend")

    def _show_tuned(self, console: Console, wording: Wording) -> None:
        console.heading("forecast_settings.heading")
        columns = ("scale", "flexibility", "month_waves", "corrected", "wape", "usual_wape")
        rows = [
            (
                line.queue,
                console.text(f"forecast_settings.{line.scale}"),
                f"{line.flexibility:g}",
                str(line.month_waves),
                console.text(f"forecast_settings.{'yes' if line.corrected else 'no'}"),
                *("–" if w is None else wording.share(w) for w in (line.wape, line.usual_wape)),
            )
            for line in self.tuned
        ]
        headings = [console.text(f"forecast_settings.column.{column}") for column in columns]
        console.table([console.text("cli.column.queue"), *headings], rows, text_columns=2)
        console.line()


def backtest(
    history: options.HistoryFile = None,
    calendar: options.CalendarFile = None,
    country: options.Country = None,
    interval: options.Interval = None,
    weeks: Annotated[
        int, typer.Option("--weeks", min=1, max=104, help="How many forecasts to make.")
    ] = 8,
    days: Annotated[
        int, typer.Option("--days", min=1, max=366, help="Days that each forecast is for.")
    ] = 7,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="CSV of all scores to write."),
    ] = None,
    tune: Annotated[
        bool,
        typer.Option("--tune", help="First choose each queue's settings, and keep them."),
    ] = False,
    settings: options.ForecastSettingsFile = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of everything random.")] = 1,
    workspace: options.Workspace = options.HERE,
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Forecast past weeks as if they were still to come, beside what planners do by hand."""
    place = workspace if history is None else None
    with session(place, lang, as_json=json, quiet=quiet) as console:
        from ..exports.whole_file import write_csv
        from ..workspace.backtesting import source_of_file, source_of_workspace

        with console.progress() as progress:
            progress.stage("read")
            source = (
                source_of_workspace(workspace)
                if history is None
                else source_of_file(history, calendar, country, interval, settings)
            )
            if tune:
                progress.stage("tune")
                tuned = source.tune(days=days, progress=progress.share)
            progress.stage("backtest")
            report = source.run(days=days, count=weeks, seed=seed, progress=progress.share)
        scores = report.scores
        if output is not None:
            write_csv(output, tuple(scores.columns), scores.itertuples(index=False))
        console.warn(source.warnings)
        lines = tuple(
            ScoreLine(*row)
            for row in scores[list(ScoreLine.__dataclass_fields__)].itertuples(index=False)
        )
        choices: tuple[TunedLine, ...] = ()
        if tune:
            choices = tuple(
                TunedLine(queue, **found.model_dump(exclude={"made_of"}))
                for queue, found in tuned.queues.items()
            )
        seconds = dict(zip(report.seconds["method"], report.seconds["seconds"], strict=True))
        console.deliver(BacktestResult(len(report.origins), report.days, lines, seconds, choices))
