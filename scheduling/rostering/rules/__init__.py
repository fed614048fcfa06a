"""The list of hard rules. Their order does not matter."""

from __future__ import annotations

from . import (
    availability,
    consecutive_days,
    contract_days,
    contract_hours,
    days_off_together,
    fixed,
    forbidden_followers,
    frozen,
    most_weekends,
    one_shift_a_day,
    period_hours,
    rest,
    seats,
    shift_limits,
    shift_shape,
    shift_type,
    shortest_days_off,
    shortest_run,
    skills,
    start_spread,
    time_off,
)
from .base import Rule

RULES: tuple[Rule, ...] = (
    skills.RULE,
    availability.RULE,
    time_off.RULE,
    shift_type.RULE,
    shift_shape.RULE,
    one_shift_a_day.RULE,
    rest.RULE,
    consecutive_days.RULE,
    contract_days.RULE,
    contract_hours.RULE,
    days_off_together.RULE,
    start_spread.RULE,
    seats.RULE,
    fixed.RULE,
    frozen.RULE,
    forbidden_followers.RULE,
    most_weekends.RULE,
    period_hours.RULE,
    shift_limits.RULE,
    shortest_days_off.RULE,
    shortest_run.RULE,
)
