"""The lists that a workbook offers in its cells: what is not on them is refused there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from openpyxl.utils.cell import range_boundaries

from .sheet_cells import Place

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_ELSEWHERE = re.compile(r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!]+))!(?P<cells>.+)")
_DEEPEST = 3  # names that stand for names


@dataclass(frozen=True)
class Dropdown:
    """Cells by the corners of their ranges (first column, first row, last column, last row), and
    what may be chosen in them."""

    ranges: tuple[tuple[int, int, int, int], ...]
    choices: tuple[str, ...]

    def covers(self, place: Place) -> bool:
        row, column = place
        return any(a <= column <= c and b <= row <= d for a, b, c, d in self.ranges)


def dropdowns(xml: bytes, book: Workbook, sheet: Worksheet) -> tuple[Dropdown, ...]:
    """The lists of a sheet whose choices can be read: written out, or cells, of any sheet, also by
    a name. `xml` is the sheet's own, as lists on other sheets stand where no library looks."""
    found = []
    for one in ElementTree.fromstring(xml).iter():
        if _local(one) != "dataValidation" or one.get("type") != "list":
            continue
        cells = one.get("sqref") or _text(one, "sqref")
        choices = _choices(_text(one, "formula1"), book, sheet)
        if cells and choices:
            found.append(Dropdown(tuple(_ranges(cells, sheet)), choices))
    return tuple(found)


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(element: ElementTree.Element, name: str) -> str:
    """All text within the child of a name, which may lie a level deeper."""
    return next(("".join(c.itertext()).strip() for c in element if _local(c) == name), "")


def _ranges(cells: str, sheet: Worksheet) -> Iterator[tuple[int, int, int, int]]:
    for part in cells.split():
        left, top, right, bottom = range_boundaries(part)
        yield left or 1, top or 1, right or sheet.max_column, bottom or sheet.max_row


def _choices(
    formula: str, book: Workbook, sheet: Worksheet, depth: int = 0
) -> tuple[str, ...] | None:
    """What a list offers; None where that has to be worked out."""
    formula = formula.strip().removeprefix("=")
    if formula.startswith('"') and formula.endswith('"'):
        return tuple(choice.strip() for choice in formula[1:-1].replace('""', '"').split(","))
    named = sheet.defined_names.get(formula) or book.defined_names.get(formula)
    if named is not None:
        return _choices(named.attr_text, book, sheet, depth + 1) if depth < _DEEPEST else None
    match = _ELSEWHERE.fullmatch(formula)
    if match is not None:
        title = (match["quoted"] or match["plain"]).replace("''", "'")
        if title not in book.sheetnames:
            return None
        sheet, formula = book[title], match["cells"]
    try:
        ((left, top, right, bottom),) = _ranges(formula, sheet)
    except ValueError:
        return None
    cells = [c for line in sheet.iter_rows(top, bottom, left, right) for c in line]
    if any(cell.data_type == "f" for cell in cells):
        return None
    return tuple(str(cell.value).strip() for cell in cells if cell.value is not None)
