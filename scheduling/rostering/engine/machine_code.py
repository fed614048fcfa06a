"""Where the engine's compiled code is kept, so that it is never older than its source.

numba compiles on first use and keeps the result beside the source, but looks only at the file of
the function that is called: after a change to one of the engine's other files it would run old
code. Here the place is named after all of the engine's sources together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numba

ENGINE = Path(__file__).resolve().parent


def place() -> Path:
    """The folder for the compiled code of the engine's present sources."""
    stamp = hashlib.sha256()
    for source in sorted(ENGINE.glob("*.py")):
        stamp.update(source.read_bytes())
    return ENGINE / "__pycache__" / f"compiled-{stamp.hexdigest()[:16]}"


@contextmanager
def kept_by_source() -> Iterator[None]:
    """Functions that are marked for compilation inside are kept in `place`, unless the user has
    named a cache folder for all of numba."""
    settings = vars(numba.config)
    own = settings["CACHE_DIR"]
    settings["CACHE_DIR"] = own or str(place())
    try:
        yield
    finally:
        settings["CACHE_DIR"] = own
