"""The numbers of a comparison, said by what they measure."""

from __future__ import annotations

from .report.wording import Wording

SHARES = frozenset({
    "service_level", "abandonment", "deadline_met", "occupancy", "blocked", "wait_within",
    "reply_rate", "chance",
})  # fmt: skip
_TENTHS = frozenset({
    "required", "rostered", "under_hours", "over_hours", "paid_hours", "peak_agents",
})  # fmt: skip


def metric_number(metric: str, value: float, wording: Wording) -> str:
    """Shares in per cent, hours and agents needed with one decimal, the rest as whole numbers."""
    if metric in SHARES:
        return wording.share(value)
    return wording.number(value, 1 if metric in _TENTHS else 0)
