"""Agents: chats side by side, deadline work, coming and going."""

from dataclasses import replace

import pytest
from shiftcast.scheduling.simulation.engine.inputs import Kind
from shiftcast.scheduling.simulation.engine.world import (
    ANSWERED,
    ANSWERED_WAIT_S,
    AVAILABLE,
    BUSY,
    DUE,
    ENGAGED,
    FINISHED,
    IN_TIME,
    OFFERED,
)
from shiftcast.scheduling.simulation.routing import Pool

from tests.unit.simulation.scenes import CHAT, MAIL, PHONE, Call, Move, Turn, play, time_of, total

CHATTING = {"queues": [CHAT], "pools": [Pool({"chat": 0})]}
MAILING = {"queues": [MAIL], "pools": [Pool({"mail": 0})]}
BLENDED = {"queues": [PHONE, MAIL], "pools": [Pool({"phone": 0, "mail": 0})]}


def test_chats_slow_each_other_down() -> None:
    # Alone until 50 the first has 50 s of work left; side by side it needs 100 s for them and the
    # second gets 50 s of its 100 done; alone again that one ends at 200.
    calls = [Call(0, 100, queue="chat"), Call(50, 100, queue="chat")]
    world = play(calls, [Move(0, 0, 0)], **CHATTING)
    assert time_of(world, ENGAGED)[:3] == [100, 100, 0]
    assert time_of(world, BUSY)[:3] == [50 / 2 + 50, 50 + 50 / 2, 0]
    assert total(world, ANSWERED_WAIT_S) == 0


def test_a_slower_agent_takes_longer() -> None:
    # Of speed 0.8 on the phone and 1.6 in chat: 80 s of a call take 100 s, and of a chat 50 s.
    both = {"queues": [PHONE, CHAT], "pools": [Pool({"phone": 0, "chat": 0})]}
    slow_and_quick = {**both, "speeds": [[0.8, 1.6]]}
    calls = [Call(0, 80), Call(10, 80, queue="chat")]
    world = play(calls, [Move(0, 0, 0)], **slow_and_quick)
    assert total(world, ANSWERED_WAIT_S, queue=1) == 90
    assert time_of(world, ENGAGED)[:2] == [100, 50]


def test_chats_at_once_are_slower_with_a_slower_agent() -> None:
    # Half as fast: alone until 50 the first has 75 s of its 100 left, which side by side, each at
    # a quarter of the usual speed, take 300 s more; then 25 s are left to the second, in 50 s.
    calls = [Call(0, 100, queue="chat"), Call(50, 100, queue="chat"), Call(60, 1, queue="chat")]
    world = play(calls, [Move(0, 0, 0)], speeds=[[0.5]], **CHATTING)
    assert total(world, ANSWERED_WAIT_S) == 350 - 60


def test_a_third_chat_waits_for_a_free_slot() -> None:
    calls = [Call(0, 100, queue="chat"), Call(50, 100, queue="chat"), Call(60, 1, queue="chat")]
    world = play(calls, [Move(0, 0, 0)], **CHATTING)
    assert total(world, ANSWERED_WAIT_S) == 150 - 60


def test_a_chat_goes_to_the_agent_with_the_fewest() -> None:
    # Agent 0 chats, agent 1 comes later and has been idle for less: the second chat is still its.
    calls = [Call(0, 100, queue="chat"), Call(50, 100, queue="chat")]
    world = play(calls, [Move(0, 0, 0), Move(40, 1, 0)], **CHATTING)
    assert time_of(world, BUSY)[:2] == [(100 + 50) / 2, 50 / 2]  # nobody holds two


def test_who_is_on_the_phone_takes_no_chat() -> None:
    both = Pool({"phone": 0, "chat": 0})
    calls = [Call(0, 100), Call(10, 30, queue="chat"), Call(20, 30, queue="chat")]
    world = play(calls, [Move(0, 0, 0)], queues=[PHONE, CHAT], pools=[both])
    assert total(world, ANSWERED_WAIT_S, queue=1) == 90 + 80  # both begin when the call ends
    # and a call does not interrupt chats
    calls = [Call(0, 30, queue="chat"), Call(10, 100)]
    world = play(calls, [Move(0, 0, 0)], queues=[PHONE, CHAT], pools=[both])
    assert total(world, ANSWERED_WAIT_S, queue=0) == 20


def test_the_longest_idle_agent_takes_the_call() -> None:
    # Agent 0 is idle since 60, agent 1 since 30: the call at 100 is agent 1's. It is told apart
    # by the pool that each works in.
    pools = [Pool({"phone": 0}), Pool({"phone": 0})]
    calls = [Call(0, 60), Call(1, 29), Call(100, 7)]
    world = play(calls, [Move(0, 0, 0), Move(0.5, 1, 1)], pools=pools)
    assert time_of(world, BUSY, pool=0)[:2] == [60, 0]
    assert time_of(world, BUSY, pool=1)[:2] == [29, 7]


