"""The environment of the packages whose formulas are compared (pyworkforce, call-center-tools).

    python -m benchmarks.queueing.formula_environment [--python INTERPRETER]

pyworkforce has Erlang A from 0.5.4 on, which needs Python 3.12: name one if this one is older.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..peers_environment import PeersEnvironment

COMMAND = "python -m benchmarks.queueing.formula_environment"
FORMULA_PEERS = PeersEnvironment(
    ".venv-peers-formulas", Path(__file__).with_name("formula_peers.txt")
)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--python", default=sys.executable, metavar="INTERPRETER")
    asked = parser.parse_args()
    if FORMULA_PEERS.is_ready():
        print(f"{FORMULA_PEERS.name} is there; delete the folder to make it anew.")
    else:
        FORMULA_PEERS.make(asked.python)


if __name__ == "__main__":
    main()
