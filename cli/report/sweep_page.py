"""A sweep on a page of the report's kind: the trade-off as curves and as a table."""

from __future__ import annotations

from markupsafe import Markup
from plotly.offline import get_plotlyjs

from ...data.centre import Centre
from ..sweep_view import SweepResult, SweepWords
from .attention import promise
from .rendering import asset, embedded, rendered
from .sweep_figures import hours_against_value, service_against_cost


def sweep_page(result: SweepResult, centre: Centre, period: str, language: str) -> str:
    """The page as text; everything that came from a file is escaped. It names nobody."""
    words = SweepWords(language, result)
    promised = {queue.name: promise(queue).share for queue in centre.queues}
    targets = {queue: share for queue, share in promised.items() if share is not None}
    charts = {"hours": hours_against_value(words)}
    if result.rosters:
        charts = {"trade": service_against_cost(words, targets), **charts}
    heading, rows = words.table()
    return rendered(
        "sweep.html",
        say=words.say,
        language=language,
        centre=centre.name,
        period=period,
        result=result,
        title=words.say("sweep.page.title", what=words.what),
        verdict=words.verdict(),
        charts=[
            (name, words.say(f"sweep.page.{name}"), words.say(f"sweep.page.{name}_caption"))
            for name in charts
        ],
        heading=heading,
        rows=[
            (line.value == result.cheapest, bool(line.missed), row)
            for line, row in zip(result.points, rows, strict=True)
        ],
        data=embedded({name: chart.to_plotly_json() for name, chart in charts.items()}),
        style=asset("page.css") + asset("whatif.css"),
        script=asset("plain_charts.js"),
        plotly=Markup(get_plotlyjs()),
    )
