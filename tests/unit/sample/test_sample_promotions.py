from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from shiftcast.data.calendar import PHASES, each_day
from shiftcast.data.sample.promotions import EFFECTS, RETURNS, SURGE, Phase, phases

ALL = phases(date(2024, 1, 1), date(2026, 12, 31))
BIG = ("618", "double11", "double12")


def phase(type_: str, name: str, year: int) -> Phase:
    return next(p for p in ALL if (p.type, p.phase, p.first.year) == (type_, name, year))


def test_a_main_day_multiplies_by_one_plus_size_times_uplift() -> None:
    """Double 11 of 2026 has size 1.2 and chats an uplift of 1.8: 1 + 1.2 × 1.8 = 3.16."""
    main = phase("double11", "peak", 2026)
    assert main.factor("chat", date(2026, 11, 11)) == pytest.approx(3.16)


def test_handle_time_does_not_grow_with_the_size() -> None:
    """Double 11's main day has size 1 in 2024 and 1.2 in 2026; its chats take 0.89 times as long
    in both."""
    assert [phase("double11", "peak", year).handle_factor("chat") for year in (2024, 2026)] == [
        0.89,
        0.89,
    ]


@pytest.mark.parametrize("type_", BIG)
def test_the_returns_wave_has_its_uplift_on_average(type_: str) -> None:
    wave = phase(type_, RETURNS, 2026)
    factors = [wave.factor("email", day) for day in each_day(wave.first, wave.last)]
    mean = sum(factors) / len(factors)
    assert mean == pytest.approx(1 + wave.size * 0.42)
    assert factors.index(max(factors)) == 2, "it rises until the third day"
    assert factors[-1] < mean


def test_phases_never_overlap() -> None:
    for earlier, later in pairwise(ALL):
        assert earlier.last < later.first, f"{earlier} runs into {later}"


def test_every_phase_has_taken_place_and_concerns_every_queue() -> None:
    assert {(p.type, p.phase) for p in ALL} == set(EFFECTS)
    assert all(set(effects) == {"phone", "chat", "email"} for effects in EFFECTS.values())
    assert {p.phase for p in ALL} == set(SURGE) == {*PHASES, ""}


def test_returns_of_every_promotion_are_alike() -> None:
    first, *others = (EFFECTS[type_, RETURNS] for type_ in BIG)
    assert others == [first, first]


def test_parcels_are_asked_for_between_the_main_day_and_the_returns() -> None:
    for type_ in BIG:
        main, parcels, wave = (phase(type_, p, 2025) for p in ("peak", "shipping", RETURNS))
        assert parcels.first == main.last + timedelta(days=1)
        assert wave.first == parcels.last + timedelta(days=1)


def test_new_year_goods_move_with_the_moon() -> None:
    """22 days before lunar new year: 2025-01-29 and 2026-02-17."""
    assert phase("new_year_goods", "", 2025).first == date(2025, 1, 7)
    assert phase("new_year_goods", "", 2026).first == date(2026, 1, 26)


def test_phases_that_only_touch_the_period_are_in_it() -> None:
    found = phases(date(2026, 12, 12), date(2026, 12, 13))
    assert [(p.type, p.phase) for p in found] == [("double12", "peak"), ("double12", "shipping")]
