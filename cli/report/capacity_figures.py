"""The weeks to come as charts: pure functions from a capacity to plotly figures."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ...data.messages import text
from ...scheduling.planning.capacity import Capacity, QueueWeek
from .palette import GREY, INK, VERMILLION, queue_colour
from .plain_figure import plain_figure

_HEIGHT = 190  # pixels of a queue's chart


def hours_figure(capacity: Capacity, weeks: Sequence[str], language: str) -> go.Figure:
    """Agent-hours needed by queue, stacked, against those at hand and those counted on; `weeks` are
    the labels of the weeks."""
    figure = plain_figure("", text("capacity.page.axis_hours", language))
    figure.update_layout(barmode="stack", hovermode="x unified")
    for number, lines in enumerate(_by_queue(capacity)):
        figure.add_bar(
            x=list(weeks),
            y=[line.needed_hours for line in lines],
            name=lines[0].queue,
            marker={"color": queue_colour(number)},
            hovertemplate="%{y:,.0f}",
        )
    hours = [week.contract_hours - week.time_off_hours for week in capacity.weeks]
    for name, share, colour, dash in (
        ("at_hand", 1.0, GREY, "dot"),
        ("counted_on", capacity.fit, INK, "solid"),
    ):
        figure.add_scatter(
            x=list(weeks),
            y=[share * value for value in hours],
            name=text(f"capacity.page.{name}", language),
            mode="lines+markers",
            line={"color": colour, "width": 2, "dash": dash},
            hovertemplate="%{y:,.0f}",
        )
    return figure


def skills_figure(capacity: Capacity, weeks: Sequence[str], language: str) -> go.Figure:
    """A chart for each queue: agents needed, those short on top, and who has the skill."""
    queues = _by_queue(capacity)
    figure = make_subplots(
        rows=len(queues),
        shared_xaxes=True,
        vertical_spacing=0.12 / len(queues),
        subplot_titles=[lines[0].queue for lines in queues],
        figure=plain_figure("", "", 110 + _HEIGHT * len(queues)),
    )
    figure.update_layout(barmode="stack", legend={"y": 1 + 30 / (_HEIGHT * len(queues))})
    figure.update_layout(margin={"t": 60})
    figure.update_yaxes(
        title_text=text("capacity.page.axis_agents", language), gridcolor="#e6eaee", zeroline=False
    )
    for number, lines in enumerate(queues):
        served = [line.needed_agents - line.short_agents for line in lines]
        place = {"row": number + 1, "col": 1}
        for name, values, colour in (
            ("served", served, queue_colour(number)),
            ("short_of", [line.short_agents for line in lines], VERMILLION),
        ):
            figure.add_bar(
                x=list(weeks),
                y=values,
                name=text(f"capacity.page.{name}", language),
                marker={"color": colour, "pattern": {"shape": "/" * (name == "short_of")}},
                showlegend=number == 0 and name == "short_of",
                hovertemplate="%{y:.1f}<extra>%{fullData.name}</extra>",
                **place,
            )
        figure.add_scatter(
            x=list(weeks),
            y=[line.skilled_agents for line in lines],
            name=text("capacity.page.skilled", language),
            mode="lines+markers",
            line={"color": INK, "width": 2},
            showlegend=number == 0,
            hovertemplate="%{y:.1f}<extra>%{fullData.name}</extra>",
            **place,
        )
    return figure


def _by_queue(capacity: Capacity) -> list[tuple[QueueWeek, ...]]:
    """The weeks of each queue."""
    return list(zip(*(week.queues for week in capacity.weeks), strict=True))
