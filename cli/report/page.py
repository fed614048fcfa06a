"""report.html: one file that shows a plan, opens without a network and asks nobody anything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray
from plotly.offline import get_plotlyjs

from ...data.people import Agent
from ...scheduling.planning.plan import Plan
from ..explain_words import ExplainWords
from ..exports.whole_file import write_whole
from ..why_view import names_of
from ..worth_view import WorthWords
from .axis import axis_data
from .basis import UNKNOWN, Basis, basis_words
from .certainty import cost_parts, footer_words, model_words, range_words, roster_words
from .closing import NOT_SOUGHT, Closing, way_words
from .correction import correction_words
from .days import day_rows
from .figures import coverage_figure, forecast_figure, service_figure
from .findings import findings, verdict
from .forecast_parts import parts_sections
from .gantt import gantt_data
from .heat_map import heat_figure
from .law import law_lines
from .marks import forecast_marks
from .meetings import meeting_rows
from .palette import queue_colour
from .past_table import past_groups
from .past_week import week_before
from .people import agent_rows, request_rows, rule_rows
from .rendering import asset, embedded, rendered
from .tiles import kpi_groups, kpi_heading, tiles
from .views import view_link
from .wording import Wording

SCRIPTS = ("page_view.js", "page_roster.js", "page_charts.js", "page.js")
"""The page's own script, in one scope and in this order."""


def write_report(
    plan: Plan,
    path: Path,
    language: str,
    *,
    currency: str = "",
    basis: Basis = UNKNOWN,
    closing: Closing = NOT_SOUGHT,
) -> None:
    """Writes the page whole or not at all.

    `currency` stands behind the cost; `basis` is what the plan was made of, `closing` what would
    close the hours that it is short of.
    """
    page = report_page(plan, language, currency=currency, basis=basis, closing=closing)
    write_whole(path, page.encode("utf-8"))


def nameless(plan: Plan) -> Plan:
    """The same plan with ids in place of people's names and without their addresses."""

    def hidden(agents: tuple[Agent, ...]) -> tuple[Agent, ...]:
        return tuple(replace(agent, name=agent.id, email="") for agent in agents)

    return replace(
        plan,
        centre=replace(plan.centre, agents=hidden(plan.centre.agents)),
        problem=replace(plan.problem, agents=hidden(plan.problem.agents)),
    )


def report_page(
    plan: Plan,
    language: str,
    *,
    currency: str = "",
    basis: Basis = UNKNOWN,
    closing: Closing = NOT_SOUGHT,
) -> str:
    """The page as text; everything that came from a file is escaped."""
    wording = Wording(language)
    found, groups = findings(plan, wording, closing), kpi_groups(plan, wording)
    agents = agent_rows(plan, wording)
    worth = WorthWords(plan, language, currency, names_of(plan.problem)).lines(closing.worth)
    return rendered(
        "page.html",
        say=wording.say,
        number=wording.number,
        language=language,
        plan=plan,
        period=wording.week(plan.grid.first_day, plan.grid.last_day),
        verdict=verdict(plan, wording),
        findings=found,
        ways=way_words(plan, closing, wording),
        tiles=tiles(plan, wording),
        days=day_rows(plan, groups, found, wording),
        link=view_link,
        queues=[(q.name, queue_colour(i)) for i, q in enumerate(plan.centre.queues)],
        paid_hours=wording.number(plan.kpis.paid_hours),
        cost=f"{wording.number(plan.kpis.cost)} {currency}".strip(),
        kpi_heading=kpi_heading(wording),
        kpi_groups=groups,
        agents=agents,
        named=any(agent.name != agent.id for agent in agents),
        rules=rule_rows(plan, wording, closing),
        laws=law_lines(plan, wording, closing),
        requests=request_rows(plan, wording),
        meetings=meeting_rows(plan, wording),
        roster_words=roster_words(plan, wording),
        correction_words=correction_words(plan, wording, currency),
        cost_parts=cost_parts(plan, wording),
        range_words=range_words(plan, wording),
        parts=parts_sections(plan, wording),
        explain=ExplainWords(wording).phrase,
        model_words=model_words(plan, wording),
        footer=footer_words(plan, wording),
        past=past_groups(plan, wording),
        basis=basis_words(plan, basis, wording),
        inputs=basis.inputs,
        worth=[line.words for line in worth],
        data=embedded(_page_data(plan, wording)),
        style=asset("page.css") + asset("forecast_parts.css"),
        script=Markup("\n").join(asset(name) for name in SCRIPTS),
        plotly=Markup(get_plotlyjs()),
    )


def _page_data(plan: Plan, wording: Wording) -> dict[str, Any]:
    """What the script draws: charts by queue, the roster by day, and the words it needs."""
    queues = [queue.name for queue in plan.centre.queues]
    names = ("search_none", "on_leave", "pause_paid", "pause_unpaid", "split", "away", "paid")
    return {
        "axis": axis_data(plan.grid, _used(plan), wording),
        "charts": [_charts(plan, i, wording) for i in range(len(queues))],
        "colours": [queue_colour(i) for i in range(len(queues))],
        "roster": gantt_data(plan.problem, plan.roster, queues),
        "words": {name: wording.say(f"script.{name}") for name in names},
    }


def _used(plan: Plan) -> NDArray[np.bool_]:
    """Where contacts or agents are expected: (queues of the centre, grid.size)."""
    columns = ["contacts", "required", "rostered"]
    frame = plan.kpis.interval.set_index("queue")[columns]
    return np.array(
        [(frame.loc[[queue.name]] > 0).any(axis=1).to_numpy() for queue in plan.centre.queues]
    )


def _charts(plan: Plan, queue: int, wording: Wording) -> dict[str, Any]:
    profile = plan.centre.queues[queue]
    frame = plan.kpis.interval
    interval = frame[frame["queue"] == profile.name]
    row = plan.forecast.queues.index(profile.name)
    colour = queue_colour(queue)
    marks = forecast_marks(
        plan.forecast, plan.centre.calendar, plan.centre.adjustments, profile.name, wording
    )
    before = week_before(plan.history, plan.grid, profile.name)
    charts = {
        "forecast": forecast_figure(
            plan.forecast, plan.model_forecast, row, marks, before, wording
        ),
        "coverage": coverage_figure(interval, colour, wording),
        "service": service_figure(interval, profile, colour, wording),
        "heat": heat_figure(interval, plan.grid, wording),
    }
    return {name: chart.to_plotly_json() for name, chart in charts.items()}
