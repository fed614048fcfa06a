"""On shift an agent serves one queue at a time, all the time, and only what the skills allow."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shiftcast.data.shifts import BreakKind, BreakRule, ShiftKind
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import QueueSpan, Roster
from shiftcast.scheduling.rostering.rules.skills import RULE

from tests.factories import a_demand, a_grid, a_problem, a_roster, a_shift, an_agent, an_assignment
from tests.rules.verdicts import assert_illegal, assert_legal, found

GRID = a_grid()
# 08:00–12:00 and 14:00–18:00 with a break from 10:00 to 11:00.
SPLIT = a_shift(
    breaks=(BreakRule(60, True, 120, 120), BreakRule(120, False, 240, 240, BreakKind.SPLIT))
)


def problem(*skills: str) -> RosterProblem:
    """Queue `vip` asks for the skill `phone`, queue `chat` for the skill `chat`."""
    demands = (a_demand(GRID, queue="vip", skill="phone"), a_demand(GRID, queue="chat"))
    agent = an_agent(skills=frozenset(skills))
    return a_problem(GRID, demands=demands, agents=(agent,), shifts=(SPLIT,))


def served(asked: RosterProblem, *spans: tuple[int, int, str]) -> Roster:
    """The shift with these hours of the day on queues."""
    queues = tuple(QueueSpan(60 * start, 60 * end, queue) for start, end, queue in spans)
    return Roster(GRID, (replace(an_assignment(asked, 0), queues=queues),))


def test_queues_of_the_agents_skills_all_the_working_time() -> None:
    asked = problem("phone", "chat")
    roster = served(asked, (8, 9, "vip"), (9, 10, "chat"), (11, 12, "vip"), (14, 18, "chat"))
    assert_legal(RULE, asked, roster)


def test_a_queue_without_the_skill() -> None:
    asked = problem("phone")
    roster = served(asked, (8, 10, "vip"), (11, 12, "chat"), (14, 18, "vip"))
    (violation,) = found(RULE, asked, roster)
    assert (violation.params, violation.fault) == ({"queue": "chat"}, "")


def test_a_skill_is_not_the_name_of_its_queue() -> None:
    asked = problem("phone", "vip")
    assert asked.skills_of == {"A1": frozenset({"vip"})}


@pytest.mark.parametrize(
    "hours",
    [
        [(8, 10), (11, 12)],  # the second piece is missing
        [(8, 12), (14, 18)],  # on a queue in the break
        [(8, 10), (11, 18)],  # and in the gap
        [(8, 10), (9, 10), (11, 12), (14, 18)],  # two queues at once
        [],
    ],
)
def test_time_that_is_not_covered_exactly(hours: list[tuple[int, int]]) -> None:
    asked = problem("phone")
    roster = served(asked, *((start, end, "vip") for start, end in hours))
    (violation,) = found(RULE, asked, roster)
    assert violation.fault == "uncovered"


def test_who_can_serve_no_queue_cannot_work() -> None:
    asked = problem("french")
    violation = assert_illegal(
        RULE, asked, served(asked, (8, 10, "vip"), (11, 12, "vip"), (14, 18, "vip"))
    )
    assert violation.params == {"queue": "vip"}
    assert_legal(RULE, asked, a_roster(asked, "."))


def test_who_is_on_call_serves_no_queue() -> None:
    asked = replace(problem("phone"), shifts=(replace(SPLIT, kind=ShiftKind.ON_CALL),))
    assert_legal(RULE, asked, served(asked))
    (violation,) = found(RULE, asked, served(asked, (8, 10, "vip")))
    assert (violation.fault, violation.params) == ("on_call", {"shift": "D"})
