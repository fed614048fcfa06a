"""The command as a process of its own: how it is started, and whose standard output it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def process(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, **variables},
    )


def test_the_package_is_the_command() -> None:
    done = process("-m", "shiftcast", "--help")
    assert done.returncode == 0
    assert "From contact history to a roster you can trust." in done.stdout


_NOISY = """
import ctypes, os
from dataclasses import dataclass
from shiftcast.cli.console import Console, Result, session

@dataclass(frozen=True)
class Found(Result):
    name: str
    def show(self, console):
        console.line(self.name)

with session(None, "en", as_json={as_json}) as console:
    ctypes.CDLL(None).printf(b"of a library, kept for the end\\n")
    os.write(1, b"of a library\\n")
    console.deliver(Found("\\u674e\\u5a1c"))
"""


def test_json_stands_alone_on_standard_output() -> None:
    done = process("-c", _NOISY.format(as_json=True))
    assert json.loads(done.stdout) == {"schema_version": 1, "name": "李娜"}
    assert set(done.stderr.splitlines()) == {"of a library", "of a library, kept for the end"}


def test_a_pipe_that_knows_no_chinese_gets_the_same_json() -> None:
    done = process("-c", _NOISY.format(as_json=True), PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout)["name"] == "李娜"
    assert done.stdout.isascii()


def test_a_pipe_without_some_signs_gets_their_nearest(tmp_path: Path) -> None:
    told = ("-m", "shiftcast", "repair", "--workspace", str(tmp_path), "--lang", "zh-CN")
    done = process(*told, PYTHONIOENCODING="cp1252")
    assert done.returncode == 2
    assert "shiftcast.toml" in done.stderr
    assert "??" in done.stderr


def test_people_see_what_there_is() -> None:
    done = process("-c", _NOISY.format(as_json=False))
    assert "李娜" in done.stdout
    assert "of a library" in done.stdout


def test_a_closed_standard_error_leaves_everything_as_it_is() -> None:
    done = process("-c", "import os; os.close(2)" + _NOISY.format(as_json=True))
    assert '"name": "李娜"' in done.stdout
