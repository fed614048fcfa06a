"""The folders of public data and published instances, which the environment names."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

DATA = "SHIFTCAST_DATA"
INSTANCES = "SHIFTCAST_BENCHMARKS"
_HOLDS = {
    DATA: "the call volumes of the banks and the other series (CSV)",
    INSTANCES: "contact_centre/ and queueing/: instances, checkers and reference values",
}
UNSET = 2


class FolderError(SystemExit):
    """Ends a benchmark with status 2, having said what is missing."""

    def __init__(self, words: str) -> None:
        super().__init__(UNSET)
        print(words, file=sys.stderr)


def named_folder(variable: str) -> Path:
    """The folder that a variable of the environment names. There is no default."""
    return named_folders([variable])[0]


def named_folders(variables: Iterable[str]) -> list[Path]:
    """All of them; what is missing is said at once."""
    found, missing = [], []
    for variable in variables:
        value = os.environ.get(variable, "")
        if not value:
            missing.append(f"{variable} is not set. It names the folder with {_HOLDS[variable]}.")
        elif not Path(value).is_dir():
            missing.append(f"{variable} names {value}, which is no folder.")
        found.append(Path(value))
    if missing:
        raise FolderError("\n".join(missing))
    return found
