"""Whatever comes and whoever goes: nothing is lost and nobody does more than there is time for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from shiftcast.scheduling.simulation.engine.inputs import Kind
from shiftcast.scheduling.simulation.engine.world import (
    ABANDONED,
    ANSWERED,
    AVAILABLE,
    BLOCKED,
    BUSY,
    ENGAGED,
    FINISHED,
    OFFERED,
)
from shiftcast.scheduling.simulation.queues import SimulatedQueue
from shiftcast.scheduling.simulation.routing import Pool

from tests.unit.simulation.scenes import CHAT, MAIL, PHONE, Call, Move, Turn, play, total

QUEUES = ("phone", "chat", "mail")
TIMES = st.floats(0, 990).map(lambda time: round(time, 1))


@st.composite
def queue_sets(draw: st.DrawFn) -> list[SimulatedQueue]:
    phone = replace(
        PHONE,
        lines=draw(st.none() | st.integers(1, 3)),
        redial_share=draw(st.sampled_from([0.0, 0.5, 0.9])),
        redial_delay_s=50.0,
    )
    chat = replace(CHAT, redial_share=draw(st.sampled_from([0.0, 0.5])), redial_delay_s=50.0)
    return [phone, chat, replace(MAIL, interruptible=draw(st.booleans()))]


POOLS = st.lists(
    st.dictionaries(st.sampled_from(QUEUES), st.integers(0, 2), min_size=1).map(
        lambda ranks: Pool(ranks, ranks)
    ),
    min_size=2,
    max_size=3,
)
CALLS = st.lists(
    st.builds(
        Call,
        at=TIMES,
        work=st.floats(0.1, 200),
        patience=st.just(np.inf) | st.floats(0, 100),
        queue=st.sampled_from(QUEUES),
    ),
    max_size=40,
).map(lambda calls: [c._replace(patience=np.inf) if c.queue == "mail" else c for c in calls])
MOVES = st.lists(
    st.builds(
        Move,
        at=TIMES,
        who=st.integers(0, 4),
        pool=st.integers(-1, 1),
        kind=st.sampled_from([Kind.MOVE, Kind.RETURN]),
    ),
    max_size=25,
)
DOORS = st.lists(
    st.builds(
        Turn, at=TIMES, kind=st.sampled_from([Kind.OPEN, Kind.CLOSE]), where=st.integers(0, 2)
    ),
    max_size=5,
)
# A nameless agent comes before it goes.
STAYS = st.lists(st.tuples(TIMES, TIMES, st.integers(0, 1)), max_size=4).map(
    lambda stays: [
        turn
        for start, end, pool in stays
        for turn in (
            Turn(min(start, end), Kind.JOIN, pool),
            Turn(max(start, end) + 0.05, Kind.DROP, pool),
        )
    ]
)


@settings(max_examples=300, deadline=None)
@given(queue_sets(), POOLS, CALLS, MOVES, DOORS, STAYS)
def test_nothing_is_lost(
    queues: list[SimulatedQueue],
    pools: list[Pool],
    calls: list[Call],
    moves: list[Move],
    doors: list[Turn],
    stays: list[Turn],
) -> None:
    world = play(calls, [*moves, *doors, *stays], queues=queues, pools=pools)
    for q, name in enumerate(QUEUES[:2]):
        ends = sum(total(world, column, q) for column in (BLOCKED, ANSWERED, ABANDONED))
        assert total(world, OFFERED, q) == ends
        assert total(world, OFFERED, q) >= sum(call.queue == name for call in calls)
    assert total(world, OFFERED, 2) == sum(call.queue == "mail" for call in calls)
    assert total(world, FINISHED, 2) <= total(world, OFFERED, 2)

    available, busy, engaged = (world.time_tally[:, :, c] for c in (AVAILABLE, BUSY, ENGAGED))
    rounding = 1e-6
    assert (busy <= engaged + rounding).all()
    assert (engaged <= available + rounding).all()
    assert (available.sum(axis=0) <= len(world.agents) * 100 + rounding).all()
    on_duty = world.agents["pool"]
    assert (world.agents["level"] == 0).all()
    for q, name in enumerate(QUEUES):
        takers = sum(name in pools[pool].serves for pool in on_duty if pool >= 0)
        assert world.queues["takers"][q] == takers
        assert world.queues["in_house"][q] == 0 or name == "mail"
