"""What one more agent, skill, hour or half-hour is worth: every number by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shiftcast.cli.console import Console
from shiftcast.cli.worth_view import WorthWords, show_worth
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Roster
from shiftcast.scheduling.rostering.why.worth import Good, Worth, worth_of

from tests.factories import (
    FREE,
    a_contract,
    a_demand,
    a_grid,
    a_problem,
    a_roster,
    a_shift,
    an_agent,
)
from tests.factories_plan import make_plan
from tests.unit.why.one_shift import BY_DAY, GRID, WEIGHTS, a_centre


def by_good(problem: RosterProblem, roster: Roster) -> dict[Good, list[Worth]]:
    found: dict[Good, list[Worth]] = {}
    for one in worth_of(problem, roster):
        found.setdefault(one.good, []).append(one)
    return found


def test_where_nobody_is_missing_nothing_is_worth_anything() -> None:
    problem = a_centre()
    assert worth_of(problem, a_roster(problem, "DDDDDDD")) == ()


def test_without_queues_there_is_nothing_to_be_short_of() -> None:
    problem = a_centre(demands=())
    assert worth_of(problem, a_roster(problem, "DDDDDDD")) == ()


def test_an_agent_more_closes_what_is_short() -> None:
    """Two days of eight hours, 40 points each; the contract has 40 hours a week."""
    problem = a_centre(contracts=(a_contract(max_days=5),))
    (agent,) = by_good(problem, a_roster(problem, "DDDDD.."))[Good.AGENT]
    assert agent.hours == 16
    assert agent.points == pytest.approx(16 * 40)
    assert agent.queues == (("phone", 16.0),)
    assert agent.paid_hours == 40


def test_overtime_is_worth_most_where_most_are_missing() -> None:
    """Three are wanted at Tuesday's noon, and one is there; the other hours lack nobody."""
    wanted = BY_DAY.copy()
    wanted[24 + 12] = 3.0
    problem = a_centre(demands=(a_demand(GRID, wanted),))
    (hour,) = by_good(problem, a_roster(problem, "DDDDDDD"))[Good.OVERTIME]
    assert hour.params == {"queue": "phone", "minute": (24 + 12) * 60}
    assert (hour.points, hour.hours) == pytest.approx((40.0, 1.0))


def test_who_learns_a_skill_helps_the_queue_that_needs_it() -> None:
    """Nobody answers chats, 56 hours of them. That an idle agent might stay at home is no worth of
    the skill: 40 points an hour are."""
    nobody = np.zeros(GRID.size)
    demands = (a_demand(GRID, nobody), a_demand(GRID, BY_DAY, queue="chat", skill="chat"))
    agents = (an_agent("A1"), an_agent("A2"))
    problem = a_centre(demands=demands, agents=agents)
    skills = by_good(problem, a_roster(problem, "DDDDDDD", "DDDDDDD"))[Good.SKILL]
    assert [one.params for one in skills] == [
        {"agent": "A1", "skill": "chat"},
        {"agent": "A2", "skill": "chat"},
    ]
    assert skills[0].hours == 56
    assert skills[0].points == pytest.approx(56 * 40)


def test_half_an_hour_of_freedom() -> None:
    """The queue wants somebody from 07:30 on, in half-hours; the shift begins at 08:00 and ends
    half an hour later than it is needed: seven half-hours short and seven too many."""
    grid = a_grid(interval_min=30)
    clock = grid.minute_of_day
    wanted = np.where((clock >= 450) & (clock < 930), 1.0, 0.0)
    problem = a_problem(
        grid,
        demands=(a_demand(grid, wanted),),
        rules=FREE,
        weights=WEIGHTS,
        shifts=(a_shift(earliest_start=480, latest_start=480),),
    )
    (start,) = by_good(problem, a_roster(problem, "DDDDDDD"))[Good.START]
    assert start.params == {"shift": "D"}
    assert start.hours == 3.5
    assert start.points == pytest.approx(3.5 * 44)


PLAN = make_plan(agents=4)
QUEUES = (("phone", 2.0), ("chat", 1.5))


@pytest.mark.parametrize(
    ("worth", "words"),
    [
        (
            Worth(Good.OVERTIME, {"queue": "chat", "minute": 1440 + 720}, 40.0, 1.0, ()),
            "An hour of overtime in chat, Tue 1 Dec 12:00–13:00: 1.0 agent-hours fewer short, 40 "
            "points.",
        ),
        (
            Worth(Good.SKILL, {"agent": "a000", "skill": "chat"}, 40.4, 3.5, QUEUES),
            "Li learns chat: 3.5 agent-hours fewer short (phone 2.0, chat 1.5), 40 points.",
        ),
        (
            Worth(Good.START, {"shift": "E8"}, 12.0, 0.5, QUEUES[:1]),
            "Shift E8 may begin half an hour earlier or later: 0.5 agent-hours fewer short, 12 "
            "points.",
        ),
    ],
)
def test_worth_in_words(worth: Worth, words: str) -> None:
    (line,) = WorthWords(PLAN, "en", "CNY", {"a000": "Li"}).lines((worth,))
    assert line.words == words


def test_what_a_new_agent_is_paid() -> None:
    """32 hours a week at 30: 960."""
    contract = replace(PLAN.centre.contracts[0], hourly_cost=30.0)
    plan = replace(PLAN, centre=replace(PLAN.centre, contracts=(contract,)))
    params = {"contract": contract.id, "skills": ("chat", "phone")}
    found = (Worth(Good.AGENT, params, 100.0, 8.0, (), 32.0),)
    (line,) = WorthWords(plan, "en", "CNY", {}).lines(found)
    assert line.pay == 960
    assert line.words.endswith("who can do chat, phone: 8.0 agent-hours fewer short, 100 points; "
                               "paid 960 CNY.")  # fmt: skip


def test_the_terminal_has_the_best_of_each_good(capsys: pytest.CaptureFixture[str]) -> None:
    first = Worth(Good.START, {"shift": "E8"}, 12.0, 0.5, ())
    second = Worth(Good.START, {"shift": "L8"}, 10.0, 0.4, ())
    skill = Worth(Good.SKILL, {"agent": "a000", "skill": "chat"}, 9.0, 0.3, ())
    words = WorthWords(PLAN, "en", "", {})
    show_worth(Console(), words.lines((skill, first, second)))
    told = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0].strip() for line in told if line] == [
        "What one more would be worth",
        "a000 learns chat",
        "Shift E8 may begin half an hour earlier or later",
    ]
    show_worth(Console(), ())
    assert capsys.readouterr().out == ""
