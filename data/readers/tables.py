"""Any table file → its headings at once and its cells as text, with spreadsheet row numbers.

`open_table` looks at the first bytes and the heading only, so that a file of the wrong kind or
with the wrong columns is refused before its body is read, however large it is.
"""

from __future__ import annotations

from pathlib import Path

from ..errors import Problems
from .csv_text import open_text
from .parquet import open_parquet
from .raw_table import HEAD_BYTES, TableSource
from .workbook import open_workbook

_KINDS_BY_FIRST_BYTES = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP/XLSX"),
    (b"\xd0\xcf\x11\xe0", "XLS"),
    (b"PAR1", "Parquet"),
    (b"\x1f\x8b", "GZIP"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"SQLite format 3", "SQLite"),
)


def open_table(path: Path, problems: Problems) -> TableSource | None:
    """The table in a CSV, XLSX or Parquet file; None (and every reason told) if there is none."""
    if not path.is_file():
        problems.add("input.not_found", file=path.name)
        return None
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        problems.add("input.unreadable", file=path.name, reason=error.strerror or str(error))
        return None
    if not head.strip():
        problems.add("input.empty_file", file=path.name)
        return None
    suffix = path.suffix.lower()
    expected = {".xlsx": b"PK\x03\x04", ".xlsm": b"PK\x03\x04", ".parquet": b"PAR1"}.get(suffix)
    kind = _kind_of(head)
    if (expected is None and kind) or (expected and not head.startswith(expected)):
        problems.add("input.wrong_kind", file=path.name, kind=kind or "text")
        return None
    if suffix == ".parquet":
        return open_parquet(path, problems)
    if expected:
        return open_workbook(path, problems)
    return open_text(path, head, problems)


def _kind_of(head: bytes) -> str | None:
    """What a file is if it is not text; None if it may be."""
    for magic, kind in _KINDS_BY_FIRST_BYTES:
        if head.startswith(magic):
            return kind
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    control = sum(head.count(byte) for byte in range(32) if byte not in b"\t\n\r\f\x1b")
    return "binary" if b"\0" in head or control > len(head) // 100 else None
