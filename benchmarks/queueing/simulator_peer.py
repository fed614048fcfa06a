"""One peer playing M/M/100+M; runs in the peers' environment and imports nothing of ours.

    python simulator_peer.py {simpy|ciw} CUSTOMERS SEED

100 agents, 98 customers per handle time, patience 0.6 of it. Prints JSON: customers, CPU seconds,
the share that waits and the share that gives up, and the versions.
"""

from __future__ import annotations

import json
import platform
import random
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import Any

AGENTS, RATE, PATIENCE = 100, 98.0, 0.6

Shares = tuple[float, float]  # who waits, who gives up


def with_simpy(customers: int, seed: int) -> Shares:
    """A process for each customer, as simpy's own examples have it."""
    import simpy

    rng = random.Random(seed)
    env = simpy.Environment()
    agents = simpy.Resource(env, capacity=AGENTS)
    waited = lost = 0

    def customer() -> Iterator[Any]:
        nonlocal waited, lost
        waited += agents.count == AGENTS
        with agents.request() as asked:
            got = yield asked | env.timeout(rng.expovariate(1 / PATIENCE))
            if asked in got:
                yield env.timeout(rng.expovariate(1.0))
            else:
                lost += 1

    def arrivals() -> Iterator[Any]:
        for _ in range(customers):
            yield env.timeout(rng.expovariate(RATE))
            env.process(customer())

    env.process(arrivals())
    env.run()
    return waited / customers, lost / customers


def with_ciw(customers: int, seed: int) -> Shares:
    import ciw

    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=RATE)],
        service_distributions=[ciw.dists.Exponential(rate=1.0)],
        reneging_time_distributions=[ciw.dists.Exponential(rate=1 / PATIENCE)],
        number_of_servers=[AGENTS],
    )
    played = ciw.Simulation(network)
    played.simulate_until_max_customers(customers, method="Finish")
    records = played.get_all_records()
    waited = sum(record.waiting_time > 0 for record in records)
    lost = sum(record.record_type == "renege" for record in records)
    return waited / len(records), lost / len(records)


PEERS: dict[str, Callable[[int, int], Shares]] = {"simpy": with_simpy, "ciw": with_ciw}


def main() -> None:
    name, customers, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    PEERS[name](1000, seed)  # imports and whatever is made once
    begin = time.process_time()
    waited, lost = PEERS[name](customers, seed)
    spent = time.process_time() - begin
    said = {
        "peer": f"{name} {version(name)}, Python {platform.python_version()}",
        "customers": customers,
        "cpu_seconds": spent,
        "waited": waited,
        "lost": lost,
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main()
