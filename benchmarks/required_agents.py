"""Least agents for 10,000 offered loads: the integers against reference ones, and the time.

    python -m benchmarks.required_agents FILE.csv [--runs N] [--peers]

reads load_erl and required_agents (Erlang C, handle time 300 s, 80 % within 20 s, occupancy at most
85 %) and prints mismatches and seconds as JSON: the fastest and slowest of N runs in one process,
also with patience (Erlang A, 180 s), for which the file holds no reference. With `--peers` the same
loads are asked of call-center-tools and pyworkforce in their own environment (see
`benchmarks.queueing.formula_environment`), with patience for a few loads around 100 erlangs only:
pyworkforce takes seconds for each.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shiftcast.data.targets import QueueProfile, ServiceTarget
from shiftcast.scheduling.staffing.agents import agents_needed

from .queueing.formula_environment import COMMAND, FORMULA_PEERS

AHT_S = 300.0
TARGET = ServiceTarget(service_level=0.8, within_s=20.0, max_occupancy=0.85)
PATIENT = QueueProfile("patient", target=TARGET)
IMPATIENT = QueueProfile("impatient", target=TARGET, patience_s=180.0)
IMPATIENT_LOADS = [95.0, 100.0, 105.0]
PEER = Path(__file__).parent / "queueing" / "formula_peer.py"


def measure(cases: Path, runs: int = 5) -> dict[str, Any]:
    """Mismatches with the reference, and seconds (least, most) for all loads at once."""
    load, reference = _cases(cases)
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


def peers(cases: Path, ours: dict[str, Any]) -> dict[str, Any]:
    """Seconds, mismatches and how many times our (slowest) seconds the other packages take; with
    patience, for as many loads."""
    if not FORMULA_PEERS.is_ready():
        raise SystemExit(f"The packages to compare with are not there: {COMMAND}")
    load, reference = _cases(cases)
    words = json.dumps({"loads": load.tolist(), "impatient_loads": IMPATIENT_LOADS})
    command = [str(FORMULA_PEERS.python), str(PEER)]
    done = subprocess.run(command, input=words, capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    result: dict[str, Any] = {"python": said["python"], "versions": said["versions"]}
    for name, found in said["packages"].items():
        patient = len(found["agents"]) == len(load)
        own = ours["erlang_c_seconds_most" if patient else "erlang_a_seconds_most"]
        own *= len(found["agents"]) / len(load)
        result[name] = {
            "loads": len(found["agents"]),
            "seconds": round(found["seconds"], 3),
            "times_ours": round(found["seconds"] / own),
        }
        if patient:
            result[name]["mismatches"] = int((np.array(found["agents"]) != reference).sum())
    return result


def _cases(file: Path) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    table = np.genfromtxt(file, delimiter=",", names=True)
    return table["load_erl"], table["required_agents"].astype(np.int64)


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
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peers", action="store_true", help="the other packages as well")
    asked = parser.parse_args()
    result = measure(asked.cases, asked.runs)
    if asked.peers:
        result["peers"] = peers(asked.cases, result)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
