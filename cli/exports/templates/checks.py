"""What is wrong with a plan in another system's eyes, all of it, before anything is written."""

from __future__ import annotations

from ....data.errors import Problems
from .cells import rows_of, written
from .names import EMPLOYEES_FILE, SHIFT_CODES_FILE
from .rows import RowKind, Source, shift_rows
from .template import CellType, FileFormat, Template

MOST_NAMED = 5


def check_export(template: Template, source: Source, problems: Problems) -> None:
    """Tells values that are not filled in, people and shifts without a name there, empty cells of
    required columns, and limits that the plan passes."""
    file = f"{template.name}.toml"
    for name in template.empty_values:
        problems.add("exports.check.no_value", file=file, name=name, template=template.name)
    _check_limits(template, source, problems)
    if "their_employee" in template.fields:
        _check_employees(template, source, problems)
    if "their_shift" in template.fields:
        _check_shifts(template, source, problems)
    if template.format is not FileFormat.WORKBOOK:
        _check_required(template, source, problems)
        _check_numbers(template, source, problems)


def _check_limits(template: Template, source: Source, problems: Problems) -> None:
    limits = template.limits
    if limits.max_days is not None and source.grid.days > limits.max_days:
        problems.add(
            "exports.check.days",
            system=template.system,
            days=source.grid.days,
            most=limits.max_days,
        )
    _warn_of_days_away(template, source, problems)
    if limits.max_shift_minutes is None:
        return
    for shift in source.roster.assignments:
        if shift.end - shift.start > limits.max_shift_minutes:
            hours = f"{limits.max_shift_minutes / 60:g}"
            day = source.grid.dates[shift.day]
            problems.add(
                "exports.check.long_shift",
                system=template.system,
                agent=shift.agent,
                date=day,
                hours=hours,
            )


def _warn_of_days_away(template: Template, source: Source, problems: Problems) -> None:
    """A warning only: the file may be sent on a later day."""
    most, today = template.limits.max_days_away, source.today
    if most is None or today is None:
        return
    days = [day for day in source.grid.dates if abs((day - today).days) > most]
    if days:
        problems.warn(
            "exports.check.days_away", system=template.system, most=most, days=len(days),
            first=days[0], last=days[-1],
        )  # fmt: skip


def unknown_names(template: Template, source: Source, problems: Problems) -> None:
    """Warns of people and shifts in the files of names that the plan does not know: a slip of the
    pen there leaves somebody without a name."""
    employees, shifts = source.names.employees or {}, source.names.shifts or {}
    strangers = sorted(employees.keys() - source.problem.agent_of.keys())
    codes = sorted({code for code, _ in shifts} - source.problem.shift_of.keys())
    for file, found in ((EMPLOYEES_FILE, strangers), (SHIFT_CODES_FILE, codes)):
        if found:
            named = ", ".join(found[:MOST_NAMED]) + ("…" if len(found) > MOST_NAMED else "")
            problems.warn(
                "exports.names.unknown", file=file, column=template.system, count=len(found),
                names=named,
            )  # fmt: skip


def _check_employees(template: Template, source: Source, problems: Problems) -> None:
    for agent in source.problem.agents:
        if source.names.employee(agent.id) is None:
            problems.add(
                "exports.check.no_employee",
                file=EMPLOYEES_FILE,
                column=template.system,
                agent=agent.id,
            )


def _check_shifts(template: Template, source: Source, problems: Problems) -> None:
    clocks = source.problem.clocks
    used = {
        (code, f"{clocks.of(code).moment(shift.start):%H:%M}")
        for row in shift_rows(source, RowKind.SHIFT)
        if (shift := row.assignment) is not None and (code := shift.shift_code)
    }
    for code, clock in sorted(used):
        if source.names.shift(code, clock) is None:
            problems.add(
                "exports.check.no_shift",
                file=SHIFT_CODES_FILE,
                column=template.system,
                shift=code,
                start=clock,
            )


def _check_required(template: Template, source: Source, problems: Problems) -> None:
    """An agent's empty cell is told once, however many shifts it has; what lacks a name there has
    been told."""
    columns = [c for c in (*template.envelope, *template.columns) if c.required and c.each is None]
    named = {"their_employee", "their_shift"}
    told = set()
    for row in rows_of(template, source):
        agent = getattr(row, "agent", None)
        who = agent.id if agent is not None else ""
        for column in columns:
            if column.field is None or column.field in named:
                continue
            if written(column, template, row) in (None, ""):
                told.add((who, column.title(source.language), column.field))
    for who, title, field in sorted(told):
        problems.add(
            "exports.check.empty",
            file=f"{template.name}.toml",
            column=title,
            agent=who,
            field=field,
        )


def _check_numbers(template: Template, source: Source, problems: Problems) -> None:
    """Ids of the other system that are to be numbers and are none, each told once."""
    columns = [
        column
        for column in (*template.envelope, *template.columns)
        if column.type is CellType.INTEGER
    ]
    told = {
        (column.title(source.language), value)
        for row in rows_of(template, source)
        for column in columns
        if isinstance(value := written(column, template, row), str) and value
    }
    for title, value in sorted(told):
        problems.add(
            "exports.check.no_number", file=f"{template.name}.toml", column=title, value=value
        )
