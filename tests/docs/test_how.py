"""The pages on how it works name what is there, and the numbers that the code computes with."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from tests.docs.pages import ROOT

HOW = sorted((ROOT / "docs" / "how").glob("*.md"))
ROOMS = ("data", "forecasting", "scheduling", "cli", "tests", "benchmarks", "docs")
FILES = {
    path.relative_to(ROOT).as_posix()
    for room in ROOMS
    for path in (ROOT / room, *(ROOT / room).rglob("*"))
    if "__pycache__" not in path.parts
}


@pytest.mark.parametrize("page", HOW, ids=lambda page: page.stem)
def test_every_number_is_the_one_in_the_code(page: Path) -> None:
    rows = re.findall(r"(?m)^\| `([a-z_.]+)\.(\w+)` \| (.+?) \|", page.read_text(encoding="utf-8"))
    if "## Numbers" in page.read_text(encoding="utf-8"):
        assert rows
    written = {f"{module}.{name}": ast.literal_eval(value) for module, name, value in rows}
    meant = {
        f"{module}.{name}": getattr(import_module(f"shiftcast.{module}"), name)
        for module, name, _ in rows
    }
    assert written == meant


@pytest.mark.parametrize("page", HOW, ids=lambda page: page.stem)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    named = re.findall(r"`([\w/]+(?:\.py|/))`", page.read_text(encoding="utf-8"))
    assert [
        name
        for name in named
        if not any(f"/{file}".endswith(f"/{name.rstrip('/')}") for file in FILES)
    ] == []


def test_the_architecture_names_what_is_in_each_room() -> None:
    page = (ROOT / "docs" / "how" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| (`[^|]+`) \| [^|]+ \| ([^|]+) \|$", page)
    assert len(rows) > 12
    lost = []
    for places, names in rows:
        rooms = re.findall(r"`([^`]+)`", places)
        source = "\n".join(
            path.read_text(encoding="utf-8") for room in rooms for path in _sources(room)
        )
        for name in re.findall(r"`(\w+)(?:\.\w+)?`", names):
            if not re.search(rf"(?m)^ *(?:class|def) {name}\b|^{name}\b.*=", source):
                lost.append(f"{places}: {name}")
    assert lost == []


def _sources(room: str) -> list[Path]:
    return sorted(ROOT.glob(f"{room.rstrip('/')}/*.py" if room.endswith("/") else room))
