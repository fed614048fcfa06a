"""The environment of the simulators that the product is compared with (simpy, Ciw).

python -m benchmarks.queueing.simulator_environment
"""

from __future__ import annotations

from pathlib import Path

from ..peers_environment import PeersEnvironment

COMMAND = "python -m benchmarks.queueing.simulator_environment"
SIMULATORS = PeersEnvironment(
    ".venv-peers-simulator", Path(__file__).with_name("simulator_peers.txt")
)


def main() -> None:
    if SIMULATORS.is_ready():
        print(f"{SIMULATORS.name} is there; delete the folder to make it anew.")
    else:
        SIMULATORS.make()


if __name__ == "__main__":
    main()
