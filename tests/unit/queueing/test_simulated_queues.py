"""The formulas against event simulations that share nothing with them."""

import heapq

import numpy as np
import pytest
from shiftcast.scheduling.queueing.chat import balanced_chat
from shiftcast.scheduling.queueing.erlang import erlang_a

CONTACTS = 120_000
WARM_UP = 5_000


def simulate_phone(
    rate: float, aht: float, agents: int, patience: float, within: float, seed: int
) -> dict[str, float]:
    """First come, first served: a customer is answered when the first agent comes free, unless
    patience runs out before."""
    rng = np.random.default_rng(seed)
    arrivals = np.cumsum(rng.exponential(1 / rate, CONTACTS))
    patiences, handles = rng.exponential(patience, CONTACTS), rng.exponential(aht, CONTACTS)
    free_at = [0.0] * agents
    waits, answered = np.empty(CONTACTS), np.empty(CONTACTS, dtype=bool)
    for i, (arrival, gives_up, handle) in enumerate(zip(arrivals, patiences, handles, strict=True)):
        offered_wait = max(free_at[0] - arrival, 0.0)
        answered[i] = offered_wait <= gives_up
        waits[i] = min(offered_wait, gives_up)
        if answered[i]:
            heapq.heapreplace(free_at, arrival + offered_wait + handle)
    waits, answered = waits[WARM_UP:], answered[WARM_UP:]
    return {
        "p_wait": float((waits > 0).mean()),
        "abandonment": float((~answered).mean()),
        "asa_s": float(waits[answered].mean()),
        "answered_within": float((answered & (waits <= within)).mean()),
        "abandoned_within": float((~answered & (waits <= within)).mean()),
    }


@pytest.mark.parametrize(
    ("agents", "seed"), [(45, 1), (50, 2)], ids=["more load than agents", "a little spare"]
)
def test_erlang_a_agrees_with_a_simulation(agents: int, seed: int) -> None:
    line = erlang_a(0.8, 60.0, agents, 120.0, 20.0)
    seen = simulate_phone(0.8, 60.0, agents, 120.0, 20.0, seed)
    # Waits of neighbours are alike: about 4,000 independent busy spells stand behind a share.
    for name in ("p_wait", "abandonment", "answered_within", "abandoned_within"):
        assert seen[name] == pytest.approx(float(getattr(line, name)), abs=0.02), name
    assert seen["asa_s"] == pytest.approx(float(line.asa_s), rel=0.06)


def simulate_chat(
    rate: float, handle_s: list[float], agents: int, patience: float, seed: int
) -> tuple[float, float]:
    """Shares that find every slot taken, and that give up. Each agent is followed on its own and
    the next chat goes to one with the fewest."""
    rng = np.random.default_rng(seed)
    uniform, limit = rng.random(2 * CONTACTS), len(handle_s)
    finishing = [0.0] + [chats / handle_s[chats - 1] for chats in range(1, limit + 1)]
    at_level = [agents] + [0] * limit  # agents with 0, 1, … chats
    queue = arrived = waited = left = 0
    for draw in uniform:
        rates = [count * finishing[level] for level, count in enumerate(at_level)]
        point = draw * (rate + queue / patience + sum(rates))
        if point < rate:
            arrived += 1
            level = next((i for i in range(limit) if at_level[i]), None)
            if level is None:
                waited += 1
                queue += 1
            else:
                at_level[level] -= 1
                at_level[level + 1] += 1
            continue
        point -= rate
        if point < queue / patience:
            queue -= 1
            left += 1
            continue
        point -= queue / patience
        level = 1
        while level < limit and point >= rates[level]:
            point -= rates[level]
            level += 1
        if queue:
            queue -= 1  # the free slot is taken at once
        else:
            at_level[level] -= 1
            at_level[level - 1] += 1
    return waited / arrived, left / arrived


def test_balanced_chat_is_close_to_agents_followed_one_by_one() -> None:
    # Spreading evenly at once is slightly optimistic: within 5 % of the true chain.
    handle_s = [300.0, 390.0, 480.0]
    p_wait, abandonment = simulate_chat(0.03, handle_s, 5, 180.0, seed=3)
    line = balanced_chat(0.03, 300.0, 5, [1.0, 1.3, 1.6], 180.0).line
    assert float(line.p_wait) == pytest.approx(p_wait, rel=0.05)
    assert float(line.abandonment) == pytest.approx(abandonment, rel=0.07)
