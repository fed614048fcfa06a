from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from shiftcast.data.calendar import each_day
from shiftcast.data.sample.promotions import (
    HANDLE_TIME,
    RETURNS_WAVE,
    SURGE,
    UPLIFT,
    Phase,
    phases,
)

ALL = phases(date(2024, 1, 1), date(2026, 12, 31))


def phase(type_: str, year: int, event: str = "") -> Phase:
    return next(p for p in ALL if (p.type, p.first.year) == (type_, year) and event in p.event)


def test_a_main_day_multiplies_by_one_plus_size_times_uplift() -> None:
    """Double 11 of 2026 has size 1.2 and chats an uplift of 1.8: 1 + 1.2 × 1.8 = 3.16."""
    assert phase("double11", 2026).factor("chat", date(2026, 11, 11)) == pytest.approx(3.16)


@pytest.mark.parametrize("event", ["618", "double11", "double12"])
def test_the_returns_wave_has_its_uplift_on_average(event: str) -> None:
    wave = phase(RETURNS_WAVE, 2026, event)
    factors = [wave.factor("email", day) for day in each_day(wave.first, wave.last)]
    mean = sum(factors) / len(factors)
    assert mean == pytest.approx(1 + wave.size * UPLIFT[RETURNS_WAVE]["email"])
    assert factors.index(max(factors)) == 2, "it rises until the third day"
    assert factors[-1] < mean


def test_phases_never_overlap() -> None:
    for earlier, later in pairwise(ALL):
        assert earlier.last < later.first, f"{earlier.type} runs into {later.type}"


def test_every_type_has_taken_place_and_concerns_every_queue() -> None:
    assert {p.type for p in ALL} == set(UPLIFT)
    assert all(set(uplift) == {"phone", "chat", "email"} for uplift in UPLIFT.values())
    assert set(HANDLE_TIME) <= set(UPLIFT)
    assert set(SURGE) <= set(UPLIFT)


def test_the_wave_follows_the_main_day() -> None:
    for event in ("618", "double11", "double12"):
        main, wave = phase(event, 2025), phase(RETURNS_WAVE, 2025, event)
        assert wave.first == main.last + timedelta(days=1)


def test_new_year_goods_move_with_the_moon() -> None:
    """22 days before lunar new year: 2025-01-29 and 2026-02-17."""
    assert phase("new_year_goods", 2025).first == date(2025, 1, 7)
    assert phase("new_year_goods", 2026).first == date(2026, 1, 26)


def test_phases_that_only_touch_the_period_are_in_it() -> None:
    found = phases(date(2026, 12, 12), date(2026, 12, 13))
    assert [p.type for p in found] == ["double12", RETURNS_WAVE]
