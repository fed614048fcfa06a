"""Interval charts of one queue: pure functions from the plan's frames to plotly figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from ...data.targets import Channel, QueueProfile
from ...forecasting.forecast import Forecast
from .attention import promise
from .palette import BLUE, GREY, INK, ORANGE, SKY, VERMILLION, translucent
from .wording import Wording

FONT = 'system-ui, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
_GRID = "#e6eaee"
_UNSEEN = "rgba(0,0,0,0)"
# How plotly writes a line's own value in its hover box, where not with one decimal.
_HOVER_FORMAT = {"service": ".1%"}

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Mark:
    """A named stretch of the axis: an event of the calendar or an adjustment of the planner.

    `first` and `last` are interval indexes, both included; `label` is plotly's HTML.
    """

    first: int
    last: int
    label: str
    colour: str


def forecast_figure(
    forecast: Forecast,
    model: Forecast,
    queue: int,
    marks: Sequence[Mark],
    last_week: Values | None,
    wording: Wording,
) -> go.Figure:
    """Expected contacts with the range that 8 of 10 futures stay in; the model's own forecast
    where the planner changed it; the week before as it happened (shape (grid.size,), NaN unknown).
    """
    mean, low, high = forecast.mean[queue], forecast.p10[queue], forecast.p90[queue]
    figure = empty_figure(wording.say("axis.contacts"))
    figure.add_scatter(**line(low, _UNSEEN, width=0), showlegend=False, hoverinfo="skip")
    figure.add_scatter(
        **line(high, _UNSEEN, width=0),
        fill="tonexty",
        fillcolor=translucent(SKY, 0.35),
        name=wording.say("trace.range"),
        hoverinfo="skip",
    )
    told = {"low": low, "high": high}
    if last_week is not None:
        told["last_week"] = last_week
        figure.add_scatter(
            **line(last_week, GREY, width=1, dash="dot"),
            name=wording.say("trace.last_week"),
            hoverinfo="skip",
        )
    if not np.array_equal(model.mean[queue], mean):
        told["model"] = model.mean[queue]
        figure.add_scatter(
            **line(model.mean[queue], ORANGE, dash="dash"),
            name=wording.say("trace.model"),
            hoverinfo="skip",
        )
    figure.add_scatter(
        **line(mean, BLUE, width=2.5),
        **telling(wording, "forecast", told),
        name=wording.say("trace.forecast"),
    )
    for mark in marks:
        add_mark(figure, mark)
    return figure


def coverage_figure(interval: pd.DataFrame, colour: str, wording: Wording) -> go.Figure:
    """Agents required and rostered, with every shortage shaded; `interval` is one queue's rows of
    `Kpis.interval` in order."""
    required, rostered = _values(interval, "required"), _values(interval, "rostered")
    figure = empty_figure(wording.say("axis.agents"))
    figure.add_scatter(**line(rostered, _UNSEEN, width=0), showlegend=False, hoverinfo="skip")
    figure.add_scatter(
        **line(np.maximum(required, rostered), _UNSEEN, width=0),
        fill="tonexty",
        fillpattern={"shape": "/", "fgcolor": VERMILLION, "bgcolor": "#f9dcc8", "size": 6},
        name=wording.say("trace.short"),
        hoverinfo="skip",
    )
    figure.add_scatter(
        **line(rostered, colour, width=2.5), name=wording.say("trace.rostered"), hoverinfo="skip"
    )
    told = {"rostered": rostered, "short": np.maximum(required - rostered, 0.0)}
    figure.add_scatter(
        **line(required, INK, width=1.5),
        **telling(wording, "required", told),
        name=wording.say("trace.required"),
    )
    return figure


def service_figure(
    interval: pd.DataFrame,
    profile: QueueProfile,
    colour: str,
    wording: Wording,
) -> go.Figure:
    """Expected service in every interval against the target: the service level or reply rate, or
    for deadline work the agent-hours of work that wait at the end of the interval."""
    if profile.channel is Channel.EMAIL:
        return _backlog_figure(interval, colour, wording)
    promised = promise(profile)
    level = _values(interval, promised.measure)
    figure = empty_figure(wording.say("axis.service"))
    figure.update_yaxes(range=[-0.02, 1.04], tickformat=".0%")
    told = {name: _values(interval, name) for name in ("asa_s", "contacts")}
    figure.add_scatter(
        **line(level, colour),
        **telling(wording, "service", told),
        name=wording.say("trace.service"),
    )
    target = promised.share
    if target is not None:
        figure.add_scatter(
            x0=0.5,
            dx=1,
            y=_compact(np.where(level < target, level, np.nan), 4),
            mode="markers",
            marker={"symbol": "triangle-down", "size": 8, "color": VERMILLION},
            name=wording.say("trace.missed"),
            hoverinfo="skip",
        )
        figure.add_scatter(
            x=[0, level.size],
            y=[target, target],
            mode="lines",
            line={"color": INK, "dash": "dash", "width": 1.5},
            name=wording.say("trace.target", target=wording.goal(target)),
            hoverinfo="skip",
        )
    return figure


def _backlog_figure(interval: pd.DataFrame, colour: str, wording: Wording) -> go.Figure:
    told = {"contacts": _values(interval, "contacts")}
    figure = empty_figure(wording.say("axis.backlog"))
    figure.add_scatter(
        **line(_values(interval, "backlog_hours"), colour),
        **telling(wording, "backlog", told),
        fill="tozeroy",
        fillcolor=translucent(colour, 0.2),
        name=wording.say("trace.backlog"),
    )
    return figure


def _values(interval: pd.DataFrame, column: str) -> NDArray[np.float64]:
    return interval[column].to_numpy(dtype=np.float64)


def _compact(values: Values, digits: int) -> NDArray[np.float32]:
    """Half as long on the page, and as exact as anybody sees."""
    return values.round(digits).astype(np.float32)


def line(y: Values, colour: str, width: float = 2.0, dash: str = "solid") -> dict[str, object]:
    """A line of steps, each as long as its interval."""
    return {
        "x0": 0.5,
        "dx": 1,
        "y": _compact(y, 4),
        "mode": "lines",
        "line": {"shape": "hvh", "color": colour, "width": width, "dash": dash},
    }


def telling(wording: Wording, main: str, told: dict[str, Values]) -> dict[str, object]:
    """Makes a line the one that speaks when the pointer is over its interval.

    One box then says the time (which the script puts in, from the axis), the line's own value and
    those of `told`, whose sentences are ``report.hover.<name>``: a box for every line hides the
    chart.
    """
    sentences = [wording.say(f"hover.{main}", value=f"%{{y:{_HOVER_FORMAT.get(main, '.1f')}}}")]
    for i, name in enumerate(told):
        sentences.append(wording.say(f"hover.{name}", value=f"%{{customdata[{i}]}}"))
    return {
        "customdata": _compact(np.stack(list(told.values()), axis=1), 1),
        "hoverinfo": "text",
        "hovertemplate": "<br>".join(("<b>%{text}</b>", *sentences)) + "<extra></extra>",
    }


def add_mark(figure: go.Figure, mark: Mark) -> None:
    figure.add_vrect(
        x0=mark.first,
        x1=mark.last + 1,
        fillcolor=mark.colour,
        opacity=0.14,
        line={"width": 1, "color": mark.colour},
        layer="below",
    )
    figure.add_annotation(
        x=(mark.first + mark.last + 1) / 2,
        y=1.0,
        yref="paper",
        yanchor="bottom",
        text=mark.label,
        showarrow=False,
        font={"size": 11, "color": INK},
    )


def empty_figure(y_title: str) -> go.Figure:
    """An empty chart in the report's look; the page's script labels the time axis."""
    return go.Figure(
        layout={
            "template": "none",
            "height": 320,
            "margin": {"l": 62, "r": 16, "t": 44, "b": 36},
            "font": {"family": FONT, "size": 13, "color": INK},
            "hovermode": "x",
            "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": GREY, "font": {"color": INK}},
            "legend": {"orientation": "h", "x": 0, "y": -0.12, "yanchor": "top"},
            "xaxis": {
                "gridcolor": _GRID,
                "zeroline": False,
                "ticks": "outside",
                "tickangle": 0,
                "tickcolor": "rgba(0,0,0,0)",
                "showspikes": True,
                "spikethickness": 1,
                "spikecolor": GREY,
            },
            "yaxis": {
                "gridcolor": _GRID,
                "zeroline": False,
                "rangemode": "tozero",
                "fixedrange": True,
                "title": {"text": y_title, "standoff": 8},
            },
        }
    )
