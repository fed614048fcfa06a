"""Reply rates of chat, against theory and against a simulation of every turn."""

import heapq
from collections import deque
from random import Random

import numpy as np
import pytest
from shiftcast.data.replies import ReplyTarget, ReplyUnit
from shiftcast.data.targets import Channel, QueueProfile, ServiceTarget
from shiftcast.scheduling.queueing.performance import QueuePerformance, performance
from shiftcast.scheduling.queueing.replies import turn_in_time, work_share

THREE = (1.0, 1.16, 1.386)
"""h_i of agents who work 40 % of the time on a chat alone: R_1 = .4, Q_1 = .4; R_2 = .4 × 1.4,
cycle .6 + .56 = 1.16, Q_2 = 2 × .56/1.16; R_3 = .4 (1 + Q_2) = .786, cycle 1.386."""


def chat(target: ReplyTarget, multiples: tuple[float, ...] = THREE) -> QueueProfile:
    return QueueProfile(
        "chat",
        Channel.CHAT,
        ServiceTarget(reply=target),
        patience_s=240.0,
        aht_by_concurrency=multiples,
    )


def test_handle_times_tell_how_much_of_a_chat_is_work() -> None:
    assert work_share(THREE) == pytest.approx(0.4, abs=1e-3)
    assert work_share((1.0, 1.0, 1.0)) == 0.0  # others cost nothing
    assert work_share((1.0, 2.0)) == 1.0  # as long as one after the other
    assert work_share((1.0,)) == 1.0


def test_one_chat_at_a_time_is_replied_to_in_an_exponential_time() -> None:
    # 300 s of work on 6 turns: 50 s each.
    in_time = turn_in_time(np.array([300.0]), (1.0,), 6.0, 30.0)
    assert in_time == pytest.approx(1 - np.exp(-30 / 50))


def test_two_chats_by_hand() -> None:
    # Cycle 1 + u² = 1.25, so u = 1/2, w = c = 25 s of a 50 s cycle. The other chat's customer
    # thinks or has a turn with the agent, half the time each; then two works have to end.
    in_time = turn_in_time(np.array([300.0]), (1.0, 1.25), 6.0, 40.0)[0]
    one, two = 1 - np.exp(-1.6), 1 - np.exp(-1.6) * (1 + 1.6)
    assert in_time == pytest.approx([one, (one + two) / 2])


def test_chats_served_in_turn_wait_for_all_others() -> None:
    in_time = turn_in_time(np.array([100.0]), (1.0, 2.0), 1.0, 100.0)[0]
    assert in_time == pytest.approx([1 - np.exp(-1), 1 - 2 * np.exp(-1)])


def test_effortless_replies_are_immediate() -> None:
    assert turn_in_time(np.array([300.0]), (1.0, 1.0), 6.0, 1.0).tolist() == [[1.0, 1.0]]


def test_customers_are_replied_to_when_an_agent_takes_them() -> None:
    target = ReplyTarget(within_s=30.0, counts=ReplyUnit.CUSTOMERS)
    level = ServiceTarget(service_level=0.8, within_s=30.0)
    same = QueueProfile("c", Channel.CHAT, level, patience_s=240.0, aht_by_concurrency=THREE)
    rate = performance(chat(target), 0.04, 300.0, 5).reply_rate
    assert rate == performance(same, 0.04, 300.0, 5).service_level


def test_no_agents_no_replies_and_no_reply_rate_without_a_target() -> None:
    for counts in ReplyUnit:
        target = ReplyTarget(within_s=30.0, counts=counts)
        assert performance(chat(target), 0.04, 300.0, 0).reply_rate == 0.0
    assert np.isnan(performance(QueueProfile("q"), 0.04, 300.0, 20).reply_rate)


@pytest.mark.parametrize("counts", ReplyUnit)
def test_every_agent_helps(counts: ReplyUnit) -> None:
    rates = performance(
        chat(ReplyTarget(within_s=60.0, counts=counts)), 0.1, 300.0, np.arange(40)
    ).reply_rate
    assert (np.diff(rates) >= -1e-12).all()
    assert rates[-1] <= 1.0


def test_the_model_agrees_with_a_simulation_of_every_turn() -> None:
    # What the model leaves out (an agent's number of chats changes while a chat lasts) costs less
    # than two points; 12,000 customers leave a standard error of half a point.
    measured = simulated(agents=5, rate=0.03, patience=240.0, within=30.0, customers=12_000)
    for counts, share in zip(ReplyUnit, measured, strict=True):
        result: QueuePerformance = performance(
            chat(ReplyTarget(within_s=30.0, counts=counts)), 0.03, 300.0, 5
        )
        assert result.reply_rate == pytest.approx(share, abs=0.025)


def simulated(
    agents: int, rate: float, patience: float, within: float, customers: int
) -> tuple[float, float, float]:
    """Reply rates by customers, turns and whole chats of agents who hold up to three chats of six
    turns, with 20 s of work and 30 s of thought each; the least busy agent takes a chat, and its
    first turn is replied to then."""
    draw = Random(11)
    events: list[tuple[float, int, str, dict[str, float]]] = []
    queue: deque[dict[str, float]] = deque()
    work: list[deque[dict[str, float]]] = [deque() for _ in range(agents)]
    held = [0] * agents
    firsts = turns = in_time = whole = ended = 0

    def later(mean: float, kind: str, chat: dict[str, float], now: float) -> None:
        heapq.heappush(events, (now + draw.expovariate(1 / mean), len(events), kind, chat))

    def write(chat: dict[str, float], now: float) -> None:
        chat["written"] = now
        desk = work[int(chat["agent"])]
        desk.append(chat)
        if len(desk) == 1:
            later(20.0, "worked", chat, now)

    def take(chat: dict[str, float], agent: int, now: float) -> None:
        nonlocal firsts, turns, in_time
        held[agent] += 1
        good = now - chat["came"] <= within
        chat.update(agent=agent, good=good, first=True)
        firsts, turns, in_time = firsts + good, turns + 1, in_time + good
        write(chat, now)

    later(1 / rate, "came", {}, 0.0)
    while ended < customers:
        now, _, kind, chat = heapq.heappop(events)
        if kind == "came":
            later(1 / rate, "came", {}, now)
            chat["came"] = now
            agent = held.index(min(held))
            if held[agent] < 3:
                take(chat, agent, now)
            else:
                queue.append(chat)
                later(patience, "left", chat, now)
        elif kind == "left" and "agent" not in chat:
            queue.remove(chat)
            turns, ended = turns + 1, ended + 1
        elif kind == "worked":
            desk = work[int(chat["agent"])]
            desk.popleft()
            if desk:
                later(20.0, "worked", desk[0], now)
            if not chat["first"]:
                good = now - chat["written"] <= within
                turns, in_time = turns + 1, in_time + good
                chat["good"] = chat["good"] and good
            chat["first"] = False
            later(30.0, "thought", chat, now)
        elif kind == "thought":
            if draw.random() < 1 / 6:
                agent = int(chat["agent"])
                whole, ended, held[agent] = whole + int(chat["good"]), ended + 1, held[agent] - 1
                if queue:
                    take(queue.popleft(), agent, now)
            else:
                write(chat, now)
    return firsts / ended, in_time / turns, whole / ended
