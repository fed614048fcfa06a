"""Least agents for 10,000 offered loads: the integers against reference ones, and the time.

    python -m benchmarks.required_agents FILE.csv [--runs N]

reads load_erl and required_agents (Erlang C, handle time 300 s, 80 % within 20 s, occupancy at most
85 %) and prints mismatches and seconds as JSON: the fastest and slowest of N runs in one process,
also with patience (Erlang A, 180 s), for which the file holds no reference.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from shiftcast.data.targets import QueueProfile, ServiceTarget
from shiftcast.scheduling.staffing.agents import agents_needed

AHT_S = 300.0
TARGET = ServiceTarget(service_level=0.8, within_s=20.0, max_occupancy=0.85)
PATIENT = QueueProfile("patient", target=TARGET)
IMPATIENT = QueueProfile("impatient", target=TARGET, patience_s=180.0)


def measure(cases: Path, runs: int = 5) -> dict[str, float]:
    """Mismatches with the reference, and seconds (least, most) for all loads at once."""
    table = np.genfromtxt(cases, delimiter=",", names=True)
    load, reference = table["load_erl"], table["required_agents"].astype(int)
    least, fastest, slowest = _timed(PATIENT, load, runs)
    _, fastest_a, slowest_a = _timed(IMPATIENT, load, runs)
    return {
        "loads": len(load),
        "mismatches": int((least != reference).sum()),
        "erlang_c_seconds_least": fastest,
        "erlang_c_seconds_most": slowest,
        "erlang_a_seconds_least": fastest_a,
        "erlang_a_seconds_most": slowest_a,
    }


def _timed(
    profile: QueueProfile, load: NDArray[np.float64], runs: int
) -> tuple[NDArray[np.int64], float, float]:
    spent = []
    for _ in range(runs):
        begin = time.perf_counter()
        least = agents_needed(profile, load / AHT_S, AHT_S).least
        spent.append(time.perf_counter() - begin)
    return least, round(min(spent), 4), round(max(spent), 4)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    print(json.dumps(measure(asked.cases, asked.runs)))


if __name__ == "__main__":
    main()
