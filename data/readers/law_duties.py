"""Shift templates held against the breaks that the centre's laws ask for."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import Problems
from ..law import BreakDuty, Law
from ..law.breaks import BreakFault, BreakFaultKind, break_faults
from ..shifts import ShiftTemplate
from . import shifts
from .columns import Rows


def check_breaks(
    rows: Rows, templates: Iterable[ShiftTemplate], laws: Iterable[Law], problems: Problems
) -> None:
    """A warning for each shift whose breaks are not those of a law, with what would mend it:
    agreements or permits that the files do not hold may allow it all the same."""
    number = {row[shifts.CODE]: row.number for row in reversed(rows.good)}
    duties = [(law, duty) for law in laws for duty in law.breaks]
    for shift in templates:
        for law, duty in duties:
            for fault in break_faults(duty, shift):
                _warn(shift, law, duty, fault, rows.file, number[shift.code], problems)


def _warn(
    shift: ShiftTemplate,
    law: Law,
    duty: BreakDuty,
    fault: BreakFault,
    file: str,
    row: int,
    problems: Problems,
) -> None:
    code = f"law.breaks.{fault.kind.value}"
    if fault.waivable and fault.kind is BreakFaultKind.SHORT:
        code = "law.breaks.waived"
    problems.warn(
        code,
        file=file,
        row=row,
        column=shifts.BREAKS.name,
        shift=shift.code,
        law=law.key,
        article=duty.article.article,
        found=fault.found,
        wanted=fault.wanted,
        piece=duty.piece,
        hours=f"{fault.wanted / 60:g}",
    )
