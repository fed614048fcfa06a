"""Cells that a spreadsheet must not run as a formula.

Excel and its kin execute a CSV cell that begins with ``= + - @`` or with a tab or carriage return
in front of one (OWASP, *CSV Injection*). Such a cell gets an apostrophe in front, which
spreadsheets take as "this is text" and programs can take off again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_RISKY_FIRST = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*\Z", re.ASCII)


def is_risky(text: str) -> bool:
    """Whether a spreadsheet might run a text as a formula."""
    bare = text.lstrip("'")
    return bare.startswith(_RISKY_FIRST) and not _NUMBER.match(bare)


def harmless(value: object) -> object:
    """The value, with an apostrophe in front if it is text that begins like a formula.

    Numbers stay as they are, also where they come as text (``-4.5``, ``+8613800000000``): a
    spreadsheet computes nothing from them. Text that looks as if it had been guarded already is
    guarded once more, so that `original` gives back every text there is.
    """
    return f"'{value}" if isinstance(value, str) and is_risky(value) else value


def original(cell: str) -> str:
    """What `harmless` was given: takes off the apostrophe that it put in front."""
    if cell.startswith("'") and harmless(cell[1:]) == cell:
        return cell[1:]
    return cell


def harmless_row(row: Iterable[object]) -> list[object]:
    return [harmless(value) for value in row]
