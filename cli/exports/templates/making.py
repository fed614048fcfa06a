"""The files of a template, made in memory so that they are written together or not at all."""

from __future__ import annotations

from pathlib import Path

from ....data.errors import InputError, Problems
from .bodies import body_files
from .checks import check_export
from .rows import Source
from .tables import table_files
from .template import FileFormat, Template


def export_files(
    template: Template, source: Source, problems: Problems, workbook: Path | None = None
) -> dict[str, bytes]:
    """Content by path inside the folder of exports; what stands against it goes to `problems`.

    `workbook` is the one to fill in, which templates of that format need. Calendars are not made
    here: they carry on from those handed out before.
    """
    before = len(problems.errors)
    if template.format is FileFormat.WORKBOOK and workbook is None:
        problems.add("exports.workbook.none", template=template.name)
    check_export(template, source, problems)
    if len(problems.errors) > before:
        return {}
    try:
        return _made(template, source, problems, workbook)
    except InputError as error:
        problems.extend(error.problems)
        return {}


def _made(
    template: Template, source: Source, problems: Problems, workbook: Path | None
) -> dict[str, bytes]:
    if template.format is FileFormat.JSON:
        return body_files(template, source)
    if template.format is FileFormat.WORKBOOK and workbook is not None:
        from .filled_workbook import filled_workbook  # openpyxl takes a moment to load

        return filled_workbook(template, workbook, source, problems)
    return table_files(template, source)
