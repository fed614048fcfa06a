"""law_costs.json: written with a plan, read back, and missing from older ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from shiftcast.cli.workspace.law_file import LAW_COSTS_FILE, read_law_costs, write_law_costs
from shiftcast.data.errors import InputError
from shiftcast.scheduling.rostering.why.trial import Effect

COSTS = {
    "min_rest_min": Effect(np.array([1.5, -0.25]), 40.0),
    "max_nights": Effect(np.zeros(2), 0.0),
}


def test_what_is_written_is_read_back_whatever_the_order_of_queues(tmp_path: Path) -> None:
    path = tmp_path / LAW_COSTS_FILE
    write_law_costs(path, COSTS, ("phone", "chat"))
    back = read_law_costs(path, ("chat", "phone"))
    assert list(back) == list(COSTS)
    assert back["min_rest_min"].closed.tolist() == [-0.25, 1.5]
    assert [cost.saved for cost in back.values()] == [40.0, 0.0]


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    assert read_law_costs(tmp_path / LAW_COSTS_FILE, ("phone",)) == {}


@pytest.mark.parametrize("content", ["{", '{"limits": [{"limit": "x", "hours": {}, "points": 1}]}'])
def test_a_broken_file_is_told_by_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / LAW_COSTS_FILE
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=LAW_COSTS_FILE):
        read_law_costs(path, ("phone",))
