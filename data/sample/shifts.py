"""The sample's shifts and contracts, as `shifts.csv` and `shiftcast.toml` state them."""

from __future__ import annotations

from dataclasses import replace

from ..messages import text
from ..people import Contract
from ..shifts import BreakKind, BreakRule, ShiftTemplate

HOUR = 60


def _paid(minutes: int, earliest: int, latest: int) -> BreakRule:
    return BreakRule(minutes, True, earliest, latest)


def _meal(minutes: int, earliest: int, latest: int) -> BreakRule:
    return BreakRule(minutes, False, earliest, latest)


SHIFTS = (
    ShiftTemplate(
        code="E8",
        paid_min=8 * HOUR,
        earliest_start=8 * HOUR,
        latest_start=9 * HOUR,
        breaks=(_paid(15, 90, 150), _meal(60, 210, 300), _paid(15, 375, 450)),
    ),
    ShiftTemplate(
        code="D8",
        paid_min=8 * HOUR,
        earliest_start=10 * HOUR,
        latest_start=12 * HOUR,
        breaks=(_paid(15, 90, 150), _meal(60, 210, 300), _paid(15, 375, 450)),
    ),
    ShiftTemplate(
        code="L8",
        paid_min=8 * HOUR,
        earliest_start=13 * HOUR + 30,
        latest_start=15 * HOUR + 30,
        breaks=(_paid(15, 90, 150), _meal(30, 210, 300), _paid(15, 345, 420)),
    ),
    ShiftTemplate(
        code="S8",
        paid_min=8 * HOUR,
        earliest_start=9 * HOUR,
        latest_start=10 * HOUR,
        breaks=(
            _paid(15, 90, 150),
            BreakRule(240, False, 240, 240, BreakKind.SPLIT),
            _paid(15, 570, 630),
        ),
    ),
    ShiftTemplate(
        code="P4",
        paid_min=4 * HOUR,
        earliest_start=8 * HOUR,
        latest_start=20 * HOUR,
        breaks=(_paid(15, 90, 150),),
    ),
    ShiftTemplate(
        code="P5",
        paid_min=5 * HOUR,
        earliest_start=8 * HOUR,
        latest_start=19 * HOUR,
        breaks=(_paid(15, 105, 195),),
    ),
    ShiftTemplate(
        code="P6",
        paid_min=6 * HOUR,
        earliest_start=8 * HOUR,
        latest_start=17 * HOUR + 30,
        breaks=(_paid(15, 75, 120), _meal(30, 165, 240)),
    ),
)


def named_shifts(language: str) -> tuple[ShiftTemplate, ...]:
    """`SHIFTS` with the names that people read."""
    return tuple(replace(s, name=text(f"sample.shift.{s.code}", language)) for s in SHIFTS)


FULL, FLEX, LATE, PART = "full", "flex", "late", "part"

CONTRACTS = (
    Contract(
        FULL,
        shift_codes=("E8", "D8", "L8"),
        min_days=5,
        max_days=5,
        max_minutes=40 * HOUR,
        min_days_off_together=2,
        max_start_spread_min=2 * HOUR,
        hourly_cost=42.0,
    ),
    Contract(
        FLEX,
        shift_codes=("E8", "D8", "L8", "S8"),
        min_days=5,
        max_days=5,
        max_minutes=40 * HOUR,
        max_start_spread_min=4 * HOUR,
        hourly_cost=45.0,
    ),
    Contract(
        LATE,
        shift_codes=("L8",),
        min_days=5,
        max_days=5,
        max_minutes=40 * HOUR,
        min_days_off_together=2,
        hourly_cost=48.0,
    ),
    Contract(
        PART,
        shift_codes=("P4", "P5", "P6"),
        min_days=4,
        max_days=5,
        min_minutes=16 * HOUR,
        max_minutes=24 * HOUR,
        hourly_cost=36.0,
    ),
)

# Clock minutes in which each queue is worked, every day of the week.
WORKED = {
    "phone": (8 * HOUR, 22 * HOUR),
    "chat": (8 * HOUR, 24 * HOUR),
    "email": (8 * HOUR, 20 * HOUR),
}
