"""How many contacts the simulation plays a second, random numbers included, and how many others do.

All times are CPU seconds of one process, in one run: what else the machine does changes the ratios
little.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from shiftcast.scheduling.simulation.engine import world
from shiftcast.scheduling.simulation.groups import AgentGroup, simulate_groups
from shiftcast.scheduling.simulation.queues import Patience, SimulatedQueue
from shiftcast.scheduling.simulation.replications import Replications
from shiftcast.scheduling.simulation.routing import Pool

from .simulator_environment import SIMULATORS

SKILLS = 6
PEERS, CUSTOMERS = ("simpy", "ciw"), 200_000
_AHT_S = 180.0
_FIRST_CALL = """
import time
begin = time.perf_counter()
from benchmarks.queueing.simulator_speed import single_skill
single_skill(2, 1)
print(time.perf_counter() - begin)
"""


@dataclass(frozen=True)
class Speed:
    """Contacts a second of one simulator; `waited` and `lost` show that it plays the same."""

    what: str
    a_second: float
    waited: float
    lost: float


def our_speeds(seed: int) -> Iterator[Speed]:
    yield _speed("single skill (M/M/100+M)", single_skill, seed)
    yield _speed(f"{SKILLS} skills, {SKILLS} groups", multi_skill, seed)


def peer_speeds(seed: int) -> Iterator[Speed]:
    """M/M/100+M in simpy and Ciw; nothing where their environment is not there."""
    if not SIMULATORS.is_ready():
        return
    for name in PEERS:
        program = Path(__file__).with_name("simulator_peer.py")
        words = [str(SIMULATORS.python), str(program), name, str(CUSTOMERS), str(seed)]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        said = json.loads(done.stdout)
        a_second = said["customers"] / said["cpu_seconds"]
        yield Speed(said["peer"], a_second, said["waited"], said["lost"])


def start_seconds() -> float:
    """Wall time of a new process from nothing to its first replications, compiled code kept."""
    words = [sys.executable, "-c", _FIRST_CALL]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return float(done.stdout)


def single_skill(replications: int, seed: int) -> Replications:
    """100 agents, 98 erlangs, patience 0.6 handle times; 20 hours a replication."""
    queue = SimulatedQueue("all", _AHT_S, Patience(0.6 * _AHT_S), within_s=20.0)
    contacts = np.full((1, 20), 98 * 3600 / _AHT_S)
    group = AgentGroup("all", np.full(20, 100), Pool({"all": 0}))
    return simulate_groups([queue], contacts, [group], 3600.0, replications=replications, seed=seed)


def multi_skill(replications: int, seed: int) -> Replications:
    """A chain: group g serves queue g first and helps out on the next; 15 to 20 agents each."""
    names = [f"queue {k}" for k in range(SKILLS)]
    queues = [SimulatedQueue(name, _AHT_S, Patience(120.0), within_s=20.0) for name in names]
    contacts = np.array([np.full(20, (14 + k) * 3600 / _AHT_S) for k in range(SKILLS)])
    groups = []
    for g in range(SKILLS):
        ranks = {names[g]: 0, names[(g + 1) % SKILLS]: 1}
        groups.append(AgentGroup(f"group {g}", np.full(20, 15 + g), Pool(ranks, ranks)))
    return simulate_groups(queues, contacts, groups, 3600.0, replications=replications, seed=seed)


def _speed(what: str, play: Callable[[int, int], Replications], seed: int) -> Speed:
    play(1, seed)
    begin = time.process_time()
    played = play(50, seed)
    spent = time.process_time() - begin
    counts = played.contacts.sum(axis=(0, 1, 2), dtype=float)
    offered = counts[world.OFFERED]
    waited, lost = counts[world.WAITED] / offered, counts[world.ABANDONED] / offered
    return Speed(what, offered / spent, waited, lost)
