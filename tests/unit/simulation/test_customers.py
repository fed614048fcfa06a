"""Customers: who waits how long, who gives up, who is turned away."""

from dataclasses import replace

import numpy as np
from shiftcast.scheduling.simulation.engine.inputs import Kind
from shiftcast.scheduling.simulation.engine.world import (
    ABANDONED,
    ABANDONED_WAIT_S,
    ABANDONED_WITHIN,
    ANSWERED,
    ANSWERED_WAIT_S,
    ANSWERED_WITHIN,
    BLOCKED,
    OFFERED,
    REDIALLED,
    REPLIED,
    WAITED,
    WAITED_WITHIN,
)
from shiftcast.scheduling.simulation.routing import Pool

from tests.unit.simulation.scenes import PHONE, Call, Move, Turn, play, total

ONE_AGENT = [Move(0, 0, 0), Move(1000, 0, -1)]


def test_a_call_waits_until_the_agent_is_free() -> None:
    world = play([Call(0, 100), Call(10, 100)], ONE_AGENT)
    assert total(world, ANSWERED) == 2
    assert total(world, ANSWERED_WAIT_S) == 90  # from 10 to 100
    assert total(world, WAITED) == 1
    assert total(world, ANSWERED_WITHIN) == 1  # the first one only


def test_everything_counts_in_the_interval_of_arrival() -> None:
    world = play([Call(50, 200), Call(150, 10)], ONE_AGENT)
    assert world.tally[0, 1, ANSWERED_WAIT_S] == 100  # came at 150, answered at 250
    assert world.tally[0, :, ANSWERED].tolist() == [1, 1, *[0] * 8]


def test_a_customer_gives_up_when_patience_ends() -> None:
    world = play([Call(0, 100), Call(10, 100, patience=15), Call(20, 100, patience=500)], ONE_AGENT)
    assert total(world, ABANDONED) == 1
    assert total(world, ABANDONED_WAIT_S) == 15
    assert total(world, ABANDONED_WITHIN) == 1  # 15 s is within 20
    assert total(world, ANSWERED_WAIT_S) == 80  # the third follows the first at once


def test_thresholds_of_replies_and_of_long_waits_count_apart() -> None:
    queue = replace(PHONE, within_s=0, reply_s=90, long_s=89)
    world = play([Call(0, 100), Call(10, 10), Call(11, 50, patience=20)], ONE_AGENT, queues=[queue])
    assert total(world, ANSWERED_WITHIN) == 1
    assert total(world, REPLIED) == 2  # waits of 0 and 90
    assert total(world, WAITED_WITHIN) == 2  # waits of 0 and 20, of which one gave up


def test_the_line_is_served_in_order_of_arrival() -> None:
    # The second of three has no patience left when the agent is free; the third is next.
    world = play([Call(0, 100), Call(1, 5, patience=50), Call(2, 5), Call(3, 5)], ONE_AGENT)
    assert total(world, ANSWERED_WAIT_S) == (100 - 2) + (105 - 3)


def test_whoever_finds_every_line_taken_is_turned_away() -> None:
    queue = replace(PHONE, lines=2)
    calls = [Call(0, 100), Call(10, 50), Call(20, 50), Call(101, 50)]
    world = play(calls, ONE_AGENT, queues=[queue])
    assert total(world, OFFERED) == 4
    assert total(world, BLOCKED) == 1  # the third: one in hand, one waiting
    assert total(world, ANSWERED) == 3


def test_a_line_is_free_again_at_the_moment_somebody_gives_up() -> None:
    queue = replace(PHONE, lines=2)
    calls = [Call(0, 100), Call(10, 50, patience=5), Call(16, 50)]
    world = play(calls, ONE_AGENT, queues=[queue])
    assert total(world, BLOCKED) == 0
    assert total(world, ABANDONED) == 1


def test_almost_everybody_calls_again_and_counts_again() -> None:
    queue = replace(PHONE, redial_share=0.999, redial_delay_s=10.0)
    calls = [Call(0, 900), *(Call(t, 1, patience=1) for t in range(1, 101))]
    world = play(calls, ONE_AGENT, queues=[queue])
    again = total(world, REDIALLED)
    assert again > 90
    assert total(world, OFFERED) > 101
    # Every attempt ends one way or the other.
    assert total(world, OFFERED) == total(world, ANSWERED) + total(world, ABANDONED)


def test_who_is_turned_away_may_call_again() -> None:
    queue = replace(PHONE, lines=1, redial_share=0.999, redial_delay_s=10.0)
    world = play([Call(0, 100), Call(10, 50)], ONE_AGENT, queues=[queue])
    assert total(world, BLOCKED) >= 1
    assert total(world, BLOCKED) == total(world, REDIALLED)
    assert total(world, ANSWERED) == 2


def test_who_waits_at_closing_is_served_while_somebody_is_there() -> None:
    calls = [Call(0, 100), Call(10, 100), Call(20, 100)]
    changes = [Turn(90, Kind.CLOSE, 0), Move(0, 0, 0), Move(150, 0, -1)]
    world = play(calls, changes)
    assert total(world, ANSWERED) == 2  # at 0 and at 100; at 150 the last agent's shift ends
    assert total(world, ABANDONED) == 1
    assert total(world, ABANDONED_WAIT_S) == 150 - 20


def test_a_queue_that_closes_with_nobody_on_duty_lets_its_line_go() -> None:
    world = play([Call(10, 100), Call(60, 100)], [Turn(50, Kind.CLOSE, 0), Turn(55, Kind.OPEN, 0)])
    # The first leaves at closing; the second waits for an agent who never comes, until the end.
    assert total(world, ABANDONED) == 2
    assert total(world, ABANDONED_WAIT_S) == 40 + 940


def test_customers_of_two_queues_are_served_by_who_has_waited_longest() -> None:
    sales = replace(PHONE, name="sales")
    calls = [Call(0, 100), Call(10, 10, queue="sales"), Call(20, 10)]
    both = Pool({"phone": 0, "sales": 0})
    world = play(calls, ONE_AGENT, queues=[PHONE, sales], pools=[both])
    assert total(world, ANSWERED_WAIT_S, queue=1) == 90
    assert total(world, ANSWERED_WAIT_S, queue=0) == 110 - 20


def test_or_by_rank() -> None:
    sales = replace(PHONE, name="sales")
    calls = [Call(0, 100), Call(10, 10, queue="sales"), Call(20, 10)]
    phone_first = Pool({"phone": 0, "sales": 1})
    world = play(calls, ONE_AGENT, queues=[PHONE, sales], pools=[phone_first])
    assert total(world, ANSWERED_WAIT_S, queue=0) == 80
    assert total(world, ANSWERED_WAIT_S, queue=1) == 110 - 10


def test_nobody_is_lost() -> None:
    rng = np.random.default_rng(1)
    at = np.sort(rng.uniform(0, 1000, 300))
    calls = [Call(t, w, p) for t, w, p in zip(at, rng.exponential(30, 300), at % 70, strict=True)]
    world = play(calls, [*(Move(50 * k, k, 0) for k in range(8)), Move(500, 3, -1)])
    assert total(world, OFFERED) == 300
    assert total(world, ANSWERED) + total(world, ABANDONED) == 300
