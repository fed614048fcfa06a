"""Rules and contracts → the tables in which shiftcast.toml would say them.

What changes a part of such a table is read by the very reader of the whole.
"""

from __future__ import annotations

from typing import Any

from ..law.terms import Terms
from ..people import Contract
from ..rules import Rotation, Rules
from .config_law import ADJUSTABLE
from .config_terms import HOURS, LIMITS
from .values import WEEKDAYS


def rules_said(terms: Terms) -> dict[str, Any]:
    """The table `[rules]`."""
    rules = terms.rules
    said = {
        **_limits_said(rules),
        "seats": rules.seats,
        "night": f"{_clock(rules.night_from)}-{_clock(rules.night_to)}",
        "weekend": [WEEKDAYS[day] for day in sorted(rules.weekend_days)],
        "early_before": _clock(rules.early_before),
        "late_after": _clock(rules.late_after),
        "soft": dict(rules.soft),
        "law": [law.key for law in terms.laws],
    }
    if rules.breaks_at_once is not None:
        said["breaks_at_once"] = rules.breaks_at_once
    if rules.breaks_at_once_share is not None:
        said["breaks_at_once"] = f"{rules.breaks_at_once_share}%"
    if terms.adjusted:
        said["law_adjusted"] = {
            key: terms.adjusted[limit] if unit == 1 else terms.adjusted[limit] / unit
            for key, (limit, unit) in ADJUSTABLE.items()
            if limit in terms.adjusted
        }
    return said


def contract_said(contract: Contract) -> dict[str, Any]:
    """The table `[[contract]]`."""
    said: dict[str, Any] = {
        **_limits_said(contract),
        "id": contract.id,
        "shifts": list(contract.shift_codes),
        "days_per_week": [contract.min_days, contract.max_days],
        "days_off_together": contract.min_days_off_together,
        "hourly_cost": contract.hourly_cost,
        "opt_out": contract.opt_out,
        "period_weeks": contract.period_weeks,
    }
    if contract.max_start_spread_min is not None:
        said["start_spread_hours"] = contract.max_start_spread_min / 60
    if contract.max_minutes is not None:
        said["hours_per_week"] = [contract.min_minutes / 60, contract.max_minutes / 60]
    if contract.max_period_min is not None:
        said["hours_per_period"] = [contract.min_period_min / 60, contract.max_period_min / 60]
    return said


def _limits_said(terms: Rules | Contract) -> dict[str, Any]:
    """The limits that rules and contracts share; those that are not set are left out."""
    said: dict[str, Any] = {}
    for key, limit in HOURS.items():
        minutes = getattr(terms, limit)
        if minutes is not None:
            said[key] = minutes / 60
    for key, limit in LIMITS.items():
        value = getattr(terms, limit)
        if limit == "shift_limits" and value is not None:
            value = dict(value)
        elif isinstance(value, tuple):
            value = list(value)
        elif isinstance(value, Rotation):
            value = value.value
        if value is not None:
            said[key] = value
    return said


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
