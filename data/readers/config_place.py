"""Where in shiftcast.toml a value stands, for every problem that is told of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ..errors import Problems
from . import values
from .config_errors import Lines, TomlPath, spelled
from .telling import tell

T = TypeVar("T")


class Place:
    """The file that is read: its name, the lines of its keys, and what was found wrong in it."""

    def __init__(self, file: str, lines: Lines, problems: Problems) -> None:
        self.file = file
        self.problems = problems
        self._lines = lines

    def tell(self, code: str, path: TomlPath, **params: object) -> None:
        row = self._lines.of(path)
        tell(self.problems, code, params, file=self.file, row=row, column=spelled(path))

    def warn(self, code: str, path: TomlPath, **params: object) -> None:
        row = self._lines.of(path)
        self.problems.warn(code, file=self.file, row=row, column=spelled(path), **params)

    def read(self, path: TomlPath, parse: Callable[[str], T], text: str, otherwise: T) -> T:
        """A text's meaning; `otherwise`, and a problem, if it has none."""
        try:
            return parse(text)
        except values.BadValueError as bad:
            self.tell(bad.code, path, **bad.params)
            return otherwise
