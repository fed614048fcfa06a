"""Compiled code is kept by the engine's sources."""

from pathlib import Path

import numba
import pytest
from shiftcast.scheduling.rostering.engine import machine_code
from shiftcast.scheduling.rostering.engine.search import sweep


def test_the_place_changes_with_any_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine_code, "ENGINE", tmp_path)
    (tmp_path / "a.py").write_text("one")
    (tmp_path / "b.py").write_text("two")
    before = machine_code.place()
    assert machine_code.place() == before
    (tmp_path / "b.py").write_text("three")
    assert machine_code.place() != before


def test_the_engines_code_is_kept_there_and_nobody_elses() -> None:
    assert Path(sweep.stats.cache_path).is_relative_to(machine_code.place())
    assert not vars(numba.config)["CACHE_DIR"]
