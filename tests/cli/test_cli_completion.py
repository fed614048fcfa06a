"""What a shell offers after a tab, asked for as bash asks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from shiftcast.cli.app import app
from typer.testing import CliRunner

HEAVY = ("pandas", "numpy", "pydantic", "jinja2", "rich.table")


def offered(line: str) -> list[str]:
    """The words that bash is given for the last one of a line."""
    words = line.split(" ")
    env = {
        "_SHIFTCAST_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    result = CliRunner().invoke(app, [], prog_name="shiftcast", env=env)
    return result.stdout.split()


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("2026-11-30-7d-01", "2026-12-07-7d-01", ".2026-12-14-7d-01.77.part"):
        (tmp_path / "plans" / name).mkdir(parents=True)
    (tmp_path / "exports" / "templates").mkdir(parents=True)
    (tmp_path / "exports" / "templates" / "dining.toml").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("shiftcast pub", ["publish"]),
        ("shiftcast publish 2026-1", ["2026-12-07-7d-01", "2026-11-30-7d-01"]),
        ("shiftcast compare 2026-12-07-7d-01 2026-11", ["2026-11-30-7d-01"]),
        ("shiftcast whatif x.toml --plan 2026-12", ["2026-12-07-7d-01"]),
        ("shiftcast export --to din", ["dingtalk", "dingtalk-workbook", "dining"]),
        ("shiftcast export --copy wec", ["wecom", "wecom-workbook"]),
    ],
)
def test_what_is_offered(line: str, words: list[str]) -> None:
    assert offered(line) == words


def test_the_workspace_named_before_counts(
    workspace: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert offered("shiftcast withdraw 2026") == []
    assert offered(f"shiftcast withdraw --workspace {workspace} 2026-12") == ["2026-12-07-7d-01"]


def test_a_tab_imports_nothing_heavy() -> None:
    script = (
        "import sys; from shiftcast.cli import completion; "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert done.stdout.strip() == "[]"
