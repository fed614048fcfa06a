"""Agents of unequal speed: the simulation against the stationary law of their Markov chain."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from shiftcast.data.centre import Centre, Routing
from shiftcast.data.grid import TimeGrid
from shiftcast.data.people import Agent
from shiftcast.data.targets import QueueProfile
from shiftcast.scheduling.queueing.erlang import erlang_c
from shiftcast.scheduling.rostering.roster import Assignment, QueueSpan, Roster
from shiftcast.scheduling.simulation.arrivals import draw_contacts
from shiftcast.scheduling.simulation.crews import roster_crew
from shiftcast.scheduling.simulation.engine.inputs import Changes, Contacts, Frame, Kind
from shiftcast.scheduling.simulation.engine.world import (
    ANSWERED,
    ANSWERED_WAIT_S,
    OFFERED,
    WAITED,
)
from shiftcast.scheduling.simulation.queues import SimulatedQueue, engine_queues
from shiftcast.scheduling.simulation.replications import (
    Replications,
    Scene,
    estimate_ratio,
    replicate,
)
from shiftcast.scheduling.simulation.routing import Pool, routing

from tests.factories import MONDAY

HOUR, HOURS, WARM_UP = 3600.0, 24, 4
AHT_S, AN_HOUR = 180.0, 15.0
QUEUE = SimulatedQueue("q", AHT_S)


def played(*speeds: float) -> Replications:
    """A day with an agent of each speed, forty times."""
    agents = len(speeds)
    scene = Scene(
        frame=Frame(HOUR, HOURS, 1),
        queues=engine_queues([QUEUE]),
        routing=routing([QUEUE], [Pool({"q": 0})]),
        named=np.array(speeds)[:, None],
        nameless=np.zeros(1, dtype=np.int64),
    )
    come = np.arange(agents), np.zeros(agents, dtype=np.int64)
    changes = Changes(np.zeros(agents), np.full(agents, int(Kind.MOVE)), *come)
    path = np.full((1, HOURS), AN_HOUR)

    def draw(r: int) -> tuple[Contacts, Changes]:
        return draw_contacts([QUEUE], path, HOUR, seed=7, replication=r, counted=False), changes

    return replicate(scene, ["q"], ["all"], 40, 7, draw)


def agrees(found: Replications, above: int, below: int, exact: float) -> None:
    """A ratio of counted columns lies within four standard errors of `exact`."""
    counts = found.contacts[:, 0, WARM_UP:].astype(float).sum(axis=1)
    ratio = estimate_ratio(counts[:, above], counts[:, below])
    assert abs(ratio.value - exact) < 4 * ratio.error
    assert ratio.error < 0.15 * exact  # or the comparison would say nothing


def stationary(rates: NDArray[np.float64]) -> NDArray[np.float64]:
    """The law of a Markov chain with the rates (from, to)."""
    generator = rates - np.diag(rates.sum(axis=1))
    equations = np.vstack([generator.T, np.ones(len(rates))])
    law, *_ = np.linalg.lstsq(equations, np.append(np.zeros(len(rates)), 1.0), rcond=None)
    return np.asarray(law)


def two_agents(fast: float, slow: float, most: int = 200) -> tuple[float, float]:
    """(chance to wait, mean wait in seconds) with two agents, the longest idle first."""
    come, quick, late = AN_HOUR / HOUR, fast / AHT_S, slow / AHT_S
    # 0 and 1: nobody calls, the fast or the slow agent has been idle longer and is next; 2 and 3:
    # the fast or the slow agent is at work alone; 4 and on: both are, with 0, 1, … who wait.
    rates = np.zeros((4 + most, 4 + most))
    rates[0, 2] = rates[1, 3] = come
    rates[2, 1], rates[3, 0] = quick, late
    rates[2, 4] = rates[3, 4] = come
    rates[4, 2], rates[4, 3] = late, quick
    line = np.arange(4, 3 + most)
    rates[line, line + 1], rates[line + 1, line] = come, quick + late
    law = stationary(rates)
    waiting = float(law[4:] @ np.arange(most))
    return float(law[4:].sum()), waiting / come


def test_equal_speeds_make_the_chain_that_of_erlang_c() -> None:
    exact = erlang_c(AN_HOUR / HOUR, AHT_S / 0.8, 2, 20.0)
    assert two_agents(0.8, 0.8) == pytest.approx((float(exact.p_wait), float(exact.asa_s)))


def test_one_faster_agent() -> None:
    # An M/M/1 queue of load 0.75 ÷ 1.25 = 0.6: who calls waits with this chance, on the mean
    # 0.6 ÷ (1 − 0.6) handle times of 144 s.
    found = played(1.25)
    agrees(found, WAITED, OFFERED, 0.6)
    agrees(found, ANSWERED_WAIT_S, ANSWERED, 1.5 * 144)


def test_a_fast_and_a_slow_agent() -> None:
    p_wait, asa_s = two_agents(1.2, 0.4)
    found = played(1.2, 0.4)
    agrees(found, WAITED, OFFERED, p_wait)
    agrees(found, ANSWERED_WAIT_S, ANSWERED, asa_s)


def test_the_speed_of_an_agent_is_the_proficiency_in_the_skill_of_the_queue() -> None:
    skills = frozenset({"calls", "chat"})
    agents = (
        Agent("ann", "Ann", "full", skills, proficiency=(("chat", 0.8), ("calls", 1.2))),
        Agent("bob", "Bob", "full", skills),
    )
    queues = QueueProfile("phone", skill="calls"), QueueProfile("fax"), QueueProfile("chat")
    shift = Assignment("cat", 0, "D", 0, 60, queues=(QueueSpan(0, 60, "phone"),))
    centre = Centre("small", "UTC", 60, queues, agents=agents)
    crew = roster_crew(centre, Roster(TimeGrid(MONDAY, 1, 60), (shift,)), Routing.ROSTER)
    assert crew.speed.tolist() == [[1.2, 1.0, 0.8], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]
