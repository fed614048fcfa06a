"""The crew and its wishes."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest
from shiftcast.data.calendar import each_day
from shiftcast.data.people import Agent, RequestKind
from shiftcast.data.sample.crew import TEAM_LEADER_COST, draw_crew
from shiftcast.data.sample.shifts import CONTRACTS, SHIFTS
from shiftcast.data.sample.wishes import (
    adjustments,
    draw_requests,
    fixed_assignments,
    time_off,
)

WEEK = date(2026, 12, 7)
CONTRACT = {contract.id: contract for contract in CONTRACTS}


def crew(seed: int = 1, language: str = "en") -> tuple[Agent, ...]:
    return draw_crew(language, np.random.default_rng(seed))


def test_sixty_agents_differ_in_id_name_and_address() -> None:
    for seed in range(5):
        agents = crew(seed)
        assert len(agents) == 60
        for value in ("id", "name", "email"):
            assert len({getattr(agent, value) for agent in agents}) == 60


def test_skills_are_spread_as_the_volumes_need() -> None:
    assert Counter("+".join(sorted(agent.skills)) for agent in crew()) == {
        "phone": 22,
        "chat": 16,
        "chat+phone": 12,
        "chat+email": 6,
        "email": 4,
    }


def test_contracts_and_teams() -> None:
    agents = crew()
    contracts = Counter(agent.contract for agent in agents)
    assert contracts == {"full": 30, "flex": 12, "late": 4, "part": 14}
    assert set(Counter(agent.team for agent in agents).values()) == {15}
    leaders = [agent.team for agent in agents if agent.hourly_cost == TEAM_LEADER_COST]
    assert sorted(leaders) == sorted({agent.team for agent in agents})


def test_the_same_people_have_chinese_names_in_chinese() -> None:
    english, chinese = crew(), crew(language="zh-CN")
    assert [agent.email for agent in english] == [agent.email for agent in chinese]
    assert all(agent.name.isascii() for agent in english)
    assert not any(agent.name.isascii() or agent.team.isascii() for agent in chinese)


def test_contracts_name_shifts_that_exist() -> None:
    codes = {shift.code for shift in SHIFTS}
    assert {code for contract in CONTRACTS for code in contract.shift_codes} == codes


def test_wishes_are_about_days_on_which_the_agent_could_work() -> None:
    agents = {agent.id: agent for agent in crew()}
    away = {(e.agent, day) for e in time_off(WEEK, "en") for day in each_day(e.first, e.last)}
    requests = draw_requests(agents.values(), WEEK, np.random.default_rng(1))
    assert len(requests) == 36
    assert len({(r.agent, r.day) for r in requests}) == 36
    assert max(Counter(r.agent for r in requests).values()) == 2
    for request in requests:
        assert 0 <= (request.day - WEEK).days < 7
        assert (request.agent, request.day) not in away
        assert agents[request.agent].availability[request.day.weekday()] != ()


@pytest.mark.parametrize("seed", range(5))
def test_wishes_are_of_every_kind_and_fit_the_contract(seed: int) -> None:
    agents = {agent.id: agent for agent in crew()}
    requests = draw_requests(agents.values(), WEEK, np.random.default_rng(seed))
    kinds = Counter(request.kind for request in requests)
    assert set(kinds) == set(RequestKind) - {RequestKind.SHIFT_OFF}
    assert kinds[RequestKind.DAY_OFF] >= 12
    for request in requests:
        contract = agents[request.agent].contract
        if request.kind is RequestKind.SHIFT:
            assert request.shift_code in CONTRACT[contract].shift_codes
        if request.kind in (RequestKind.START_FROM, RequestKind.END_BY):
            assert request.minute is not None
            assert contract in ("full", "flex")


def test_absences_and_fixed_days_name_agents_and_their_shifts() -> None:
    agents = {agent.id: agent for agent in crew()}
    assert {entry.agent for entry in time_off(WEEK, "en")} <= set(agents)
    assert any(not entry.paid for entry in time_off(WEEK, "en"))
    for entry in fixed_assignments(WEEK):
        assert WEEK <= entry.day < WEEK + timedelta(days=7)
        contract = CONTRACT[agents[entry.agent].contract]
        assert entry.shift_code is None or entry.shift_code in contract.shift_codes


def test_the_planner_expects_more_calls_on_thursday() -> None:
    (adjustment,) = adjustments(WEEK, "en")
    assert (adjustment.queue, adjustment.first, adjustment.percent) == (
        "phone",
        date(2026, 12, 10),
        20.0,
    )
    assert adjustment.reason == "News release on the new returns policy"
