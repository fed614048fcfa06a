"""`[[shift]]` of a what-if file: shift types changed, added or removed, read as shifts.csv is."""

from __future__ import annotations

from collections.abc import Sequence

from ..centre import Centre
from ..people import Contract
from ..scenario_shifts import ShiftChanges
from ..shifts import ShiftTemplate
from . import shifts, values
from .columns import Row
from .config_errors import TomlPath
from .config_place import Place
from .scenario_models import ShiftTable
from .scenario_names import known_or_told, listed

_NEEDED = tuple(column for column in shifts.SHIFT_COLUMNS if column.required)
_NEW = {column.name: column.default for column in shifts.SHIFT_COLUMNS if not column.required}


def changed_shifts(tables: Sequence[ShiftTable], centre: Centre, place: Place) -> ShiftChanges:
    """The changes in their order, each on top of those before it; every problem is told."""
    had = {shift.code: shift for shift in centre.shifts}
    now = dict(had)
    for index, table in enumerate(tables):
        at: TomlPath = ("shift", index)
        if table.remove:
            _remove(table, now, at, place)
            continue
        shift = _shift(table, now, at, place)
        if shift is not None:
            now[shift.code] = shift
    for index, table in enumerate(tables):
        for code in values.names(table.not_before or ""):
            known_or_told("shift", ("shift", index, "not_before"), code, list(now), place)
    changed = tuple(shift for code, shift in now.items() if shift != had.get(code))
    return ShiftChanges(changed, frozenset(had) - frozenset(now))


def check_shifts_left(
    tables: Sequence[ShiftTable],
    changes: ShiftChanges,
    centre: Centre,
    contracts: Sequence[Contract],
    place: Place,
) -> None:
    """Every contract still has a shift to work; told at the first that is removed."""
    if not changes.removed:
        return
    first = next(index for index, table in enumerate(tables) if table.remove)
    left = {shift.code for shift in (*centre.shifts, *changes.templates)} - changes.removed
    for contract in contracts:
        if not left.intersection(contract.shift_codes or left):
            place.tell("scenario.no_shift_left", ("shift", first), contract=contract.id)


def _remove(table: ShiftTable, now: dict[str, ShiftTemplate], at: TomlPath, place: Place) -> None:
    if table.model_fields_set - {"code", "remove"}:
        place.tell("scenario.remove_alone", at, shift=table.code)
    elif known_or_told("shift", (*at, "code"), table.code, list(now), place):
        del now[table.code]


def _shift(
    table: ShiftTable, now: dict[str, ShiftTemplate], at: TomlPath, place: Place
) -> ShiftTemplate | None:
    """The shift as changed, or a new one; None, and why, if it is none."""
    before = len(place.problems.errors)
    base = now.get(table.code)
    missing = [one.name for one in _NEEDED if one.name not in table.model_fields_set]
    if base is None and missing:
        told = {"shift": table.code, "missing": ", ".join(missing), "known": listed(list(now))}
        place.tell("scenario.new_shift", at, **told)
        return None
    cells = dict(_NEW) if base is None else shifts.row_values(base)
    for column in shifts.SHIFT_COLUMNS:
        if column.name in table.model_fields_set:
            path, written = (*at, column.name), str(getattr(table, column.name))
            cells[column.name] = place.read(path, column.kind.parse, written, None)
    if len(place.problems.errors) > before:
        return None
    row = Row(0, cells)
    taken = row[shifts.BREAKS] or ()
    faults = shifts.shift_faults(row, taken)
    for code, faulty, params in faults:
        place.tell(code, (*at, faulty.name), **params)
    return None if faults else shifts.shift_of(row, taken)
