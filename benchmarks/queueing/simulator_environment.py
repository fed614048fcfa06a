"""The environment of the simulators that the product is compared with (simpy, Ciw).

    python -m benchmarks.queueing.simulator_environment

makes it in `.venv-peers-simulator` at the project's root, with the versions of
`simulator_peers.txt`, from wherever pip is set up to install from. The folder keeps itself out of
version control.
"""

from __future__ import annotations

import subprocess
import venv
from pathlib import Path

FOLDER = Path(__file__).parents[2] / ".venv-peers-simulator"
PYTHON = FOLDER / "bin" / "python"
REQUIREMENTS = Path(__file__).with_name("simulator_peers.txt")
COMMAND = "python -m benchmarks.queueing.simulator_environment"
_MADE_FROM = FOLDER / "made-from.txt"


def is_ready() -> bool:
    """Whether it is there with the versions asked for."""
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    return _MADE_FROM.is_file() and _MADE_FROM.read_text(encoding="utf-8") == wanted


def make() -> None:
    """Makes it anew; it counts as ready only when everything is installed."""
    venv.create(FOLDER, clear=True, with_pip=True)
    (FOLDER / ".gitignore").write_text("*\n", encoding="utf-8")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--requirement", str(REQUIREMENTS)], check=True)
    _MADE_FROM.write_text(REQUIREMENTS.read_text(encoding="utf-8"), encoding="utf-8")


def main() -> None:
    if is_ready():
        print(f"{FOLDER.name} is there.")
    else:
        print(f"Installing into {FOLDER.name} …", flush=True)
        make()


if __name__ == "__main__":
    main()
