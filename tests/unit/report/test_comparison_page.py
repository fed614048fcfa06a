"""The page of two plans, and the words of a comparison."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from shiftcast.cli.compare_view import CompareWords, MetricLine, compare_result
from shiftcast.cli.report.comparison_page import comparison_page
from shiftcast.data.messages import LANGUAGES
from shiftcast.scheduling.planning.comparing import Figure, compare_plans
from shiftcast.scheduling.planning.plan import Plan
from shiftcast.scheduling.rostering.roster import Roster

from tests.factories_plan import make_plan

PLAN = make_plan(agents=10)
OTHER = replace(
    PLAN, result=replace(PLAN.result, roster=Roster(PLAN.grid, PLAN.roster.assignments[5:]))
)
WORDS = CompareWords("en")


def _page(first: Plan = PLAN, second: Plan = OTHER, language: str = "en") -> str:
    found = compare_plans(first, second)
    return comparison_page(
        compare_result("one", "two", found, None), found, (first, second), language
    )


def _line(metric: str, first: Figure, second: Figure, queue: str = "phone") -> MetricLine:
    chance = not (first.high < second.low or second.high < first.low)
    ranged = first.low == first.low
    change = second.value - first.value
    return MetricLine(metric, queue, first, second, change, by_chance=ranged and chance)


def test_a_change_of_a_share_is_in_points_and_in_brackets_if_it_may_be_chance() -> None:
    line = _line("service_level", Figure(0.846, 0.839, 0.852), Figure(0.851, 0.844, 0.858))
    assert WORDS.metric_row(line) == (
        "service level",
        "phone",
        "84.6% (83.9–85.2)",
        "85.1% (84.4–85.8)",
        "(+0.5 pp)",
    )


@pytest.mark.parametrize(
    ("metric", "first", "second", "change"),
    [
        ("cost", 35_640, 34_440, "−1,200"),
        ("under_hours", 12.04, 12.01, "0"),
        ("under_hours", 12.0, 13.5, "+1.5"),
        ("abandonment", 0.05, 0.02, "−3.0 pp"),
        ("service_level", float("nan"), 0.8, "–"),
    ],
)
def test_changes(metric: str, first: float, second: float, change: str) -> None:
    line = _line(metric, Figure(first), Figure(second))
    assert WORDS.metric_row(line)[-1] == change


def test_what_differs_is_said_first_and_chance_is_left_out() -> None:
    lines = [
        _line("cost", Figure(100.0), Figure(90.0), "all"),
        _line("service_level", Figure(0.8, 0.79, 0.81), Figure(0.805, 0.795, 0.815)),
        _line("service_level", Figure(0.8, 0.79, 0.81), Figure(0.9, 0.89, 0.91), "chat"),
        _line("under_hours", Figure(1.0), Figure(9.0)),
    ]
    assert WORDS.differences(lines) == [
        "chat: service level 80.0% (79.0–81.0) → 90.0% (89.0–91.0) (+10.0 pp)",
        "cost: 100 → 90 (−10)",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_asks_nobody_anything_and_names_who_moves(language: str) -> None:
    page = _page(language=language)
    assert f'lang="{language}"' in page
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page)
    assert 'rowspan="5">Wang Min 0 <small>a000 · North</small>' in page


def test_hostile_names_are_escaped() -> None:
    agents = (replace(PLAN.centre.agents[0], name="<script>x"), *PLAN.centre.agents[1:])
    hostile = replace(PLAN, centre=replace(PLAN.centre, agents=agents))
    assert "<script>x" not in _page(hostile, replace(OTHER, centre=hostile.centre))


def test_plans_that_share_no_work_say_so() -> None:
    assert "Everybody works the same." in _page(PLAN, PLAN)
    later = make_plan(agents=10, first_day=PLAN.grid.last_day.replace(day=20))
    assert "have no day in common" in _page(PLAN, later)
