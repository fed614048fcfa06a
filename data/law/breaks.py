"""Whether the breaks of a shift template are those that a law asks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from ..shifts import BreakRule, ShiftKind, ShiftTemplate
from . import BreakDuty


class BreakFaultKind(StrEnum):
    SHORT = "short"  # too few minutes of break
    LATE = "late"  # they may begin too late
    EDGE = "edge"  # one may lie at an end of the shift
    STRETCH = "stretch"  # too long a time without one
    UNPAID = "unpaid"  # a short break is not paid


@dataclass(frozen=True)
class BreakFault:
    """How a template breaks a duty: `found` and `wanted` in minutes (of break, after the start of
    the shift, of work on end, or of the unpaid break). `waivable`: both sides may agree to it."""

    kind: BreakFaultKind
    found: int
    wanted: int
    waivable: bool = False


def break_faults(duty: BreakDuty, shift: ShiftTemplate) -> tuple[BreakFault, ...]:
    """What a duty finds wrong with a shift, whatever start and breaks it is worked with.

    Paid breaks count as working time when the length of the work is judged, which errs on the
    side of more breaks. The gap of a split shift counts as a break. On-call shifts have none.
    """
    if shift.kind is ShiftKind.ON_CALL or shift.paid_min < duty.from_min:
        return ()
    waivable = shift.paid_min <= duty.waivable_min
    counted = tuple(
        rule for rule in shift.breaks if rule.minutes >= duty.piece and (rule.paid or not duty.paid)
    )
    if sum(rule.minutes for rule in counted) < duty.minutes:
        total = sum(rule.minutes for rule in counted)
        return (BreakFault(BreakFaultKind.SHORT, total, duty.minutes, waivable),)
    faults = [
        *_late(duty, counted),
        *_at_an_end(duty, counted, shift.length_min),
        *_stretches(duty, counted, shift.length_min),
        *(
            BreakFault(BreakFaultKind.UNPAID, rule.minutes, duty.short_breaks_paid)
            for rule in shift.breaks
            if not rule.paid and rule.minutes <= duty.short_breaks_paid
        ),
    ]
    return tuple(faults)


def _late(duty: BreakDuty, counted: tuple[BreakRule, ...]) -> list[BreakFault]:
    if duty.latest_start is None:
        return []
    totals = accumulate(rule.minutes for rule in counted)
    last = next(rule for rule, total in zip(counted, totals, strict=True) if total >= duty.minutes)
    if last.latest_offset <= duty.latest_start:
        return []
    return [BreakFault(BreakFaultKind.LATE, last.latest_offset, duty.latest_start)]


def _at_an_end(duty: BreakDuty, counted: tuple[BreakRule, ...], length: int) -> list[BreakFault]:
    """One break inside the shift is enough; with none the first is told of."""
    if not duty.inside or not counted:
        return []
    inner = [
        rule
        for rule in counted
        if rule.earliest_offset > 0 and rule.latest_offset + rule.minutes < length
    ]
    if sum(rule.minutes for rule in inner) >= duty.minutes:
        return []
    return [BreakFault(BreakFaultKind.EDGE, counted[0].minutes, duty.minutes)]


def _stretches(duty: BreakDuty, counted: tuple[BreakRule, ...], length: int) -> list[BreakFault]:
    """The longest time that windows leave possible between two breaks, or a break and an end."""
    if duty.longest_stretch is None:
        return []
    over = [0, *(rule.earliest_offset + rule.minutes for rule in counted)]
    begins = [*(rule.latest_offset for rule in counted), length]
    longest = max(begin - end for end, begin in zip(over, begins, strict=True))
    if longest <= duty.longest_stretch:
        return []
    return [BreakFault(BreakFaultKind.STRETCH, longest, duty.longest_stretch)]
