"""Folders in which the documentation's commands run."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.docs.pages import INDEX, steps
from tests.docs.terminal import Terminal


@pytest.fixture(autouse=True)
def isolated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No page sees the folder or the settings of who runs it, and none leaves its own behind."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHIFTCAST_DEBUG", raising=False)


@pytest.fixture(scope="session")
def sample_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample centre with one plan, made as the index says; never to be changed, `sample`
    copies it."""
    folder = tmp_path_factory.mktemp("docs")
    before = Path.cwd()
    terminal = Terminal(folder)
    for step in steps(INDEX):
        terminal.follow(step)
    os.chdir(before)
    return folder / "sample"


@pytest.fixture
def sample(sample_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sample_once, tmp_path / "sample")
