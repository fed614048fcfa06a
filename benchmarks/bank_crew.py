"""The made-up crew of the large bank: 300 agents, their leave and their requests, from a seed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

Row = Sequence[object]

AGENTS_HEADER = (
    "id", "name", "team", "contract", "skills", "hourly_cost", "email",
    "mon", "tue", "wed", "thu", "fri", "sat", "sun",
)  # fmt: skip
TIME_OFF_HEADER = ("agent", "from", "to", "paid", "kind")
REQUESTS_HEADER = ("agent", "date", "kind", "value", "weight")

_FIRST = (
    "Alice", "Brian", "Carla", "Derek", "Elena", "Frank", "Grace", "Henry", "Irene", "James",
    "Karen", "Louis", "Maria", "Nathan", "Olivia", "Paul", "Quinn", "Rosa", "Steven", "Teresa",
)  # fmt: skip
_LAST = (
    "Adams", "Baker", "Carter", "Diaz", "Evans", "Foster", "Garcia", "Hughes", "Ingram", "Jones",
    "Keller", "Lopez", "Moore", "Nelson", "Owens", "Price", "Reyes", "Scott", "Turner", "Walsh",
)  # fmt: skip
_TEAM_SIZE = 15
_CONTRACT_SHARES = (("full", 0.58), ("long", 0.14), ("part", 0.28))
_MORNINGS, _EVENINGS = "07:00-15:00", "13:00-21:00"


def draw_agents(count: int, rng: np.random.Generator) -> list[Row]:
    """Rows of agents.csv: teams of fifteen, three contracts, some hours that not everybody works.

    A quarter of the part-timers work mornings only, a quarter afternoons; one full-timer in
    twelve leaves by 17:30; one in five on long days does not work on Wednesdays.
    """
    whole = rng.permutation(len(_FIRST) * len(_LAST))[:count]
    contracts = _contracts(count, rng)
    rows: list[Row] = []
    for i in range(count):
        first, last = _FIRST[whole[i] % len(_FIRST)], _LAST[whole[i] // len(_FIRST)]
        team = f"Team {i // _TEAM_SIZE + 1:02d}"
        cost = 24 if i % _TEAM_SIZE == 0 else ""
        mail = f"{first}.{last}@example.com".lower()
        hours = _hours(contracts[i], rng)
        rows.append(
            (f"L{i + 1:03d}", f"{first} {last}", team, contracts[i], "calls", cost, mail, *hours)
        )
    return rows


def _contracts(count: int, rng: np.random.Generator) -> list[str]:
    named = [name for name, share in _CONTRACT_SHARES for _ in range(round(share * count))]
    named = (named + [_CONTRACT_SHARES[0][0]] * count)[:count]
    return [named[i] for i in rng.permutation(count)]


def _hours(contract: str, rng: np.random.Generator) -> tuple[str, ...]:
    draw = rng.random()
    days = [""] * 5
    if contract == "part" and draw < 0.5:
        days = [_MORNINGS if draw < 0.25 else _EVENINGS] * 5
    elif contract == "full" and draw < 1 / 12:
        days = ["07:00-17:30"] * 5
    elif contract == "long" and draw < 1 / 5:
        days[2] = "off"
    return (*days, "", "")


def draw_time_off(
    agents: Sequence[Row], mondays: Sequence[date], rng: np.random.Generator
) -> list[Row]:
    """Rows of time_off.csv: each week one agent in twenty is on leave, one in fifty is away a day.

    Nobody is away in two weeks.
    """
    order = [agents[i][0] for i in rng.permutation(len(agents))]
    rows: list[Row] = []
    for monday in mondays:
        for _ in range(len(agents) // 20):
            rows.append((order.pop(), monday, monday + timedelta(days=4), "yes", "annual leave"))
        for _ in range(len(agents) // 50):
            day = monday + timedelta(days=int(rng.integers(5)))
            rows.append((order.pop(), day, day, "yes", "training"))
    return rows


def draw_requests(
    agents: Sequence[Row],
    away: Sequence[Row],
    mondays: Sequence[date],
    rng: np.random.Generator,
) -> list[Row]:
    """Rows of requests.csv: each week one agent in seven, nobody on leave, wishes for something.

    Full-timers work all five weekdays, so that only the others wish for a day off.
    """
    absent = {row[0] for row in away}
    present = [agent for agent in agents if agent[0] not in absent]
    rows: list[Row] = []
    for monday in mondays:
        for i in sorted(rng.permutation(len(present))[: len(agents) // 7]):
            agent, _, _, contract = present[i][:4]
            day = monday + timedelta(days=int(rng.integers(5)))
            kinds = ["start_from", "end_by"] if contract == "full" else ["day_off"]
            kind = str(rng.choice(kinds))
            value = {"day_off": "", "start_from": "10:00", "end_by": "17:00"}[kind]
            rows.append((agent, day, kind, value, int(rng.integers(1, 6))))
    return rows
