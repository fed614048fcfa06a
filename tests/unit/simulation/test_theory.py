"""The simulation against exact theory: within four standard errors of it, for fixed seeds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shiftcast.data.replies import ReplyTarget, ReplyUnit
from shiftcast.data.targets import Channel, QueueProfile, ServiceTarget
from shiftcast.scheduling.queueing.erlang import erlang_a, erlang_c
from shiftcast.scheduling.queueing.finite import finite_line
from shiftcast.scheduling.queueing.performance import performance
from shiftcast.scheduling.queueing.redials import erlang_a_with_redials
from shiftcast.scheduling.simulation.engine.world import (
    ABANDONED,
    ABANDONED_WAIT_S,
    ANSWERED,
    ANSWERED_WAIT_S,
    ANSWERED_WITHIN,
    AVAILABLE,
    BLOCKED,
    BUSY,
    ENGAGED,
    OFFERED,
    REDIALLED,
    REPLIED,
    WAITED,
)
from shiftcast.scheduling.simulation.groups import AgentGroup, simulate_groups
from shiftcast.scheduling.simulation.queues import (
    Patience,
    ReplyCount,
    SimulatedQueue,
    simulated_queue,
)
from shiftcast.scheduling.simulation.replications import Replications, estimate_ratio
from shiftcast.scheduling.simulation.routing import Pool

from tests.unit.simulation.exact_chat import exact_chat
from tests.unit.simulation.scenes import CHAT, Call, Move, play, total

HOUR = 3600.0
HOURS, WARM_UP = 24, 4  # each replication is a stationary stretch after a warm-up


def stationary(queue: SimulatedQueue, an_hour: float, agents: int, seed: int = 7) -> Replications:
    contacts = np.full((1, HOURS), an_hour)
    group = AgentGroup("all", np.full(HOURS, agents), Pool({queue.name: 0}))
    return simulate_groups([queue], contacts, [group], HOUR, replications=40, seed=seed)


def agrees(found: Replications, above: int | tuple[int, ...], below: int, exact: float) -> None:
    """A ratio of counted columns lies within four standard errors of `exact`."""
    counts = found.contacts[:, 0, WARM_UP:].astype(float)
    columns = above if isinstance(above, tuple) else (above,)
    top = sum(counts[:, :, column].sum(axis=1) for column in columns)
    _agrees(np.asarray(top), counts[:, :, below].sum(axis=1), exact)


def time_agrees(found: Replications, above: int, exact: float) -> None:
    time = found.time[:, 0, WARM_UP:].astype(float).sum(axis=1)
    _agrees(time[:, above], time[:, AVAILABLE], exact)


def _agrees(above: np.ndarray, below: np.ndarray, exact: float) -> None:
    found = estimate_ratio(above, below)
    assert abs(found.value - exact) < 4 * found.error
    assert found.error < 0.15 * exact  # or the comparison would say nothing


def test_erlang_c() -> None:
    exact = erlang_c(100 / HOUR, 180.0, 7, 20.0)
    found = stationary(SimulatedQueue("q", 180.0, within_s=20.0), 100, 7)
    agrees(found, WAITED, OFFERED, float(exact.p_wait))
    agrees(found, ANSWERED_WITHIN, OFFERED, float(exact.answered_within))
    agrees(found, ANSWERED_WAIT_S, ANSWERED, float(exact.asa_s))
    time_agrees(found, BUSY, 5.0 / 7)


def test_erlang_a() -> None:
    exact = erlang_a(100 / HOUR, 180.0, 5, 120.0, 20.0)
    found = stationary(SimulatedQueue("q", 180.0, Patience(120.0), within_s=20.0), 100, 5)
    agrees(found, WAITED, OFFERED, float(exact.p_wait))
    agrees(found, ABANDONED, OFFERED, float(exact.abandonment))
    agrees(found, ANSWERED_WITHIN, OFFERED, float(exact.answered_within))
    agrees(found, ANSWERED_WAIT_S, ANSWERED, float(exact.asa_s))
    agrees(found, (ANSWERED_WAIT_S, ABANDONED_WAIT_S), OFFERED, float(exact.mean_wait_s))
    time_agrees(found, BUSY, 5.0 * float(exact.answered) / 5)


def test_finite_lines() -> None:
    exact = finite_line(100 / HOUR, 180.0, 5, 8, 120.0, 20.0)
    queue = SimulatedQueue("q", 180.0, Patience(120.0), within_s=20.0, lines=8)
    found = stationary(queue, 100, 5)
    agrees(found, BLOCKED, OFFERED, float(np.asarray(exact.blocked)))
    agrees(found, ABANDONED, OFFERED, float(np.asarray(exact.abandonment)))


def test_redials() -> None:
    # Redials after twenty minutes on average are spread enough to come as if by chance.
    exact = erlang_a_with_redials(100 / HOUR, 180.0, 5, 120.0, 0.5)
    queue = SimulatedQueue("q", 180.0, Patience(120.0), redial_share=0.5, redial_delay_s=1200.0)
    found = stationary(queue, 100, 5)
    agrees(found, ABANDONED, OFFERED, float(exact.abandonment))
    agrees(found, REDIALLED, ABANDONED, 0.5)


def test_pollaczek_khinchine_with_one_agent() -> None:
    # M/G/1: E[W] = λ E[S²] / (2 (1 − ρ)), lognormal handle times of CV 1.5.
    rate, aht, cv = 10 / HOUR, 180.0, 1.5
    exact = rate * aht**2 * (1 + cv**2) / (2 * (1 - rate * aht))
    found = stationary(SimulatedQueue("q", aht, handle_cv=cv), 10, 1)
    agrees(found, ANSWERED_WAIT_S, ANSWERED, exact)


@pytest.mark.parametrize("handle_s", [(300.0, 300.0), (300.0, 390.0, 480.0)])
def test_chat(handle_s: tuple[float, ...]) -> None:
    exact = exact_chat(40 / HOUR, handle_s, 180.0, agents=2, longest_line=60)
    multiples = tuple(time / handle_s[0] for time in handle_s)
    queue = SimulatedQueue("q", handle_s[0], Patience(180.0), aht_by_concurrency=multiples)
    found = stationary(queue, 40, 2)
    agrees(found, WAITED, OFFERED, exact.p_wait)
    agrees(found, ABANDONED, OFFERED, exact.abandonment)
    time_agrees(found, BUSY, exact.slots_filled)
    time_agrees(found, ENGAGED, exact.agents_engaged)


@pytest.mark.parametrize("unit", list(ReplyUnit))
def test_reply_rates(unit: ReplyUnit) -> None:
    # Where chats do not slow each other down the formula's levels are exact.
    reply = ReplyTarget(30.0, share=0.8, counts=unit, turns_per_chat=5)
    profile = QueueProfile(
        "q",
        Channel.CHAT,
        ServiceTarget(reply=reply),
        patience_s=180.0,
        aht_by_concurrency=(1.0, 1.0),
    )
    exact = performance(profile, 40 / HOUR, 300.0, 2)
    found = stationary(simulated_queue(profile, np.full(HOURS, 300.0)), 40, 2)
    counts = found.contacts[:, 0, WARM_UP:].astype(float).sum(axis=1)
    due = counts[:, OFFERED]
    if unit is ReplyUnit.TURNS:
        due = due + 4 * counts[:, ANSWERED]
    _agrees(counts[:, REPLIED], due, float(exact.reply_rate))


def test_a_chat_counts_by_the_chats_that_its_agent_holds_at_its_end() -> None:
    # The first ends at 150, the third (1 s of work at half speed) is in hand from then to 152; the
    # second goes on alone.
    chat = replace(CHAT, reply_s=20.0, replies=ReplyCount(0.0, (0.25, 0.5), prompt_only=True))
    calls = [Call(0, 100, queue="chat"), Call(50, 100, queue="chat"), Call(60, 1, queue="chat")]
    moves = [Move(0, 0, 0)]
    world = play(calls, moves, queues=[chat], pools=[Pool({"chat": 0})])
    assert total(world, REPLIED) == 0.5 + 0.25  # the third waited 90 s and counts for nothing
    late = replace(chat, replies=ReplyCount(1.0, (0.25, 0.5)))
    world = play(calls, moves, queues=[late], pools=[Pool({"chat": 0})])
    assert total(world, REPLIED) == 2 + 0.5 + 0.5 + 0.25


def test_who_gives_up_at_once_if_nobody_is_free_leaves_a_loss_system() -> None:
    # Balking by everybody is Erlang B: 5 erlangs and 7 agents lose 12.05 % (any table).
    found = stationary(SimulatedQueue("q", 180.0, Patience(1.0, balking=1.0)), 100, 7)
    agrees(found, ABANDONED, OFFERED, 0.12052)
