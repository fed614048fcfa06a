"""The README's commands, typed in order on a machine of its own."""

from __future__ import annotations

import re
from pathlib import Path

from tests.docs.own_centre import fill
from tests.docs.pages import ROOT, Command, steps
from tests.docs.terminal import Terminal

README = ROOT / "README.md"


def test_every_command_works_as_written(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, after={"cd my-centre": fill})
    for step in steps(README):
        terminal.follow(step)
    assert (tmp_path / "my-centre" / "exports").is_dir()


def test_the_first_screen_has_both_commands() -> None:
    first = README.read_text(encoding="utf-8").splitlines()[:12]
    assert [line.split("#")[0].strip() for line in first if line.startswith("$ ")] == [
        "$ make demo",
        "$ make test",
    ]


def test_make_demo_runs_what_the_readme_says() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = makefile.split("\ndemo:")[1].split("\n\n")[0].replace("$(DEMO)", "demo")
    shown = [step.text for step in steps(README) if isinstance(step, Command)]
    run = re.findall(r"\$\(BIN\)/(shiftcast .*)", recipe)
    assert [command.replace(" --if-absent", "") for command in run] == [
        command for command in shown if command.endswith(" demo") and "shiftcast" in command
    ]


def test_the_version_is_in_the_changelog() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    version = re.search(r'(?m)^version = "(.+)"$', project)
    assert version is not None
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{version[1]}]" in changes
    assert changes.index("## [Unreleased]") < changes.index(f"## [{version[1]}]")