def test_the_preferred_pool_goes_before_the_longest_idle() -> None:
    pools = [Pool({"phone": 0}), Pool({"phone": 0}, {"phone": 1})]
    calls = [Call(0, 60), Call(1, 29), Call(100, 7)]
    world = play(calls, [Move(0, 0, 0), Move(0.5, 1, 1)], pools=pools)
    assert time_of(world, BUSY, pool=0)[:2] == [60, 7]


def test_a_call_at_the_end_of_the_shift_is_finished() -> None:
    world = play([Call(80, 50), Call(90, 10)], [Move(0, 0, 0), Move(100, 0, -1)])
    assert total(world, ANSWERED) == 1  # the second finds nobody any more
    assert time_of(world, AVAILABLE)[:2] == [100, 30]  # until 130
    assert time_of(world, BUSY)[:2] == [20, 30]


def test_a_break_that_begins_later_ends_later() -> None:
    # The call of 80 ends at 130, 30 s into the break of 100; so the agent is back at 230.
    back = Move(200, 0, 0, Kind.RETURN)
    world = play([Call(80, 50), Call(210, 10)], [Move(0, 0, 0), Move(100, 0, -1), back])
    assert total(world, ANSWERED_WAIT_S) == 20
    assert time_of(world, AVAILABLE)[:3] == [100, 30, 70]


def test_even_if_the_call_lasts_longer_than_the_break() -> None:
    back = Move(110, 0, 0, Kind.RETURN)
    world = play([Call(80, 50), Call(90, 10)], [Move(0, 0, 0), Move(100, 0, -1), back])
    assert total(world, ANSWERED_WAIT_S) == 140 - 90  # the break is from 130 to 140
    assert time_of(world, AVAILABLE)[:2] == [100, 90]


def test_a_break_in_time_ends_in_time() -> None:
    back = Move(200, 0, 0, Kind.RETURN)
    world = play([Call(20, 50), Call(210, 10)], [Move(0, 0, 0), Move(100, 0, -1), back])
    assert time_of(world, AVAILABLE)[:3] == [100, 0, 100]


@pytest.mark.parametrize(("at", "pool"), [(220, 1), (220, -1)])
def test_who_is_late_from_a_break_follows_the_roster_all_the_same(at: float, pool: int) -> None:
    # Due back at 200, late until 230; in the meantime the roster says something else.
    moves = [Move(0, 0, 0), Move(100, 0, -1), Move(200, 0, 0, Kind.RETURN), Move(at, 0, pool)]
    pools = [Pool({"phone": 0}), Pool({"phone": 0})]
    world = play([Call(80, 50)], moves, pools=pools)
    assert time_of(world, AVAILABLE, pool=0)[:3] == [100, 30, 0]
    assert time_of(world, AVAILABLE, pool=1)[2] == (70 if pool == 1 else 0)


def test_an_agent_whose_next_shift_begins_before_the_call_ended_goes_on() -> None:
    moves = [Move(0, 0, 0), Move(100, 0, -1), Move(110, 0, 0)]
    world = play([Call(80, 50), Call(90, 10)], moves)
    assert total(world, ANSWERED_WAIT_S) == 130 - 90
    assert time_of(world, AVAILABLE)[:2] == [100, 100]


def test_a_call_comes_along_to_the_next_queue() -> None:
    pools = [Pool({"phone": 0}), Pool({"chat": 0})]
    calls = [Call(80, 50), Call(110, 10, queue="chat")]
    world = play(calls, [Move(0, 0, 0), Move(100, 0, 1)], queues=[PHONE, CHAT], pools=pools)
    assert time_of(world, BUSY, pool=0)[:2] == [20, 0]
    assert time_of(world, BUSY, pool=1)[1] == 30 + 10 / 2
    assert total(world, ANSWERED_WAIT_S, queue=1) == 130 - 110


def test_an_email_is_laid_aside_at_the_end_of_the_shift_and_not_lost() -> None:
    moves = [Move(0, 0, 0), Move(60, 0, -1), Move(500, 1, 0)]
    world = play([Call(0, 100, queue="mail")], moves, **MAILING)
    assert total(world, ANSWERED) == 1
    assert world.tally[0, :, FINISHED].tolist() == [0, 0, 0, 0, 0, 1, 0, 0, 0, 0]
    assert time_of(world, BUSY) == [60, 0, 0, 0, 0, 40, 0, 0, 0, 0]  # nothing is done twice
    assert total(world, DUE) == 1
    assert total(world, IN_TIME) == 0  # due at 300


def test_or_goes_to_a_colleague_who_is_free() -> None:
    moves = [Move(0, 0, 0), Move(10, 1, 0), Move(60, 0, -1)]
    world = play([Call(0, 100, queue="mail")], moves, **MAILING)
    assert time_of(world, BUSY)[0] == 100
    assert total(world, IN_TIME) == 1


