"""The pages of scenarios and of a sweep, and the words on them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from math import nan

import pytest
from shiftcast.cli.report.sweep_page import sweep_page
from shiftcast.cli.report.whatif_page import whatif_page
from shiftcast.cli.sweep_view import MissedTarget, SweepLine, SweepResult, SweepWords, SweptQueue
from shiftcast.data.messages import LANGUAGES
from shiftcast.data.scenario import Scenario
from shiftcast.scheduling.planning.plan import Plan
from shiftcast.scheduling.planning.stages import ForecastStage
from shiftcast.scheduling.planning.summary import changed_agents
from shiftcast.scheduling.planning.whatif import Needs, WhatIf, comparison
from shiftcast.scheduling.rostering.roster import Roster

from tests.factories_plan import make_plan

PLAN = make_plan(agents=10)
OTHER = replace(
    PLAN, result=replace(PLAN.result, roster=Roster(PLAN.grid, PLAN.roster.assignments[5:]))
)


def what_if(plan: Plan, name: str = "Flu & <b>") -> WhatIf:
    forecast = ForecastStage(plan.model_forecast, plan.forecast, plan.adjustments)
    needs = Needs(plan.centre, forecast, plan.requirement, plan.problem.demands, {}, False)
    agents = changed_agents(PLAN.roster, plan.roster)
    return WhatIf(
        Scenario(name), needs, plan, (), comparison(PLAN, PLAN.roster, plan, agents), agents
    )


def page(plan: Plan, language: str = "en", *, with_names: bool = True) -> str:
    return whatif_page("p1", PLAN, [what_if(plan)], language, currency="CNY", with_names=with_names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_scenarios_ask_nobody_anything_and_are_escaped(language: str) -> None:
    made = page(OTHER, language)
    assert f'lang="{language}"' in made
    assert not re.search(r"""(?:src|href)=["'](?!#)""", made)
    assert "Flu &amp; &lt;b&gt;" in made


def test_only_planners_see_who_works_otherwise() -> None:
    """The first five shifts are all of agent a000's."""
    name = PLAN.centre.agents[0].name
    assert name in page(OTHER)
    manager = page(OTHER, with_names=False)
    assert not any(agent.name in manager for agent in PLAN.centre.agents)
    assert "1 agents work otherwise, on 5 days in all." in manager


def test_what_would_help_is_tried_on_the_scenario() -> None:
    """Half of the shifts are gone: somebody more is of use, and managers are told without names."""
    fewer = Roster(PLAN.grid, PLAN.roster.assignments[::2])
    short = replace(PLAN, result=replace(PLAN.result, roster=fewer))
    helped = page(short, with_names=False)
    assert "What would close most of the hours short" in helped
    assert "<li>Add " in helped
    assert not any(agent.name in helped for agent in PLAN.centre.agents)


def test_what_misses_a_target_is_marked() -> None:
    """Missed is what the scenario misses; the plan's own column stays as it is."""
    low = PLAN.kpis.week.assign(service_level=0.1)
    missed = replace(OTHER, kpis=replace(PLAN.kpis, week=low))
    assert "Targets missed: " in page(missed)
    assert '<td class="missed">10.0%<small>at least' in page(missed)
    high = PLAN.kpis.week.assign(
        service_level=1.0, abandonment=0.0, asa_s=0.0, occupancy=0.5, deadline_met=1.0,
        blocked=0.0, wait_within=1.0, reply_rate=1.0,
    )  # fmt: skip
    met = page(replace(OTHER, kpis=replace(PLAN.kpis, week=high)))
    assert "Every target is met." in met
    assert "<td>100.0%<small>at least" in met


def test_what_only_a_scenario_has_stands_among_the_numbers() -> None:
    """The plan's queues have no reply rate: a dash."""
    replied = replace(OTHER, kpis=replace(PLAN.kpis, week=PLAN.kpis.week.assign(reply_rate=0.5)))
    made = page(replied)
    numbers = made[made.index('id="numbers"') :]
    (row,) = re.findall(r"reply rate</span></th><td>phone</td>(.*?)</tr>", numbers)
    assert row == "<td>–</td><td>50.0%</td>"


