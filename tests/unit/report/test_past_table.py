from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from shiftcast.cli.report.past_table import past_groups
from shiftcast.cli.report.wording import Wording
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.scheduling.planning.plan import Plan

from tests.factories_plan import QUEUES, make_plan

PLAN = make_plan(agents=6)
EN = Wording("en")


def known(first: date, last: date, an_hour: float) -> Plan:
    """The plan with a history of so many contacts in each hour of its days."""
    grid = TimeGrid(first, (last - first).days + 1, 15, "Asia/Shanghai")
    shape = len(QUEUES), grid.size
    offered = np.full(shape, an_hour / 4)
    ones = np.ones(shape)
    history = ContactHistory(grid, QUEUES, offered, 300 * ones, ones.astype(bool))
    return replace(PLAN, history=history)


def test_the_week_is_held_against_the_last_and_against_the_year_before() -> None:
    phone, *_ = past_groups(known(date(2025, 11, 1), date(2026, 11, 29), 50.0), EN)
    monday = phone.rows[0]
    expected = float(PLAN.forecast.mean[0][PLAN.grid.day_of == 0].sum())
    assert (monday.label, monday.forecast) == ("Mon 30 Nov", f"{expected:,.0f}")
    assert (monday.last_week, monday.last_year) == ("1,200", "1,200")
    change = f"{(expected / 1200 - 1) * 100:+.1f}%".replace("-", "−")
    assert (monday.week_change, monday.year_change) == (change, change)
    assert monday.against == "Mon 1 Dec 2025"
    whole = phone.rows[-1]
    assert (whole.last_week, whole.last_year, whole.whole) == ("8,400", "8,400", True)


def test_a_part_of_the_year_before_is_held_against_the_same_days() -> None:
    # Known until Wednesday 3 December 2025, and nothing of the last weeks.
    phone, *_ = past_groups(known(date(2025, 11, 1), date(2025, 12, 3), 50.0), EN)
    assert [row.last_year for row in phone.rows] == ["1,200"] * 3 + ["–"] * 4 + ["3,600"]
    three = float(PLAN.forecast.mean[0][PLAN.grid.day_of < 3].sum())
    assert phone.rows[-1].year_change == f"{(three / 3600 - 1) * 100:+.1f}%".replace("-", "−")
    assert phone.rows[4].against == ""


def test_without_a_past_there_is_nothing_to_hold_against() -> None:
    assert (
        past_groups(known(date(2024, 1, 1), date(2024, 1, 5), 50.0), EN)[0].rows[0].last_year == "–"
    )
    later = known(date(2026, 12, 7), date(2026, 12, 8), 50.0)
    assert past_groups(later, EN) == []


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_nothing_cannot_have_grown(language: str) -> None:
    groups = past_groups(known(date(2026, 11, 1), date(2026, 11, 29), 0.0), Wording(language))
    assert {row.week_change for row in groups[0].rows} == {"–"}
