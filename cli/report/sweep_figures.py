"""The trade-off that a sweep shows: pure functions from its points to plotly figures."""

from __future__ import annotations

import plotly.graph_objects as go

from ..sweep_view import SweepLine, SweepWords
from .palette import GREY, INK, VERMILLION, queue_colour
from .plain_figure import plain_figure


def service_against_cost(words: SweepWords, targets: dict[str, float]) -> go.Figure:
    """Share in time of every queue over the cost, a point for each value, which is written at it;
    the queues' targets as dotted lines, the cheapest value that meets them all as an upright one.
    """
    result = words.result
    points = sorted((one for one in result.points if one.queues), key=lambda point: point.cost)
    costs = [point.cost for point in points]
    figure = plain_figure(
        words.say("sweep.chart.cost", currency=result.currency), words.say("sweep.chart.share")
    )
    figure.update_yaxes(tickformat=".0%")
    figure.update_xaxes(tickformat=",")
    for number, queue in enumerate(words.queues):
        levels = [point.queues[number].service for point in points]
        ends = [(point.queues[number].low, point.queues[number].high) for point in points]
        colour = queue_colour(number)
        figure.add_scatter(
            x=costs,
            y=levels,
            name=queue,
            mode="lines+markers+text",
            text=[f"{point.value:g}" for point in points],
            textposition="top center",
            textfont={"color": colour, "size": 11},
            line={"color": colour, "width": 2},
            marker={"size": 8},
            error_y={
                "type": "data",
                "symmetric": False,
                "array": [high - level for (_, high), level in zip(ends, levels, strict=True)],
                "arrayminus": [level - low for (low, _), level in zip(ends, levels, strict=True)],
                "color": colour,
                "thickness": 1,
            },
            hovertemplate="%{text}: %{y:.1%}<extra>%{fullData.name}</extra>",
        )
        if queue in targets:
            figure.add_hline(targets[queue], line={"color": colour, "dash": "dot", "width": 1})
    if result.cheapest is not None:
        (best,) = (point for point in points if point.value == result.cheapest)
        named = words.say("sweep.chart.best", value=best.value)
        figure.add_vline(
            best.cost,
            line={"color": INK, "width": 1, "dash": "dash"},
            annotation={"text": named, "font": {"size": 12}},
            annotation_position="bottom right" if best is points[0] else "bottom left",
        )
    return figure


def hours_against_value(words: SweepWords) -> go.Figure:
    """Agent-hours needed at every value of what is swept and, with rosters, those paid for and
    those short; without, the most agents needed at a time instead."""
    result = words.result
    points = result.points
    values = [point.value for point in points]
    figure = plain_figure(words.what, words.say("sweep.chart.hours"))
    _add(figure, values, points, "required_hours", INK, words)
    if result.rosters:
        _add(figure, values, points, "paid_hours", GREY, words)
        _add(figure, values, points, "under_hours", VERMILLION, words)
    else:
        figure.update_layout(
            yaxis2={
                "overlaying": "y",
                "side": "right",
                "rangemode": "tozero",
                "showgrid": False,
                "title": {"text": words.say("sweep.chart.peak_agents")},
            }
        )
        _add(figure, values, points, "peak_agents", VERMILLION, words, yaxis="y2", dash="dash")
    return figure


def _add(
    figure: go.Figure,
    values: list[float],
    points: tuple[SweepLine, ...],
    what: str,
    colour: str,
    words: SweepWords,
    *,
    yaxis: str = "y",
    dash: str = "solid",
) -> None:
    figure.add_scatter(
        x=values,
        y=[getattr(point, what) for point in points],
        name=words.say(f"sweep.chart.{what}"),
        mode="lines+markers",
        line={"color": colour, "width": 2, "dash": dash},
        yaxis=yaxis,
        hovertemplate="%{x}: %{y:,.1f}<extra>%{fullData.name}</extra>",
    )
