"""Text for consoles and pipes whose encoding lacks some of our signs, as on Windows."""

from __future__ import annotations

import codecs
import io
import sys
import unicodedata
from typing import TextIO

_HANDLER = "shiftcast.plain"
_PLAIN = {
    **dict.fromkeys("−–—─━", "-"), **dict.fromkeys("“”„", '"'), **dict.fromkeys("‘’", "'"),
    "…": "...", "×": "x", "÷": "/", "→": "->", "▲": "^", "▼": "v", "·": "-", "│": "|",
}  # fmt: skip


def speak_plainly() -> None:
    """Signs that standard output and standard error cannot encode come as the nearest that they
    can: a minus as a hyphen, or a question mark. Streams in UTF-8 are left as they are."""
    codecs.register_error(_HANDLER, _plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not is_utf8(stream):
            stream.reconfigure(errors=_HANDLER)


def is_utf8(stream: TextIO) -> bool:
    """Whether a stream can encode every sign; one that does not say how it encodes can."""
    return codecs.lookup(stream.encoding or "utf-8").name.startswith("utf")


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(map(_nearest, signs)), error.end


def _nearest(sign: str) -> str:
    """Accents are taken off; what is left of other signs is a question mark."""
    bare = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return _PLAIN.get(sign, bare or "?")
