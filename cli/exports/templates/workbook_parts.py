"""A workbook as the parts in its file: some cells are written, everything else stays byte by
byte."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from .fields import Value
from .sheet_cells import Place, with_values

_CALCULATION = re.compile(rb"<((?:\w+:)?calcPr)\b(?![^>]*fullCalcOnLoad)")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


class WorkbookParts:
    """The parts of a workbook by name, and which of them is which sheet. KeyError, ValueError or
    BadZipFile if it is no workbook."""

    def __init__(self, path: Path) -> None:
        with ZipFile(path) as file:
            self._parts = [(info, file.read(info)) for info in file.infolist()]
        self._content = {info.filename.lstrip("/"): content for info, content in self._parts}
        self._book = next(
            target for kind, target in self._related("").values() if kind == "officeDocument"
        )
        self._sheets = dict(self._named())

    def sheet(self, title: str) -> bytes:
        """The XML of a sheet."""
        return self._content[self._sheets[title]]

    def filled(self, cells: Mapping[str, Mapping[Place, Value]]) -> bytes:
        """The workbook with values by sheet and place; formulas are worked out anew when it is
        opened. ValueError if a sheet cannot be read."""
        changed = {
            self._sheets[title]: with_values(self.sheet(title), values)
            for title, values in cells.items()
        }
        if any(_FORMULA.search(self._content[part]) for part in self._sheets.values()):
            book = self._content[self._book]
            changed[self._book] = _CALCULATION.sub(rb'<\1 fullCalcOnLoad="1"', book)
        made = io.BytesIO()
        with ZipFile(made, "w") as file:
            for info, content in self._parts:
                file.writestr(info, changed.get(info.filename.lstrip("/"), content))
        return made.getvalue()

    def _named(self) -> list[tuple[str, str]]:
        parts = self._related(self._book)
        root = ElementTree.fromstring(self._content[self._book])
        sheets = [one for one in root.iter() if _local(one.tag) == "sheet"]
        return [(one.attrib["name"], parts[_relation(one.attrib)][1]) for one in sheets]

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        """(kind, part) by the id of a relation of a part; those of the file itself for an empty
        one."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        root = ElementTree.fromstring(self._content[relations])
        return {
            one.attrib["Id"]: (
                posixpath.basename(one.attrib["Type"]),
                posixpath.normpath(posixpath.join("/", folder, one.attrib["Target"])).lstrip("/"),
            )
            for one in root
            if one.attrib.get("TargetMode") != "External"
        }


def _relation(attributes: Mapping[str, str]) -> str:
    """The `r:id`, by whichever of its two names the file calls the namespace of relations."""
    return next(v for k, v in attributes.items() if _local(k) == "id" and "relationships" in k)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


UNREADABLE = (OSError, BadZipFile, KeyError, ValueError, StopIteration, ElementTree.ParseError)
"""What reading a file that is no workbook may raise."""
