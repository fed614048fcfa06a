"""A forecast against what came, on a page of the report's kind: one file that asks nobody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from markupsafe import Markup
from plotly.offline import get_plotlyjs

from ...data.messages import text
from ...forecasting.forecast import Forecast
from ...forecasting.tracking.actuals import Actuals
from ..exports.whole_file import write_whole
from ..track_view import TrackResult
from .axis import axis_data
from .console_blocks import BlockConsole
from .palette import queue_colour
from .rendering import asset, embedded, rendered
from .track_figure import track_figure
from .wording import Wording

SCRIPTS = ("page_view.js", "page_charts.js", "page.js")
NOBODY: dict[str, list[Any]] = {"agents": [], "teams": [], "skills": [], "days": []}


def write_track_page(
    path: Path,
    result: TrackResult,
    forecast: Forecast,
    actuals: Actuals,
    anew: Forecast | None,
    language: str,
) -> None:
    """Writes the page whole or not at all."""
    page = track_page(result, forecast, actuals, anew, language)
    write_whole(path, page.encode("utf-8"))


def track_page(
    result: TrackResult,
    forecast: Forecast,
    actuals: Actuals,
    anew: Forecast | None,
    language: str,
) -> str:
    """The page as text: drift first, then the chart of every queue, then all that the terminal
    says."""
    wording = Wording(language)
    console = BlockConsole(language)
    replace(result, files=()).show(console)
    scores, *others = console.blocks
    drift = text("track.drift", language)
    queues = range(len(forecast.queues))
    charts = [
        {"came": track_figure(forecast, actuals, anew, i, wording).to_plotly_json()} for i in queues
    ]
    data = {
        "axis": axis_data(forecast.grid, (forecast.mean > 0) | (actuals.offered > 0), wording),
        "charts": charts,
        "roster": {**NOBODY, "queues": list(forecast.queues)},
        "words": {},
    }
    return rendered(
        "track.html",
        say=wording.say,
        language=language,
        title=scores.heading,
        alarms=[block for block in others if block.heading == drift],
        scores=scores,
        others=[block for block in others if block.heading != drift],
        queues=[(name, queue_colour(i)) for i, name in enumerate(forecast.queues)],
        days=[wording.day(day) for day in forecast.grid.dates],
        data=embedded(data),
        style=asset("page.css"),
        script=Markup("\n").join(asset(name) for name in SCRIPTS),
        plotly=Markup(get_plotlyjs()),
    )
