"""When a shift has its agent at work, present or on a break, whatever its breaks turn out to be."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ....data.shifts import BreakKind, ShiftKind, ShiftTemplate
from ..options import ShiftOptions
from ..problem import RosterProblem
from ..rules.base import Where

Mask = NDArray[np.bool_]


def presence(problem: RosterProblem, universe: ShiftOptions, where: Where) -> tuple[Mask, Mask]:
    """In which slots each option surely counts its agent, and in which it may: both of shape
    (options, slots + overhang). What breaks do to each other's places is forgotten, so the first
    may hold too few slots and the second too many."""
    slots = problem.slots + problem.overhang
    surely = np.zeros((universe.size, slots), dtype=bool)
    perhaps = np.zeros((universe.size, slots), dtype=bool)
    by_shift = [_within(shift, problem.slot_min, where) for shift in problem.shifts]
    for o in range(universe.size):
        first = int(universe.start[o]) // problem.slot_min
        sure, may = by_shift[universe.template[o]]
        surely[o, first : first + len(sure)] = sure
        perhaps[o, first : first + len(may)] = may
    return surely, perhaps


def _within(shift: ShiftTemplate, slot: int, where: Where) -> tuple[Mask, Mask]:
    """The same for the slots of one shift, from its start."""
    length = shift.length_min // slot
    if shift.kind is not ShiftKind.WORK:
        return np.zeros(length, dtype=bool), np.zeros(length, dtype=bool)
    breaks = [
        rule
        for rule in shift.breaks
        if (where is Where.AT_WORK) or (rule.kind is BreakKind.SPLIT) == (where is Where.PRESENT)
    ]
    surely_off, perhaps_off = np.zeros(length, dtype=bool), np.zeros(length, dtype=bool)
    for rule in breaks:
        first, last = rule.earliest_offset // slot, rule.latest_offset // slot
        minutes = rule.minutes // slot
        perhaps_off[first : last + minutes] = True
        surely_off[last : first + minutes] = True
    if where is Where.ON_BREAK:
        return surely_off, perhaps_off
    return ~perhaps_off, ~surely_off
