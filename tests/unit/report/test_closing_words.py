"""What would close the hours short, as the report says it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from shiftcast.cli.report.attention import short_periods
from shiftcast.cli.report.closing import Closing, binding_words, way_words
from shiftcast.cli.report.findings import findings
from shiftcast.cli.report.page import nameless, report_page
from shiftcast.cli.report.people import rule_rows
from shiftcast.cli.report.wording import Wording
from shiftcast.scheduling.planning.closing_gaps import GapOvertime
from shiftcast.scheduling.planning.offers import Overtime
from shiftcast.scheduling.rostering.why.closing import Way
from shiftcast.scheduling.rostering.why.proposals import Means
from shiftcast.scheduling.rostering.why.reached import Reached

from tests.factories_plan import make_plan

PLAN = make_plan(agents=60)
EN, ZH = Wording("en"), Wording("zh-CN")
WORST = short_periods(PLAN.centre, PLAN.kpis, PLAN.grid)[0]
SHIFT = next(s for s in PLAN.roster.assignments if s.agent == "a004" and s.day == 3)
OFFER = Overtime(SHIFT, 4.0, ("contract_days",))
HOURS = Way(
    Means.CONTRACT,
    "hours_most",
    {"contract": "full", "before": 40.0, "after": 41.0, "agents": 60},
    3.25,
    (("chat", 3.25),),
)
ONE_MORE_DAY = Way(Means.OVERTIME, "overtime", {"agent": "a004"}, 5.0, (("chat", 5.0),))
WAYS = (ONE_MORE_DAY, HOURS)


def closing(overtime: GapOvertime) -> Closing:
    return Closing(((WORST, overtime),), WAYS)


def worst(found: Closing, wording: Wording = EN) -> str:
    return next(f.text for f in findings(PLAN, wording, found) if f.kind == "short")


def test_the_worst_period_names_the_overtime_that_closes_it() -> None:
    said = worst(closing(GapOvertime(4.2, 4.0, (OFFER,))))
    assert said.endswith(
        "(target 90%). One overtime shift closes it: Liu Yang 4 (Thu 3 Dec 15:00–23:45)."
    )


def test_overtime_that_is_not_enough_says_how_much_it_closes() -> None:
    said = worst(closing(GapOvertime(12.0, 8.0, (OFFER, OFFER))))
    assert " 2 overtime shifts close 8.0 of the 12.0 agent-hours: Liu Yang 4 (Thu " in said
    said = worst(closing(GapOvertime(12.0, 8.0, (OFFER, OFFER))), ZH)
    assert said.endswith(
        "安排 2 个加班班次可补足 12.0 人时中的 8.0 人时："
        "Liu Yang 4（12月3日 周四 15:00–23:45）、Liu Yang 4（12月3日 周四 15:00–23:45）。"
    )


def test_a_period_that_nobody_can_close_says_so() -> None:
    assert worst(closing(GapOvertime(12.0, 0.0, ()))).endswith(
        " No overtime that the rules allow closes it."
    )


def test_ways_are_said_once_a_means() -> None:
    found = Closing(ways=(ONE_MORE_DAY, HOURS, ONE_MORE_DAY))
    assert way_words(PLAN, found, EN) == [
        "Let Liu Yang 4 work one day more (overtime): 5.0 h (chat 5.0)",
        "Raise the most hours a week of contract full from 40 to 41: 3.2 h (chat 3.2)",
    ]


def test_a_rule_says_whom_it_binds_and_what_it_costs() -> None:
    words = binding_words(PLAN, Closing(ways=WAYS), EN)
    assert words == {
        "contract_hours": [
            "Binds 60 agents of contract full: raise the most hours a week of contract full "
            "from 40 to 41, and 3.2 h fewer would be short."
        ]
    }
    hours = pd.DataFrame(
        {"rule": ["skills", "contract_hours"], "kept": True, "checked": 5, "breaches": 0}
    )
    rows = rule_rows(replace(PLAN, rules=hours), EN, Closing(ways=WAYS))
    assert [row.binds for row in rows] == [tuple(words["contract_hours"]), ()]


def test_a_rule_says_who_is_at_its_limits() -> None:
    reached = (
        Reached("contract_days", "full", 5.0, True, ("a000", "a001"), 40),
        Reached("rest", "full", 10.5, False, ("a000",), 40),
        Reached("contract_days", "part", 4.0, True, ("a050",), 20),
        Reached("contract_days", "part", 3.0, False, ("a051",), 20),
    )
    words = binding_words(PLAN, Closing(reached=reached), EN)
    assert words == {
        "contract_days": [
            "At the upper limit (in brackets), by contract: full 2 of 40 (5), part 1 of 20 (4).",
            "At the lower limit (in brackets), by contract: part 1 of 20 (3).",
        ],
        "rest": ["At the lower limit (in brackets), by contract: full 1 of 40 (10.5)."],
    }


def test_managers_read_no_names() -> None:
    found = closing(GapOvertime(12.0, 8.0, (OFFER,)))
    page = report_page(nameless(PLAN), "en", closing=found)
    assert "Liu Yang" not in page
    assert "a004 (Thu 3 Dec" in page
    assert '<th scope="col">Name</th>' not in page
