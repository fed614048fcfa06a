"""What a simulation says of the targets, read off its tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from shiftcast.scheduling.planning.correction import Gap
from shiftcast.scheduling.planning.gaps import gaps_of, misses, worst_of
from shiftcast.scheduling.simulation.kpis import TARGET_COLUMNS, SimulatedKpis

MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)


NO_RISK = (np.nan,) * 4


def row(queue: str, start: date, target: str, limit: float, reached: float) -> tuple[object, ...]:
    # 0.0196 to each side is 1.96 standard errors of 0.01.
    return (
        queue,
        start,
        target,
        limit,
        reached,
        reached - 0.0196,
        reached + 0.0196,
        0.5,
        0.4,
        0.6,
        *NO_RISK,
    )


def simulated() -> SimulatedKpis:
    def table(*rows: tuple[object, ...]) -> pd.DataFrame:
        return pd.DataFrame(rows, columns=list(TARGET_COLUMNS))

    total = table(
        row("phone", MONDAY, "service_level", 0.8, 0.78),
        row("phone", MONDAY, "max_abandonment", 0.06, 0.05),
        row("mail", MONDAY, "deadline_share", 0.95, np.nan),
    )
    day = table(
        row("phone", MONDAY, "service_level", 0.8, 0.85),
        row("phone", TUESDAY, "service_level", 0.8, 0.70),
        row("phone", MONDAY, "max_abandonment", 0.06, 0.07),
        row("phone", TUESDAY, "max_abandonment", 0.06, np.nan),
        row("mail", MONDAY, "deadline_share", 0.95, np.nan),
        row("mail", TUESDAY, "deadline_share", 0.95, np.nan),
    )
    none = pd.DataFrame()
    return SimulatedKpis(none, none, none, none, day, none, total, replications=9, seed=1)


def test_every_target_that_something_counts_for_has_its_gap() -> None:
    level, left = gaps_of(simulated())
    assert (level.measure, level.limit, level.reached) == ("service_level", 0.8, 0.78)
    assert level.error == pytest.approx(0.01, rel=1e-3)
    assert (left.measure, left.missed) == ("abandonment", False)


def test_a_promise_with_a_risk_is_judged_by_what_is_reached_at_it() -> None:
    """84 % are expected of 80 %, but one week in ten has 77 % or less."""
    made = row("phone", MONDAY, "service_level", 0.8, 0.84)[:-4]
    table = pd.DataFrame([(*made, 0.9, 0.77, 0.7504, 0.7896)], columns=list(TARGET_COLUMNS))
    (gap,) = gaps_of(replace(simulated(), day_targets=table, total_targets=table))
    assert (gap.risk, gap.reached, gap.missed, gap.late_days) == (0.9, 0.77, True, (0,))
    assert gap.error == pytest.approx(0.01, rel=1e-3)


def test_late_days_are_those_that_miss_the_target() -> None:
    level, left = gaps_of(simulated())
    assert level.late_days == (1,)
    assert left.late_days == (0,)


def test_one_missed_target_is_worse_than_two_doubtful_ones() -> None:
    missed = (Gap("a", "service_level", 0.8, 0.7994, 0.0), Gap("b", "service_level", 0.8, 0.9, 0.0))
    doubtful = (
        Gap("a", "service_level", 0.8, 0.801, 0.02),
        Gap("b", "service_level", 0.8, 0.801, 0.02),
    )
    assert misses(missed) > misses(doubtful) > misses(())
    assert misses(doubtful) == (0, round(2 * 0.019 / 0.8, 3))


def test_a_queue_is_judged_by_the_target_that_it_misses_most() -> None:
    """A tenth of 80 % missing, and a third too many of 6 %."""
    level = Gap("phone", "service_level", 0.8, 0.72, 0.0)
    left = Gap("phone", "abandonment", 0.06, 0.08, 0.0)
    fine = Gap("chat", "service_level", 0.8, 0.9, 0.0)
    assert worst_of((level, left, fine)) == {"phone": (left, level)}
