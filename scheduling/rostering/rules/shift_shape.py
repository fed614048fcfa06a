"""A shift looks like its template: its start, its length, and every break in its window.

The engine builds shifts from templates only, so this rule needs no form but its check, which
judges rosters edited by hand. Agents and shift codes that do not exist are named here too.
"""

from __future__ import annotations

from collections.abc import Iterator

from ....data.shifts import ShiftTemplate
from ..problem import RosterProblem
from ..roster import Assignment, Roster, Violation
from .base import Rule


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    for shift in roster.assignments:
        template = problem.shift_of.get(shift.shift_code)
        if shift.agent not in problem.contract_of:
            yield _violation(shift, "unknown_agent")
        if template is None:
            yield _violation(shift, "unknown_shift")
            continue
        if not 0 <= shift.day < problem.grid.days:
            yield _violation(shift, "outside")
            continue
        if not _starts_right(problem, shift, template):
            yield _violation(shift, "start")
        if shift.end - shift.start != template.length_min:
            yield _violation(shift, "length")
        fault = _break_fault(shift, template)
        if fault:
            yield _violation(shift, fault)


def _starts_right(problem: RosterProblem, shift: Assignment, template: ShiftTemplate) -> bool:
    site = problem.clocks.of(template.code)
    return any(site.minute(shift.day, clock) == shift.start for clock in template.starts)


def _break_fault(shift: Assignment, template: ShiftTemplate) -> str | None:
    if len(shift.breaks) != len(template.breaks):
        return "break_count"
    at = shift.start
    for taken, rule in zip(shift.breaks, template.breaks, strict=True):
        same = (taken.end - taken.start, taken.paid, taken.kind)
        if same != (rule.minutes, rule.paid, rule.kind):
            return "break_kind"
        offset = taken.start - shift.start
        if not rule.earliest_offset <= offset <= rule.latest_offset:
            return "break_window"
        if taken.start < at + rule.gap_min:
            return "break_gap" if taken.start >= at else "break_window"
        at = taken.end
    return "break_window" if at > shift.end else None


def _violation(shift: Assignment, fault: str) -> Violation:
    return Violation(RULE.name, shift.agent, shift.day, {"shift": shift.shift_code}, fault)


RULE = Rule("shift_shape", check)
