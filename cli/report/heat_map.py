"""Coverage by day and hour: where a queue is short of agents and where it has some to spare."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from ...data.grid import TimeGrid
from .figures import FONT
from .palette import INK, SHORT_TO_SPARE
from .wording import Wording

HOURS = 24


def heat_figure(interval: pd.DataFrame, grid: TimeGrid, wording: Wording) -> go.Figure:
    """Rostered minus required agents, the mean of each hour; blank where nothing is required or
    rostered. The hover gives hours short and hours over apart, since a mean hides both."""
    required = interval["required"].to_numpy(dtype=np.float64)
    rostered = interval["rostered"].to_numpy(dtype=np.float64)
    used = hourly(rostered + required, grid) > 0
    intervals = hourly(np.ones(grid.size), grid)
    net = np.full(used.shape, np.nan)
    np.divide(hourly(rostered - required, grid), intervals, out=net, where=used)
    hours = grid.interval_min / 60
    short = hourly(np.maximum(required - rostered, 0.0) * hours, grid)
    over = hourly(np.maximum(rostered - required, 0.0) * hours, grid)
    shown = _shown_hours(used)
    limit = max(1.0, float(np.nanquantile(np.abs(net), 0.95))) if used.any() else 1.0
    figure = go.Figure(
        go.Heatmap(
            z=net[:, shown].round(2),
            x=[f"{hour:02d}:00" for hour in shown],
            y=[wording.day(day) for day in grid.dates],
            text=[[_cell(value) for value in row] for row in net[:, shown]],
            texttemplate="%{text}",
            textfont={"color": INK},
            customdata=np.stack([short[:, shown], over[:, shown]], axis=2).round(2),
            hovertemplate=wording.say("hover.heat") + "<extra></extra>",
            hoverongaps=False,
            colorscale=SHORT_TO_SPARE,
            zmid=0,
            zmin=-limit,
            zmax=limit,
            xgap=2,
            ygap=2,
            colorbar={"title": {"text": wording.say("axis.net")}, "thickness": 12},
        )
    )
    figure.update_layout(
        template="none",
        height=90 + 36 * grid.days,
        margin={"l": 96, "r": 16, "t": 12, "b": 40},
        font={"family": FONT, "size": 12, "color": INK},
        xaxis={"type": "category", "showgrid": False, "ticks": ""},
        yaxis={"type": "category", "autorange": "reversed", "showgrid": False, "ticks": ""},
    )
    return figure


def hourly(values: NDArray[np.float64], grid: TimeGrid) -> NDArray[np.float64]:
    """Sums by day and clock hour: shape (days, 24); 0 for an hour that a day lacks."""
    hour = grid.day_of * HOURS + grid.minute_of_day // 60
    sums = np.zeros(grid.days * HOURS)
    np.add.at(sums, hour, values)
    return sums.reshape(grid.days, HOURS)


def _shown_hours(used: NDArray[np.bool_]) -> list[int]:
    """From the first hour used on any day to the last, so that closed nights take no room."""
    hours = np.flatnonzero(used.any(axis=0))
    return list(range(int(hours[0]), int(hours[-1]) + 1)) if hours.size else list(range(HOURS))


def _cell(value: float) -> str:
    """`−2.4`; blank where the queue is closed, 0 where nothing is worth a word."""
    if np.isnan(value):
        return ""
    return "0" if abs(value) < 0.05 else f"{value:+.1f}".replace("-", "−")
