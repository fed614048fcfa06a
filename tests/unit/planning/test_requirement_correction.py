"""A target as simulated: missed, met for certain, or too close to call."""

from __future__ import annotations

import pytest
from shiftcast.scheduling.planning.correction import Correction, Gap, Round, Standing


def test_a_floor_is_missed_below_and_a_ceiling_above() -> None:
    level, left = (
        Gap("q", "service_level", 0.8, 0.78, 0.0),
        Gap("q", "abandonment", 0.06, 0.07, 0.0),
    )
    assert level.missed
    assert level.short == pytest.approx(0.02)
    assert left.missed
    assert left.short == pytest.approx(0.01)
    assert not Gap("q", "abandonment", 0.06, 0.05, 0.0).missed


def test_rounding_misses_nothing() -> None:
    assert not Gap("q", "service_level", 0.8, 0.7996, 0.0).missed
    assert not Gap("q", "asa_s", 20.0, 20.4, 0.0).missed
    assert Gap("q", "asa_s", 20.0, 20.6, 0.0).missed


def test_a_target_met_by_less_than_its_error_is_doubtful_and_asks_for_two_errors() -> None:
    doubtful = Gap("q", "service_level", 0.8, 0.805, 0.01)
    assert not doubtful.missed
    assert doubtful.doubt == pytest.approx(0.005)
    assert doubtful.wanting == pytest.approx(0.015)
    certain = Gap("q", "service_level", 0.8, 0.815, 0.01)
    assert (certain.doubt, certain.wanting) == (0.0, 0.0)


def test_the_kept_round_says_where_the_plan_stands() -> None:
    missed = Gap("q", "service_level", 0.8, 0.7, 0.0)
    before = Standing((missed,), 100.0, 1000.0)
    after = Standing((Gap("q", "service_level", 0.8, 0.9, 0.0),), 110.0, 1100.0)
    assert (before.met, after.met) == (0, 1)
    rounds = (Round((), before), Round((), after))
    assert Correction(2, before, rounds, kept=2).last is after
    assert Correction(2, before, rounds).last is before
