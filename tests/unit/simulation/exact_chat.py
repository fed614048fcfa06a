"""The exact chain of a few chat agents, for comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np


@dataclass(frozen=True)
class ExactChat:
    """Shares of offered chats, and of the agents' time and slots."""

    p_wait: float
    abandonment: float
    slots_filled: float
    agents_engaged: float


State = tuple[int, ...]  # agents that hold 0, 1 … limit chats, and how many customers wait


def exact_chat(
    rate: float, handle_s: Sequence[float], patience_s: float, agents: int, longest_line: int
) -> ExactChat:
    """Stationary chain of `agents` who hold up to len(handle_s) chats, `handle_s[i - 1]` seconds
    each while they hold i; a chat goes to who holds fewest, and waits only if all are full."""
    limit = len(handle_s)
    splits = [
        split for split in product(range(agents + 1), repeat=limit + 1) if sum(split) == agents
    ]
    states: list[State] = [(*split, 0) for split in splits]
    full = (*(0 for _ in range(limit)), agents)
    states += [(*full, waiting) for waiting in range(1, longest_line + 1)]
    number = {state: i for i, state in enumerate(states)}
    flow = np.zeros((len(states), len(states)))
    for state in states:
        for target, speed in _steps(state, rate, handle_s, patience_s, longest_line):
            flow[number[state], number[target]] += speed
            flow[number[state], number[state]] -= speed
    equations = np.vstack([flow.T, np.ones(len(states))])
    share = np.linalg.lstsq(equations, np.array([*np.zeros(len(states)), 1.0]), rcond=None)[0]
    waiting = np.array([state[-1] for state in states])
    chats = np.array([sum(i * n for i, n in enumerate(state[:-1])) for state in states])
    idle = np.array([state[0] for state in states])
    return ExactChat(
        p_wait=float(share[[state[limit] == agents for state in states]].sum()),
        abandonment=float(share @ waiting / patience_s / rate),
        slots_filled=float(share @ chats / (agents * limit)),
        agents_engaged=float(1 - share @ idle / agents),
    )


def _steps(
    state: State, rate: float, handle_s: Sequence[float], patience_s: float, longest_line: int
) -> Iterator[tuple[State, float]]:
    levels, waiting = state[:-1], state[-1]
    least = next(i for i, n in enumerate(levels) if n > 0)
    if least < len(handle_s):
        yield (*_moved(levels, least, least + 1), waiting), rate
    elif waiting < longest_line:
        yield (*levels, waiting + 1), rate
    for held, time in enumerate(handle_s, start=1):
        speed = levels[held] * held / time
        if speed > 0 and waiting > 0:
            yield (*levels, waiting - 1), speed
        elif speed > 0:
            yield (*_moved(levels, held, held - 1), waiting), speed
    if waiting > 0:
        yield (*levels, waiting - 1), waiting / patience_s


def _moved(levels: State, source: int, target: int) -> State:
    counts = list(levels)
    counts[source] -= 1
    counts[target] += 1
    return tuple(counts)