def line(value: float, cost: float, level: float, *, missed: bool) -> SweepLine:
    misses = (MissedTarget("phone", "service_level", level, 0.8),) if missed else ()
    queues = (SweptQueue("phone", level, level - 0.01, level + 0.01),)
    return SweepLine(value, 1000.0, 200.0, 30.0, queues, misses, 5.0, 1.0, 10, 220.0, cost, None)


def result(
    *lines: SweepLine, cheapest: float | None = None, key: str = "hire.count"
) -> SweepResult:
    rosters = bool(lines[0].queues)
    return SweepResult("p1", None, key, rosters, lines, cheapest, 0, 1000.0, "CNY", None)


GOOD = result(
    line(0, 900.0, 0.7, missed=True),
    line(2, 1100.0, 0.82, missed=False),
    line(4, 1300.0, 0.9, missed=False),
    cheapest=2,
)
QUICK = result(SweepLine(1.5, 1000.0, 200.0, 30.0, (), (), nan, nan, None, nan, nan, None))


def drawn(made: str) -> dict[str, dict[str, list[dict[str, object]]]]:
    found = re.search(r'<script id="chart-data" type="application/json">(.*?)</script>', made)
    assert found is not None
    charts: dict[str, dict[str, list[dict[str, object]]]] = json.loads(found.group(1))
    return charts


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sweep_draws_service_against_cost(language: str) -> None:
    made = sweep_page(GOOD, PLAN.centre, "one week", language)
    charts = drawn(made)
    assert list(charts) == ["trade", "hours"]
    assert charts["trade"]["data"][0]["text"] == ["0", "2", "4"]
    assert '<tr class="whole"><th scope="row">2</th>' in made


def test_a_quick_sweep_draws_what_is_needed() -> None:
    charts = drawn(sweep_page(QUICK, PLAN.centre, "one week", "en"))
    assert [trace["name"] for trace in charts["hours"]["data"]] == [
        "needed",
        "most agents at a time",
    ]


def test_the_verdict_of_a_sweep() -> None:
    assert SweepWords("en", GOOD).verdict() == [
        "Agents hired, 2: the cheapest value that meets every target; cost 1,100 CNY, +100 beside "
        "the plan."
    ]
    near = result(line(0, 1.0, 0.6, missed=True), line(1, 2.0, 0.7, missed=True))
    assert SweepWords("en", near).verdict() == [
        "No value meets every target. agents hired, 1: comes closest; missed: phone service level "
        "70.0% (target 80%)."
    ]
    assert "without rosters" in SweepWords("en", QUICK).verdict()[0]
    stopped = SweepWords("en", replace(GOOD, left_out=2)).verdict()
    assert stopped[1:] == ["Stopped: 2 further values were not planned."]


def test_a_value_without_a_roster_stands_in_the_table_and_says_why() -> None:
    blocked = SweepLine(9, 1000.0, 200.0, 30.0, (), (), nan, nan, None, nan, nan, "Seats.")
    words = SweepWords("en", replace(GOOD, points=(blocked, *GOOD.points)))
    _, (row, *others) = words.table()
    assert row == ["9", "200.0", "–", "–", "–", "–", "–"]
    assert [len(other) for other in others] == [7, 7, 7]
    assert words.verdict()[1:] == ["Agents hired, 9: Seats."]
    assert 'id="chart-trade"' in sweep_page(words.result, PLAN.centre, "one week", "en")
    assert SweepWords("en", replace(GOOD, points=(blocked,), cheapest=None)).verdict() == [
        "Agents hired, 9: Seats."
    ]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("rules.rest_hours", "rule rest_hours"),
        ("contract.part.hours_per_week", "contract part: hours_per_week"),
        ("shift.E8.paid_minutes", "shift E8: paid_minutes"),
        ("concurrency.chat", "chats at once (chat)"),
        ("volume.all", "factor on contacts (all)"),
        ("target.phone.service_level", "phone: service_level"),
        ("promotion.sale.returns.size", "sale returns: size"),
        ("hire.part.count", "agents hired (part)"),
        ("hire.part.chat+phone.count", "agents hired (part chat+phone)"),
        ("training.chat.count", "agents who learn chat"),
        ("absence.count", "agents away"),
        ("overtime_hours.full", "overtime hours a week (full)"),
    ],
)
def test_keys_in_words(key: str, words: str) -> None:
    assert SweepWords("en", replace(GOOD, key=key)).what == words
