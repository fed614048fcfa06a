"""Where people are too few, no queue is raised at the expense of one that lacks them too."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shiftcast.data.people import Agent, Contract
from shiftcast.data.targets import ServiceTarget
from shiftcast.scheduling.planning.correction import Gap, Raise, Standing
from shiftcast.scheduling.planning.plan import plan_week
from shiftcast.scheduling.planning.scarcity import robbed, short_of_people, supply
from shiftcast.scheduling.rostering.engine import SolveLimit
from shiftcast.scheduling.rostering.roster import Roster
from shiftcast.scheduling.staffing.requirement import AgentRequirement, StaffingRequirement

from tests.factories import a_demand, a_grid, a_problem, an_agent, an_assignment
from tests.unit.planning.small import GRID, Unsure, a_centre, a_history, a_queue

CENTRE = a_centre(queues=(a_queue("phone"), a_queue("chat"), a_queue("mail", weight=0.5)))


def standing(**reached: float) -> Standing:
    gaps = [Gap(queue, "service_level", 0.8, level, 0.01) for queue, level in reached.items()]
    return Standing(tuple(gaps), 100.0, 3000.0)


def raised(*queues: str) -> list[Raise]:
    return [Raise(queue, 10.0, (0,), standing(**{queue: 0.7}).gaps[0]) for queue in queues]


SHORT = standing(phone=0.75, chat=0.75, mail=0.75)


def test_who_misses_by_more_while_another_of_the_same_weight_is_raised_is_robbed() -> None:
    after = standing(phone=0.82, chat=0.70, mail=0.75)
    assert robbed(CENTRE, raised("phone"), SHORT, after) == {"chat": {"phone"}}
    assert robbed(CENTRE, raised("phone", "chat"), SHORT, after) == {"chat": {"phone"}}


def test_chance_robs_nobody() -> None:
    assert robbed(CENTRE, raised("phone"), SHORT, standing(phone=0.82, chat=0.735)) == {}


def test_who_still_meets_the_target_is_not_robbed() -> None:
    rich = standing(phone=0.75, chat=0.95)
    assert robbed(CENTRE, raised("phone"), rich, standing(phone=0.82, chat=0.81)) == {}
    assert robbed(CENTRE, raised("phone"), rich, standing(phone=0.82, chat=0.6)) == {
        "chat": {"phone"}
    }


def test_a_lighter_queue_yields_to_a_heavier_one_and_never_the_other_way() -> None:
    poorer = standing(phone=0.82, chat=0.75, mail=0.5)
    assert robbed(CENTRE, raised("phone", "mail"), SHORT, poorer) == {}
    poorer = standing(phone=0.70, chat=0.75, mail=0.82)
    assert robbed(CENTRE, raised("mail"), SHORT, poorer) == {"phone": {"mail"}}


def test_nobody_is_robbed_by_having_been_raised_in_vain() -> None:
    assert robbed(CENTRE, raised("phone"), SHORT, standing(phone=0.70)) == {}


def test_hours_lack_in_each_interval_unless_the_work_can_wait() -> None:
    """One agent works the eight hours from 08:00; three are asked for in one of them, one in an
    hour after: 2 + 1 agent-hours are lacking, none of work that eight hours can take."""
    grid = a_grid(days=1)
    wanted = np.zeros(24)
    wanted[8], wanted[20] = 3.0, 1.0
    problem = a_problem(grid, demands=(a_demand(grid, wanted),))
    roster = Roster(grid, (an_assignment(problem, 0),))
    assert supply(problem, roster, "phone", work_waits=False) == (8.0, 3.0)
    assert supply(problem, roster, "phone", work_waits=True) == (8.0, 0.0)


@pytest.mark.parametrize(("more", "short"), [(1, {}), (0, {"phone": 16.0})])
def test_short_of_people_is_who_is_asked_for_and_does_not_come(
    more: int, short: dict[str, float]
) -> None:
    """One agent more for eight hours is asked for; with 0 more of them two are lacking instead of
    one."""
    grid = a_grid(days=1)
    open_ = np.where(np.arange(24) // 8 == 1, 1.0, 0.0)
    before, after = (
        a_problem(
            grid, demands=(a_demand(grid, agents * open_),), agents=(an_agent("A1"), an_agent("A2"))
        )
        for agents in (2, 3)
    )
    shifts = [an_assignment(before, 0, agent=agent) for agent in ("A1", "A2")]
    need = AgentRequirement("phone", open_, open_)
    found = short_of_people(
        StaffingRequirement(grid, (need,)),
        [Raise("phone", 8.0, (0,), SHORT.gaps[0])],
        (before, Roster(grid, tuple(shifts[:1]))),
        (after, Roster(grid, tuple(shifts[: 1 + more]))),
        SHORT,
    )
    assert found == short


def test_a_plan_does_not_mend_one_queue_at_the_expense_of_another() -> None:
    """Eighteen agents know two queues alike and are too few. North gets no more of them, so that
    south, raised alone, gets them from north: that correction is told, but not kept."""
    target = ServiceTarget(0.8, 20.0, max_occupancy=1.0, max_abandonment=1.0)
    names = ("north", "south")
    centre = replace(
        a_centre(
            queues=tuple(a_queue(name, target=target) for name in names),
            contracts=(Contract("full", max_days=5),),
        ),
        agents=tuple(Agent(f"A{i}", f"Agent {i}", "full", frozenset(names)) for i in range(18)),
    )
    plan = plan_week(
        centre,
        a_history(names),
        GRID,
        limit=SolveLimit(seconds=20, rounds=6),
        seed=1,
        forecaster=Unsure(),
        correct=2,
    )
    done = plan.correction
    assert done is not None
    assert [each.robbed for each in done.rounds] == [(), ("north",)]
    assert [one.queue for one in done.rounds[1].raised] == ["south"]
    assert done.kept == 1
