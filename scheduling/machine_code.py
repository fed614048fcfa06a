"""Where compiled code is kept, so that it is never older than its source.

numba compiles on first use and keeps the result beside the source, but looks only at the file of
the function that is called: after a change to another file of the package it would run old code.
Here the place is named after all sources of a package together, folders in it included, that hold
compiled functions or the tuples that these are given.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np

if "NUMBA_OPT" not in os.environ:
    # Long walks over tables are as fast so, and compiled in four fifths of the time.
    os.environ["NUMBA_OPT"] = "1"
    cast(Callable[[], None], numba.config.reload_config)()

Function = TypeVar("Function", bound=Callable[..., Any])

_INNER: Any = {
    "cache": True,
    "nogil": True,
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
}


def inner(function: Function) -> Function:
    """Marks a function that only compiled functions call. Without the entrances for others, which
    take a crew's hundred arrays apart, it is compiled in half the time."""
    return cast(Function, numba.njit(**_INNER)(function))


def woven(function: Function) -> Function:
    """Marks a function that is compiled as a part of those that call it, one or two. A function of
    its own is compiled with all that it calls, and once more within each that calls it, so that a
    chain of long ones takes long."""
    return cast(Function, numba.njit(inline="always", **_INNER)(function))


def place(package: Path) -> Path:
    """The folder for the compiled code of a package's present sources."""
    stamp = hashlib.sha256()
    for source in sorted(package.rglob("*.py")):
        text = source.read_bytes()
        if any(mark in text for mark in (b"njit", b"@inner", b"@woven", b"NamedTuple")):
            stamp.update(text)
    return package / "__pycache__" / f"compiled-{stamp.hexdigest()[:16]}"


@contextmanager
def kept_by_source(package: Path) -> Iterator[None]:
    """Functions that are marked for compilation inside are kept in `place`, unless the user has
    named a cache folder for all of numba."""
    settings = vars(numba.config)
    own = settings["CACHE_DIR"]
    settings["CACHE_DIR"] = own or str(place(package))
    try:
        yield
    finally:
        settings["CACHE_DIR"] = own


def number(value: int) -> int:
    """A whole number for compiled functions. They would be compiled once more for every literal."""
    return cast(int, np.int64(value))


def switch(value: bool) -> bool:
    """A truth value for compiled functions, likewise."""
    return cast(bool, np.bool_(value))
