"""Help answers at once and tells of every command."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from shiftcast.cli.app import COMMANDS

from tests.cli.conftest import Shiftcast

HEAVY = ("prophet", "pandas", "numpy", "numba", "ortools", "plotly", "scipy", "pyarrow", "pydantic")
SCRIPT = """
import sys
sys.argv = ["shiftcast", "--help"]
try:
    from shiftcast.cli.app import main
    main()
except SystemExit:
    pass
print(",".join(name for name in {heavy!r} if name in sys.modules))
"""


def test_help_imports_nothing_heavy_and_takes_half_a_second() -> None:
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(heavy=HEAVY)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    spent = time.perf_counter() - begin
    assert done.stdout.splitlines()[-1] == ""
    # Half a second on a machine of its own; twice that while other tests run beside.
    assert spent < 1.0


@pytest.mark.parametrize("command", [command.__name__ for command in COMMANDS])
def test_every_command_has_help(shiftcast: Shiftcast, command: str) -> None:
    result = shiftcast(command, "--help")
    assert result.exit_code == 0
    assert f"shiftcast {command}" in result.stdout
    assert command in shiftcast("--help").stdout


def test_version_is_said(shiftcast: Shiftcast) -> None:
    assert shiftcast("--version").stdout.startswith("shiftcast 0.")