def test_emails_are_done_by_deadline_across_queues() -> None:
    urgent = replace(MAIL, name="urgent", deadline_s=50.0)
    calls = [Call(0, 100, queue="mail"), Call(1, 100, queue="mail"), Call(40, 100, queue="urgent")]
    pools = [Pool({"mail": 0, "urgent": 0})]
    world = play(calls, [Move(0, 0, 0)], queues=[MAIL, urgent], pools=pools)
    # At 100 the urgent one (due at 90) goes before the mail of 1 (due at 301).
    assert world.tally[1, :, FINISHED].tolist()[2] == 1
    assert total(world, IN_TIME, queue=1) == 0
    assert total(world, IN_TIME, queue=0) == 2  # done at 100 and at 300, due at 300 and 301


def test_a_customer_goes_before_an_email() -> None:
    calls = [Call(0, 100), Call(10, 50, queue="mail"), Call(90, 10)]
    world = play(calls, [Move(0, 0, 0)], **BLENDED)
    assert total(world, ANSWERED_WAIT_S, queue=0) == 10


@pytest.mark.parametrize(("interruptible", "wait"), [(False, 80), (True, 0)])
def test_an_email_in_hand_is_finished_first_unless_it_may_be_laid_aside(
    interruptible: bool, wait: float
) -> None:
    mail = replace(MAIL, interruptible=interruptible)
    calls = [Call(0, 100, queue="mail"), Call(20, 30)]
    world = play(calls, [Move(0, 0, 0)], queues=[PHONE, mail], pools=BLENDED["pools"])
    assert total(world, ANSWERED_WAIT_S, queue=0) == wait
    assert sum(time_of(world, BUSY)) == 130
    assert total(world, IN_TIME, queue=1) == 1


def test_what_came_before_the_grid_waits_but_does_not_count() -> None:
    calls = [Call(-100, 100, queue="mail"), Call(0, 100, queue="mail")]
    world = play(calls, [Move(0, 0, 0)], **MAILING)
    assert total(world, OFFERED) == 1
    assert total(world, ANSWERED_WAIT_S) == 100  # the older one goes first
    assert total(world, FINISHED) == 2


def test_deadlines_beyond_the_grid_are_not_judged_unless_done() -> None:
    # Due at 800 and done late, due at 1100 and not done (nobody knows), done at 950 of 1250.
    calls = [Call(500, 1, queue="mail"), Call(800, 300, queue="mail"), Call(949, 1, queue="mail")]
    moves = [Move(850, 0, 0), Move(852, 0, -1), Move(949.5, 1, 0)]
    world = play(calls[:1] + calls[2:], moves, **MAILING)
    assert (total(world, DUE), total(world, IN_TIME)) == (2, 1)
    world = play(calls[:2], moves[:2], **MAILING)
    assert (total(world, DUE), total(world, IN_TIME)) == (1, 0)


def test_a_smaller_group_lets_idle_agents_go_first() -> None:
    changes = [Turn(0, Kind.JOIN, 0), Turn(0, Kind.JOIN, 0), Turn(50, Kind.DROP, 0)]
    world = play([Call(0, 200), Call(60, 10)], changes)
    assert time_of(world, AVAILABLE)[:3] == [150, 100, 100]
    assert total(world, ANSWERED_WAIT_S) == 200 - 60


def test_else_whoever_finishes_first() -> None:
    changes = [Turn(0, Kind.JOIN, 0), Turn(0, Kind.JOIN, 0), Turn(50, Kind.DROP, 0)]
    world = play([Call(0, 200), Call(1, 99), Call(60, 10)], changes)
    assert total(world, ANSWERED_WAIT_S) == 200 - 60  # not at 100, when the one to go is free
    assert time_of(world, AVAILABLE)[:3] == [200, 100, 100]


def test_who_was_to_go_stays_if_the_group_grows_again() -> None:
    changes = [
        Turn(0, Kind.JOIN, 0),
        Turn(50, Kind.DROP, 0),
        Turn(60, Kind.JOIN, 0),
    ]
    world = play([Call(0, 100), Call(10, 10)], changes)
    assert total(world, ANSWERED_WAIT_S) == 90
    assert time_of(world, AVAILABLE) == [100] * 10


def test_an_agent_who_comes_takes_what_waits() -> None:
    world = play([Call(0, 10), Call(5, 10)], [Move(30, 0, 0), Move(35, 1, 0)])
    assert total(world, ANSWERED_WAIT_S) == 30 + 30


def test_work_laid_aside_goes_on_at_the_speed_of_whoever_takes_it() -> None:
    # Agent 0, half as fast, does 50 of 100 s of a mail until 100; agent 1 does the rest twice as
    # fast as usual, in 25 s.
    speeds = [[1.0, 0.5], [1.0, 2.0]]
    changes = [Move(0, 0, 0), Move(100, 0, -1), Move(100, 1, 0)]
    world = play([Call(0, 100, queue="mail")], changes, speeds=speeds, **BLENDED)
    assert time_of(world, ENGAGED)[:2] == [100, 25]
    assert total(world, FINISHED, queue=1) == 1
