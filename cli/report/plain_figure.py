"""An empty chart of few points, whose axes are no intervals."""

from __future__ import annotations

import plotly.graph_objects as go

from .figures import FONT
from .palette import GREY, INK

_AXIS = {"gridcolor": "#e6eaee", "zeroline": False}


def plain_figure(x_title: str, y_title: str, height: int = 380) -> go.Figure:
    """`height` in pixels; an empty title takes no room."""
    return go.Figure(
        layout={
            "template": "none",
            "height": height,
            "margin": {"l": 70, "r": 60, "t": 30, "b": 60},
            "font": {"family": FONT, "size": 13, "color": INK},
            "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": GREY, "font": {"color": INK}},
            "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
            "xaxis": {**_AXIS, "title": {"text": x_title, "standoff": 8}},
            "yaxis": {**_AXIS, "title": {"text": y_title, "standoff": 8}},
        }
    )
