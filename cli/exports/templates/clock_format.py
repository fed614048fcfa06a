"""Dates and times in plain tokens: ``YYYY-MM-DD``, ``DD/MM/YYYY``, ``HH:mm``, ``h:mm A``."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

_TOKENS: dict[str, Callable[[datetime], str]] = {
    "YYYY": lambda t: f"{t:%Y}",
    "YY": lambda t: f"{t:%y}",
    "MM": lambda t: f"{t:%m}",
    "M": lambda t: str(t.month),
    "DD": lambda t: f"{t:%d}",
    "D": lambda t: str(t.day),
    "HH": lambda t: f"{t:%H}",
    "H": lambda t: str(t.hour),
    "hh": lambda t: f"{(t.hour - 1) % 12 + 1:02d}",
    "h": lambda t: str((t.hour - 1) % 12 + 1),
    "mm": lambda t: f"{t:%M}",
    "ss": lambda t: f"{t:%S}",
    "A": lambda t: "AM" if t.hour < 12 else "PM",
    "Z": lambda t: f"{t:%z}"[:3] + ":" + f"{t:%z}"[3:],
}
TOKENS = tuple(_TOKENS)

# A run of one letter is a token or a mistake; [brackets] quote letters that stand for themselves.
_PART = re.compile(r"\[([^\]]*)\]|(([A-Za-z])\3*)|([^A-Za-z\[]+|\[)")


def unknown_tokens(pattern: str) -> tuple[str, ...]:
    """The runs of letters in a pattern that are no token."""
    runs = (match.group(2) for match in _PART.finditer(pattern))
    return tuple(run for run in runs if run is not None and run not in _TOKENS)


def format_moment(moment: datetime, pattern: str) -> str:
    """A time-zone-aware moment in a pattern without unknown tokens (ValueError otherwise)."""
    if bad := unknown_tokens(pattern):
        raise ValueError(f"pattern {pattern!r} holds {', '.join(bad)}, which are no tokens")
    return "".join(_part(match, moment) for match in _PART.finditer(pattern))


def _part(match: re.Match[str], moment: datetime) -> str:
    quoted, run, _, other = match.groups()
    if quoted is not None:
        return quoted
    return other if run is None else _TOKENS[run](moment)
