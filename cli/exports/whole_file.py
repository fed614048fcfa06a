"""Files that are written whole or not at all, and the one way this project writes a CSV."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from .safe_cells import harmless_row

# Excel reads a CSV as UTF-8 only if it begins with the byte order mark.
EXCEL_ENCODING = "utf-8-sig"


def write_whole(path: Path, content: bytes) -> None:
    """Writes aside in the same folder, then renames: a reader sees the old file or the new one.

    Makes the folder if needed. OSError as the system raises it, with nothing left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def write_csv(path: Path, heading: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
    """A CSV for spreadsheets and programs alike: UTF-8 with BOM, commas, cells made harmless."""
    write_whole(path, csv_text(heading, rows).encode(EXCEL_ENCODING))


def csv_text(
    heading: Sequence[str] | None,
    rows: Iterable[Iterable[object]],
    *,
    delimiter: str = ",",
    quoting: Literal[0, 1] = csv.QUOTE_MINIMAL,
    line_end: str = "\r\n",
) -> str:
    """The text of a CSV with every cell made harmless; `heading` None leaves the heading out."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, quoting=quoting, lineterminator=line_end)
    if heading is not None:
        writer.writerow(harmless_row(heading))
    for row in rows:
        writer.writerow(harmless_row(row))
    return buffer.getvalue()
