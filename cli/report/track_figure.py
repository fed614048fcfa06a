"""What came against the forecast of one queue, interval by interval."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from ...forecasting.forecast import Forecast
from ...forecasting.tracking.actuals import Actuals
from .figures import Mark, add_mark, empty_figure, line, telling
from .palette import BLUE, GREY, INK, ORANGE, SKY, VERMILLION, translucent
from .wording import Wording

UNSEEN = "rgba(0,0,0,0)"


def track_figure(
    forecast: Forecast, actuals: Actuals, anew: Forecast | None, queue: int, wording: Wording
) -> go.Figure:
    """The forecast with the range that 8 of 10 futures stay in, what came, crossed where it is left
    out of the scores, and for what is still to come (shaded) the forecast made anew."""
    mean, low, high = forecast.mean[queue], forecast.p10[queue], forecast.p90[queue]
    came, past = actuals.offered[queue], actuals.past
    told = {"low": low, "high": high, "came": came}
    figure = empty_figure(wording.say("axis.contacts"))
    figure.add_scatter(**line(low, UNSEEN, width=0), showlegend=False, hoverinfo="skip")
    figure.add_scatter(
        **line(high, UNSEEN, width=0),
        fill="tonexty",
        fillcolor=translucent(SKY, 0.35),
        name=wording.say("trace.range"),
        hoverinfo="skip",
    )
    if anew is not None:
        later = np.where(np.arange(mean.size) >= past, anew.mean[queue], np.nan)
        told["anew"] = later
        figure.add_scatter(
            **line(later, ORANGE, width=2.5, dash="dash"),
            name=wording.say("trace.anew"),
            hoverinfo="skip",
        )
    figure.add_scatter(**line(came, INK), name=wording.say("trace.came"), hoverinfo="skip")
    left_out = np.where(actuals.counts[queue], np.nan, came)
    if not np.isnan(left_out).all():
        figure.add_scatter(
            x0=0.5,
            dx=1,
            y=left_out.round(4),
            mode="markers",
            marker={"symbol": "x", "size": 7, "color": VERMILLION},
            name=wording.say("trace.left_out"),
            hoverinfo="skip",
        )
    figure.add_scatter(
        **line(mean, BLUE, width=2.5),
        **telling(wording, "forecast", told),
        name=wording.say("trace.forecast"),
    )
    if past < mean.size:
        add_mark(figure, Mark(past, mean.size - 1, wording.say("mark.to_come"), GREY))
    return figure
