"""The balanced chat chain."""

import numpy as np
import pytest
from shiftcast.scheduling.queueing.chat import balanced_chat, finishing_rates
from shiftcast.scheduling.queueing.erlang import erlang_a, erlang_c

SLOWER = (1.0, 1.15, 1.35)


def test_a_handle_time_that_does_not_grow_makes_slots_into_agents() -> None:
    # Three chats at full speed each: five agents are fifteen.
    chat = balanced_chat(0.05, 240.0, 5, (1.0, 1.0, 1.0), 120.0, 30.0)
    phone = erlang_a(0.05, 240.0, 15, 120.0, 30.0)
    assert chat.line.p_wait == pytest.approx(phone.p_wait, rel=1e-12)
    assert chat.line.service_level() == pytest.approx(phone.service_level(), rel=1e-12)
    assert chat.slot_occupancy == pytest.approx(0.05 * 240 * phone.answered / 15, rel=1e-12)


def test_one_chat_at_a_time_without_patience_is_erlang_c() -> None:
    chat = balanced_chat(0.05, 240.0, 15, (1.0,), None, 30.0)
    phone = erlang_c(0.05, 240.0, 15, 30.0)
    assert chat.line.asa_s == pytest.approx(phone.asa_s, rel=1e-12)


def test_chats_finish_at_the_rate_of_evenly_spread_agents() -> None:
    # Two agents, h = 1 and 2: one chat 1; two 1 + 1; three 1 + 2/2; four 2/2 + 2/2.
    rates = finishing_rates(2, np.array([1.0, 2.0]))
    assert rates.tolist() == [1.0, 2.0, 2.0, 2.0]


def test_the_chain_solves_its_balance_equations() -> None:
    # The generator of the chain, cut at 80 waiting, solved as linear equations.
    rate, aht, agents, patience = 0.05, 300.0, 4, 100.0
    leave = finishing_rates(agents, np.array(SLOWER)) / aht
    leave = np.concatenate([leave, leave[-1] + np.arange(1, 81) / patience])
    size = leave.size + 1
    generator = np.diag(np.full(size - 1, rate), 1) + np.diag(leave, -1)
    generator -= np.diag(generator.sum(axis=1))
    generator[:, 0] = 1.0
    share = np.linalg.solve(generator.T, np.eye(size)[0])
    slots = agents * len(SLOWER)
    waiting = np.maximum(np.arange(size) - slots, 0)

    chat = balanced_chat(rate, aht, agents, SLOWER, patience)
    assert chat.line.p_wait == pytest.approx(share[slots:].sum(), rel=1e-9)
    assert chat.line.mean_wait_s * rate == pytest.approx(share @ waiting, rel=1e-9)
    taken = np.minimum(np.arange(size), slots)
    assert chat.slot_occupancy == pytest.approx(share @ taken / slots, rel=1e-9)


def test_chats_are_served_at_the_levels_of_their_agents() -> None:
    # Two agents, h = 1 and 2, patience 1, one chat a second: with m chats the weights are 1, 1,
    # 1/2, 1/4, 1/8 (finishing rates 1, 2, 2, 2), then those who wait: 1/8 ÷ 3, ÷ 3·4 …
    level = balanced_chat(1.0, 1.0, 2, (1.0, 2.0), 1.0).level_share
    waiting = sum(1 / 8 / np.prod(np.arange(3, 3 + count)) for count in range(1, 15))
    alone = 1 * 1 + 0.5 * 2 + 0.25 * 1
    both = 0.25 * 1 + (1 / 8 + waiting) * 2
    assert level == pytest.approx([alone / (alone + both), both / (alone + both)])


def test_more_chats_than_the_agents_can_finish_never_end_without_patience() -> None:
    # Three chats at 1.35 × 300 s: an agent finishes 3/405 a second; 0.03 a second need five.
    line = balanced_chat(0.03, 300.0, np.array([0, 4, 5]), SLOWER, None, 20.0).line
    assert line.p_wait[:2].tolist() == [1.0, 1.0]
    assert line.asa_s[:2].tolist() == [np.inf, np.inf]
    assert line.p_wait[2] < 1.0


def test_no_agents_and_no_chats() -> None:
    nobody = balanced_chat(0.03, 300.0, 0, SLOWER, 60.0, 20.0)
    assert nobody.line.abandonment == pytest.approx(1.0)
    idle = balanced_chat(0.0, 300.0, np.array([0, 3]), SLOWER, 60.0, 20.0)
    assert idle.slot_occupancy.tolist() == [0.0, 0.0]
    assert idle.line.service_level().tolist() == [1.0, 1.0]


def test_every_agent_helps_and_shapes_broadcast() -> None:
    chat = balanced_chat(np.array([[0.02], [0.2]]), 300.0, np.arange(30), SLOWER, 90.0, 30.0)
    assert chat.slot_occupancy.shape == (2, 30)
    assert (np.diff(chat.line.service_level(), axis=1) >= -1e-12).all()
    assert (np.diff(chat.line.abandonment, axis=1) <= 1e-12).all()
