"""A terminal for the documentation's commands: they run as written, in a folder of their own.

What is written cannot be shortened, so what it works on is: in every centre the roster search gets
one second and is corrected once, and a long history loses all but its last weeks.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
from shiftcast.cli.app import app
from typer.testing import CliRunner

from tests.docs.pages import ROOT, Command, SavedFile

KEPT_DAYS = 42
SHORTER = {"seconds = 30 ": "seconds = 1 ", "correct_rounds = 3 ": "correct_rounds = 1 "}
_DIGIT = re.compile(r"\d")
_RULER = re.compile(r"[─\s]*")

Hook = Callable[[Path], None]


class Terminal:
    """Runs the steps of a page in `folder`, which becomes the current one. `after` holds what a
    planner does by hand after a command, by the command's beginning."""

    def __init__(self, folder: Path, after: Mapping[str, Hook] | None = None) -> None:
        self._folder = folder
        self._after = dict(after or {})
        os.chdir(folder)

    def follow(self, step: SavedFile | Command) -> None:
        if isinstance(step, SavedFile):
            save(step)
        else:
            self._run(step)

    def _run(self, command: Command) -> None:
        name, *arguments = shlex.split(command.text)
        match name:
            case "shiftcast":
                check_output(command, *run(arguments))
                hasten(self._folder)
            case "make":
                assert not command.shown, f"what `{command.text}` prints is not checked"
                assert set(arguments) <= make_targets(), f"the Makefile has no {arguments}"
            case "source":
                assert arguments == [".venv/bin/activate"]
            case "cd":
                os.chdir(arguments[0])
            case "cp":
                shutil.copy(*arguments)
            case "rm":
                for path in arguments:
                    Path(path).unlink()
            case _:
                raise AssertionError(f"no test runs `{command.text}`")
        for beginning, hook in self._after.items():
            if command.text.startswith(beginning):
                hook(Path.cwd())


def run(arguments: list[str]) -> tuple[int, str]:
    """(status, what is printed) of a shiftcast command."""
    result = CliRunner().invoke(app, arguments, env={"COLUMNS": "100"})
    return result.exit_code, result.output


def check_output(command: Command, status: int, output: str) -> None:
    """The command ends as it is said to, and prints what is shown of it.

    Numbers may differ, and so may lines that hold some; every other line, and every problem, is to
    be printed as it stands.
    """
    assert status == command.status, f"`{command.text}` ended with {status}:\n{output}"
    printed = {" ".join(line.split()) for line in output.splitlines()}
    for line in command.shown:
        words = " ".join(line.split())
        told = words.startswith(("error:", "warning:"))
        free = words == "…" or _DIGIT.search(line) or _RULER.fullmatch(line)
        if told or not free:
            assert words in printed, f"`{command.text}` does not print {line!r}:\n{output}"


def save(file: SavedFile) -> None:
    path = Path(file.name)
    if file.added:
        assert path.exists(), f"{file.name} is not there to be added to"
        content = path.read_text(encoding="utf-8-sig") + "\n" + file.content
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        content = file.content
    path.write_text(content, encoding="utf-8")


def hasten(folder: Path) -> None:
    """Shortens what every centre below a folder asks for; a second time nothing is left to do."""
    for settings in folder.rglob("shiftcast.toml"):
        if "inputs" in settings.parts:  # a plan's own copy
            continue
        content = settings.read_text(encoding="utf-8")
        for line, shorter in SHORTER.items():
            content = content.replace(f"\n{line}", f"\n{shorter}")
        settings.write_text(content, encoding="utf-8")
        contacts = settings.with_name("contacts.csv")
        if contacts.exists():
            _keep_last_days(contacts)


def _keep_last_days(contacts: Path) -> None:
    rows = pd.read_csv(contacts, encoding="utf-8-sig")
    if rows.empty:
        return
    days = pd.to_datetime(rows["timestamp"]).dt.normalize()
    recent = days > days.max() - pd.Timedelta(days=KEPT_DAYS)
    if not recent.all():
        rows[recent].to_csv(contacts, index=False)


def make_targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"(?m)^([a-z]+):", makefile))
