"""forecast_parts.json: written with a plan, read back, and missing from older ones."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from shiftcast.cli.explain_parts import (
    AdjustmentParts,
    DayParts,
    MemberParts,
    QueueParts,
    forecast_parts,
)
from shiftcast.cli.workspace.parts_file import PARTS_FILE, with_parts, write_parts
from shiftcast.data.errors import InputError
from shiftcast.forecasting.adjust import apply_adjustments
from shiftcast.forecasting.forecast_parts import EventEffect
from shiftcast.scheduling.planning.stages import ForecastStage

from tests.factories_parts import an_event, explained
from tests.factories_plan import make_plan

BARE = make_plan(agents=3, days=2).forecast
MODEL = replace(
    explained(BARE, [an_event(), an_event(queue="chat")], season=1.1),
    borrowed={"email": "chat"},
    shifts={"phone": (date(2026, 10, 1),)},
)
PARTS = forecast_parts(ForecastStage(MODEL, *apply_adjustments(MODEL, ())), ())


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / PARTS_FILE
    write_parts(path, PARTS)
    back = with_parts(path, BARE)
    assert back.events == MODEL.events
    assert (back.borrowed, back.shifts) == (MODEL.borrowed, MODEL.shifts)
    assert back.explanation is not None
    assert MODEL.explanation is not None
    for field in fields(back.explanation):
        mine, theirs = (getattr(e, field.name) for e in (back.explanation, MODEL.explanation))
        if field.name == "members":
            assert mine == theirs
        else:
            np.testing.assert_array_equal(mine, theirs)


def test_a_plan_without_the_file_has_its_forecast_all_the_same(tmp_path: Path) -> None:
    assert with_parts(tmp_path / PARTS_FILE, BARE) is BARE


def test_a_forecast_that_cannot_tell_is_kept_as_such(tmp_path: Path) -> None:
    stage = ForecastStage(BARE, *apply_adjustments(BARE, ()))
    write_parts(tmp_path / PARTS_FILE, forecast_parts(stage, ()))
    back = with_parts(tmp_path / PARTS_FILE, BARE)
    assert back.explanation is None
    assert back.events == ()


@pytest.mark.parametrize("content", ["{", '{"queues": []}', '{"queues": [{"queue": "phone"}]}'])
def test_a_broken_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "2026-12-07-7d-01" / PARTS_FILE
    path.parent.mkdir()
    path.write_text(content)
    with pytest.raises(InputError) as raised:
        with_parts(path, BARE)
    (problem,) = raised.value.problems
    assert problem.file == f"2026-12-07-7d-01/{PARTS_FILE}"
    assert problem.message("en") == "The file cannot be read."


def test_the_reference_names_every_field() -> None:
    page = Path(__file__).parents[3] / "docs" / "reference" / "files.md"
    section = page.read_text(encoding="utf-8").split(f"### {PARTS_FILE}\n")[1].split("\n### ")[0]
    assert sorted(re.findall(r"(?m)^\| `(\S+)` \|", section)) == sorted(_named())


def _named() -> Iterator[str]:
    lists = {
        "days": DayParts,
        "events": EventEffect,
        "adjustments": AdjustmentParts,
        "members": MemberParts,
    }
    for field in fields(QueueParts):
        if field.name in lists:
            yield from (f"{field.name}[].{inner.name}" for inner in fields(lists[field.name]))
        else:
            yield field.name


def test_the_file_has_a_version(tmp_path: Path) -> None:
    write_parts(tmp_path / PARTS_FILE, PARTS)
    found = json.loads((tmp_path / PARTS_FILE).read_text(encoding="utf-8"))
    assert found["schema_version"] == 1
    assert [queue["queue"] for queue in found["queues"]] == ["phone", "chat", "email"]
    assert found["queues"][0]["members"][1]["past_wape"] is None
