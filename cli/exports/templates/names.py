"""What another system calls our people and shifts: exports/employees.csv and shift_codes.csv."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ....data.errors import Problems
from ....data.readers.raw_table import RawTable
from ....data.readers.tables import open_table
from ....data.readers.telling import tell
from ....data.readers.values import BadValueError, clock_minute, plain

EMPLOYEES_FILE = "employees.csv"
SHIFT_CODES_FILE = "shift_codes.csv"
EMPLOYEE_ID, SHIFT_CODE, START = "employee_id", "shift_code", "start"


@dataclass(frozen=True)
class Names:
    """Their employee ids by ours, and their shift codes by our code and start clock (`07:30`, or
    empty for every start); None where the other system uses our own."""

    employees: Mapping[str, str] | None = None
    shifts: Mapping[tuple[str, str], str] | None = None

    def employee(self, agent: str) -> str | None:
        """None for an agent who has no id there."""
        return agent if self.employees is None else self.employees.get(agent)

    def shift(self, code: str, clock: str) -> str | None:
        """Their name of a shift that starts at a clock time; None if it has none."""
        if self.shifts is None:
            return code
        return self.shifts.get((code, clock), self.shifts.get((code, "")))


OWN_NAMES = Names()


def read_names(
    folder: Path, system: str, *, employees: bool, shifts: bool, problems: Problems
) -> Names:
    """The names that a system gives, from the column of its name in the files of `folder`.

    A file or column that is missing is told where the system needs it (`employees`, `shifts`);
    where it does not, our own ids and codes are taken.
    """
    return Names(
        _employees(folder / EMPLOYEES_FILE, system, problems, needed=employees),
        _shifts(folder / SHIFT_CODES_FILE, system, problems, needed=shifts),
    )


def _employees(
    path: Path, system: str, problems: Problems, *, needed: bool
) -> Mapping[str, str] | None:
    table = _table(path, (EMPLOYEE_ID,), system, problems, needed=needed)
    if table is None:
        return {} if needed else None
    ids, theirs = _cells(table, EMPLOYEE_ID), _cells(table, system)
    found = {ours: name for ours, name in zip(ids, theirs, strict=True) if ours and name}
    for name in _repeated(found.values()):
        both = ", ".join(ours for ours, their in found.items() if their == name)
        problems.add("exports.names.twice", file=path.name, column=system, name=name, agents=both)
    return found


def _shifts(
    path: Path, system: str, problems: Problems, *, needed: bool
) -> Mapping[tuple[str, str], str] | None:
    table = _table(path, (SHIFT_CODE,), system, problems, needed=needed)
    if table is None:
        return {} if needed else None
    codes, theirs = _cells(table, SHIFT_CODE), _cells(table, system)
    starts = _cells(table, START) if START in _headings(table) else [""] * len(codes)
    found = {}
    for row, code, start, name in zip(table.rows, codes, starts, theirs, strict=True):
        if not name:
            continue
        try:
            minute = clock_minute(start) if start else None
        except BadValueError as error:
            tell(problems, error.code, error.params, file=path.name, row=int(row), column=START)
            continue
        clock = "" if minute is None else f"{minute // 60:02d}:{minute % 60:02d}"
        found[code, clock] = name
    return found


def _table(
    path: Path, keys: tuple[str, ...], system: str, problems: Problems, *, needed: bool
) -> RawTable | None:
    """The file if it is there and has the columns; what is missing is told if it is needed."""
    if not path.exists():
        if needed:
            problems.add("exports.names.no_file", file=path.name, system=system)
        return None
    own = Problems()
    source = open_table(path, own)
    headings = () if source is None else source.headings
    wanted = (*keys, system)
    missing = [name for name in wanted if name.casefold() not in map(str.casefold, headings)]
    if source is not None and missing:
        if needed or missing != [system]:
            listed = ", ".join(missing)
            problems.add("exports.names.no_column", file=path.name, columns=listed)
        return None
    table = None if source is None else source.body(own)
    problems.extend(own)
    return table


def _headings(table: RawTable) -> list[str]:
    return [heading.casefold() for heading in table.headings]


def _cells(table: RawTable, heading: str) -> list[str]:
    index = _headings(table).index(heading.casefold())
    return [plain(str(cell)) for cell in table.column(index)]


def _repeated(names: Iterable[str]) -> list[str]:
    listed = list(names)
    return sorted({name for name in listed if listed.count(name) > 1})
