"""Shifts whose breaks may begin earlier or later than they may now."""

from __future__ import annotations

from dataclasses import replace

from ....data.shifts import BreakKind, BreakRule, ShiftTemplate


def with_wider_breaks(shift: ShiftTemplate, by_min: int) -> ShiftTemplate | None:
    """The shift with windows of its breaks that are wider by so many minutes on both sides, as far
    as it goes, split gaps left alone; None if that changes nothing."""
    breaks = tuple(
        rule if rule.kind is BreakKind.SPLIT else _wider(rule, shift.length_min, by_min)
        for rule in shift.breaks
    )
    return None if breaks == shift.breaks else replace(shift, breaks=breaks)


def _wider(rule: BreakRule, length_min: int, by_min: int) -> BreakRule:
    return replace(
        rule,
        earliest_offset=max(rule.earliest_offset - by_min, 0),
        latest_offset=min(rule.latest_offset + by_min, length_min - rule.minutes),
    )
