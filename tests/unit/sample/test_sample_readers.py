"""What the sample writes is what the readers read: every file there and back."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from shiftcast.data.centre import Centre
from shiftcast.data.errors import Problems
from shiftcast.data.readers.config import read_config
from shiftcast.data.readers.scenario import read_scenario
from shiftcast.data.readers.workspace import read_centre, read_centre_history
from shiftcast.data.sample import write_empty, write_sample
from shiftcast.data.sample.crew import draw_crew
from shiftcast.data.sample.events import sample_calendar
from shiftcast.data.sample.shifts import CONTRACTS, WORKED, named_shifts
from shiftcast.data.sample.tables import EXAMPLES, csv_bytes
from shiftcast.data.sample.wishes import (
    adjustments,
    draw_requests,
    fixed_assignments,
    time_off,
)
from shiftcast.data.sample.workspace import history_grid

WEEK = date(2026, 12, 7)


@pytest.fixture(scope="module")
def centre(sample_folder: Path) -> Centre:
    inputs = read_centre(sample_folder)
    assert inputs.warnings == ()
    return inputs.centre


def test_people_and_shifts(centre: Centre) -> None:
    agents = draw_crew("en", np.random.default_rng([1, 1]))
    assert centre.agents == agents
    assert centre.contracts == CONTRACTS
    assert centre.shifts == named_shifts("en")
    assert centre.requests == draw_requests(agents, WEEK, np.random.default_rng([1, 2]))


def test_time_off_fixed_and_adjustments(centre: Centre) -> None:
    assert centre.time_off == time_off(WEEK, "en")
    assert centre.fixed == fixed_assignments(WEEK)
    assert centre.adjustments == adjustments(WEEK, "en")


def test_calendar(centre: Centre) -> None:
    written = sample_calendar(date(2024, 5, 27), WEEK)
    assert centre.calendar.country == written.country == "CN"
    assert set(written.special_days) <= set(centre.calendar.special_days)
    assert set(centre.calendar.promotions) == set(written.promotions)


def test_queues_are_open_when_the_previous_roster_works_them(centre: Centre) -> None:
    assert {q.name: q.opening.week for q in centre.queues} == {
        name: ((span,),) * 7 for name, span in WORKED.items()
    }


def test_every_row_of_the_history(sample_folder: Path) -> None:
    """924 days of 56 calls, 64 chats and 96 e-mails, less the 138 rows that were lost."""
    history = read_centre_history(read_centre(sample_folder))
    assert len(history.raw) == history_grid().days * (56 + 64 + 96) - 138
    assert not history.warnings


def test_the_scenarios_fit_the_centre(sample_folder: Path, centre: Centre) -> None:
    twice = read_scenario(sample_folder / "scenarios" / "double12_twice_as_big.toml", centre)
    away = read_scenario(sample_folder / "scenarios" / "five_away.toml", centre)
    changed = twice.apply_to(centre, WEEK, WEEK).calendar.promotions
    sizes = {(p.first.year, p.phase): p.size for p in changed if p.type == "double12"}
    assert [sizes[year, "peak"] for year in (2024, 2025, 2026)] == [1.0, 0.9, 2.0]
    assert [sizes[year, "returns"] for year in (2024, 2025, 2026)] == [0.6, 0.6, 1.2]
    assert len(away.apply_to(centre, WEEK, WEEK).time_off) == len(centre.time_off) + 5


def test_the_chinese_sample_reads_as_well(tmp_path: Path) -> None:
    write_sample(tmp_path / "centre", language="zh-CN")
    inputs = read_centre(tmp_path / "centre")
    assert inputs.centre.shifts == named_shifts("zh-CN")
    assert inputs.settings.language == "zh-CN"


@pytest.mark.parametrize("country", [None, "DE"])
def test_an_empty_centre_filled_with_the_examples_reads(
    tmp_path: Path, country: str | None
) -> None:
    folder = tmp_path / "centre"
    write_empty(folder, "Mine", "Europe/Berlin", country=country)
    for file, rows in EXAMPLES.items():
        (folder / f"{file}.csv").write_bytes(csv_bytes(file, rows))
    inputs = read_centre(folder)
    assert [agent.name for agent in inputs.centre.agents] == ["Wang Jing", "Li Min"]
    assert len(read_centre_history(inputs).raw) == 2


def test_every_setting_not_in_use_is_one_the_reader_knows(tmp_path: Path) -> None:
    write_empty(tmp_path / "centre", "Mine", "Europe/Berlin", country="DE")
    path = tmp_path / "centre" / "shiftcast.toml"
    used = re.sub(r"(?m)^# (?=\[|[\w\"]+ = )", "", path.read_text(encoding="utf-8"))
    path.write_text(used, encoding="utf-8")
    problems = Problems()
    config = read_config(path, problems)
    assert list(problems) == []
    assert config is not None
    assert [queue.name for queue in config.queues] == ["phone", "chat", "email"]
    assert len(config.files) == 8
