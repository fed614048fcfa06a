"""Everything about staffing and simulation, one after the other.

    python -m benchmarks.queueing [--quick] [--no-peers]

Reference values, required agents, requirements where arrivals change, the simulation, queues that
share agents, a requirement for nine weeks of ten, and a real bank's months. Folders come from
SHIFTCAST_DATA and SHIFTCAST_BENCHMARKS; peers need their environments (`formula_environment`,
`simulator_environment`). Ends with status 1 if a part fails, after all have run.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from ..folders import DATA, INSTANCES, named_folders

_TRAIN_UNTIL = "1999-02-12"


def parts(data: Path, instances: Path, scratch: Path, quick: bool, peers: bool) -> list[list[str]]:
    """The modules to run, with their arguments."""
    queueing = instances / "queueing"
    values = [str(queueing / "reference_values.csv"), "--output", str(scratch / "computed.csv")]
    calls = [str(data / "technion_bank_1999_calls.csv"), "--train-until", _TRAIN_UNTIL]
    return [
        ["reference_values", *values],
        ["required_agents", str(queueing / "required_agents.csv"), *(["--peers"] if peers else [])],
        ["queueing.time_varying", str(queueing), *(["--quick"] if quick else [])],
        ["queueing.simulator", *([] if peers else ["--no-peers"])],
        ["queueing.multiskill", "--minutes", "0.5" if quick else "5"],
        ["queueing.risk", *(["--weeks", "200"] if quick else [])],
        ["bank_reality", *calls],
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.queueing", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--quick", action="store_true", help="smaller runs, a few minutes in all")
    parser.add_argument("--no-peers", action="store_true", help="without other packages")
    asked = parser.parse_args()
    data, instances = named_folders([DATA, INSTANCES])
    failed = []
    with TemporaryDirectory() as scratch:
        for module, *arguments in parts(
            data, instances, Path(scratch), asked.quick, not asked.no_peers
        ):
            print(f"\n## {module}", flush=True)
            ended = subprocess.run([sys.executable, "-m", f"benchmarks.{module}", *arguments])
            if ended.returncode:
                failed.append(module)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
