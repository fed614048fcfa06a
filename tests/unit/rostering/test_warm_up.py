"""What is compiled beforehand has in it what plans are made of."""

from __future__ import annotations

import pytest
from shiftcast.scheduling.rostering.engine import fold
from shiftcast.scheduling.rostering.engine.compile import compile_problem
from shiftcast.scheduling.rostering.engine.warm_up import paid_hours


def test_paid_hours_are_folded_in_beforehand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every contract with hours needs it, and it takes a quarter of a minute to compile."""
    calls: list[int] = []
    original = fold._fold

    def counted(*arguments: object) -> object:
        calls.append(len(arguments))
        return original(*arguments)

    monkeypatch.setattr(fold, "_fold", counted)
    compile_problem(paid_hours())
    assert calls
