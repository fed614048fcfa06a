"""The requirement of a centre whose contacts find agents by skill."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from shiftcast.data.centre import Centre
from shiftcast.data.grid import TimeGrid
from shiftcast.data.people import Agent, Contract
from shiftcast.data.targets import Channel, QueueProfile, ServiceTarget
from shiftcast.scheduling.pooling import requirement
from shiftcast.scheduling.pooling.requirement import with_shared_agents
from shiftcast.scheduling.staffing.demand import QueueDemand
from shiftcast.scheduling.staffing.requirement import (
    AgentRequirement,
    DeadlineWork,
    StaffingRequirement,
)
from shiftcast.scheduling.staffing.staff import agent_requirement

GRID = TimeGrid(date(2026, 11, 30), 1, 60)
TARGET = ServiceTarget(service_level=0.8, within_s=20, max_occupancy=1.0, max_abandonment=1.0)
SALES = QueueProfile("sales", target=TARGET, patience_s=200)
CLAIMS = QueueProfile("claims", target=TARGET, patience_s=200, shrinkage=0.1)
MAIL = QueueProfile("mail", Channel.EMAIL, ServiceTarget(deadline_min=480))


@pytest.fixture(autouse=True)
def small_trials(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of the contacts: less sure, and quick."""
    monkeypatch.setattr(requirement, "_CONTACTS", 40_000)
    monkeypatch.setattr(requirement, "_MIX_CONTACTS", 12_000)


def centre(*skills: tuple[str, ...]) -> Centre:
    return Centre(
        "c",
        "UTC",
        60,
        (SALES, CLAIMS, MAIL),
        contracts=(Contract("full"),),
        agents=tuple(Agent(f"{n}", f"{n}", "full", frozenset(own)) for n, own in enumerate(skills)),
    )


def demands() -> tuple[QueueDemand, ...]:
    day = (GRID.minute_of_day >= 8 * 60) & (GRID.minute_of_day < 18 * 60)
    return (
        QueueDemand(SALES, 70.0 * day, np.full(GRID.size, 300.0)),
        QueueDemand(CLAIMS, 40.0 * day, np.full(GRID.size, 300.0)),
        QueueDemand(MAIL, np.zeros(GRID.size), np.full(GRID.size, 300.0)),
    )


def alone() -> StaffingRequirement:
    nothing = np.zeros(GRID.size)
    mail = DeadlineWork("mail", nothing, np.arange(GRID.size), nothing > 1)
    live = tuple(agent_requirement(demand, GRID) for demand in demands()[:2])
    return StaffingRequirement(GRID, (*live, mail))


def test_sharing_takes_fewer_and_every_queue_gets_its_part() -> None:
    both, apart = ("sales", "claims"), alone()
    found = with_shared_agents(
        centre(*[("sales",)] * 12, *[("claims",)] * 8, *[both] * 10), demands(), apart
    )

    assert found.pooling is not None
    assert found.pooling.met
    assert found.pooling.queues == both
    assert found.pooling.hours < found.pooling.lone_hours
    for queue, before in zip(found.queues[:2], apart.queues[:2], strict=True):
        assert isinstance(queue, AgentRequirement)
        assert isinstance(before, AgentRequirement)
        assert (queue.on_queue <= before.on_queue * 1.02).all()
        assert ((queue.on_queue > 0) == (before.on_queue > 0)).all()
    claims = found.queues[1]
    assert isinstance(claims, AgentRequirement)
    np.testing.assert_allclose(claims.rostered * 0.9, claims.on_queue)
    assert found.queues[2] is apart.queues[2]


def test_without_common_agents_nothing_changes() -> None:
    apart = alone()
    assert with_shared_agents(centre(("sales",), ("claims",)), demands(), apart) is apart


def test_a_queue_that_nobody_serves_keeps_its_own() -> None:
    apart = alone()
    third = replace(SALES, name="third", skill="unknown")
    more = (*demands(), QueueDemand(third, demands()[0].contacts, demands()[0].aht_s))
    needs = replace(
        apart, queues=(*apart.queues, replace(agent_requirement(more[3], GRID), queue="third"))
    )
    mixed = centre(("sales",), ("claims",), ("sales", "claims"))
    found = with_shared_agents(replace(mixed, queues=(*mixed.queues, third)), more, needs)

    assert found.queues[3] is needs.queues[3]
    assert found.pooling is not None
    assert "third" not in found.pooling.queues
