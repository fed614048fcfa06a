"""Reads values out of the tables of a TOML file, telling every one that cannot be meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ....data.errors import Problem, Problems
from .clock_format import TOKENS, unknown_tokens
from .template import Scalar


class TableReader:
    """What is wrong goes to `problems`, with the file's name and the place in it."""

    def __init__(self, file: str, problems: Problems) -> None:
        self.file = file
        self.problems = problems

    def add(self, code: str, place: str | None, **params: object) -> None:
        self.problems.extend([Problem(code, params, file=self.file, column=place)])

    def known(self, table: Mapping[str, object], keys: Iterable[str], place: str | None) -> None:
        """Reports every key of a table that means nothing."""
        for key in table:
            if key not in keys:
                self.add("exports.template.unknown_key", place, key=key, keys=", ".join(keys))

    def table(
        self, outer: Mapping[str, object], key: str, keys: Iterable[str] | None
    ) -> Mapping[str, object]:
        """A table of settings, empty if it is left out; `keys` None allows any."""
        inner = outer.get(key, {})
        if not isinstance(inner, dict):
            self.add("exports.template.not_a_table", key)
            return {}
        if keys is not None:
            self.known(inner, keys, key)
        return inner

    def pattern(self, pattern: object, place: str) -> str | None:
        if pattern is None:
            return None
        bad = unknown_tokens(str(pattern))
        if bad or not str(pattern):
            listed, tokens = ", ".join(bad), " ".join(TOKENS)
            self.add(
                "exports.template.bad_format", place, format=pattern, bad=listed, tokens=tokens
            )
        return str(pattern)

    def choice(
        self,
        table: Mapping[str, object],
        key: str,
        choices: Iterable[str],
        default: str,
        place: str | None = None,
    ) -> str:
        value = table.get(key, default)
        if isinstance(value, str) and value in choices:
            return value
        self._no_choice(place or f"file.{key}", value, choices)
        return default

    def flag(self, table: Mapping[str, object], key: str, place: str, *, default: bool) -> bool:
        value = table.get(key, default)
        if not isinstance(value, bool):
            self._no_choice(place, value, ("true", "false"))
        return bool(value)

    def count(self, table: Mapping[str, object], key: str, place: str) -> int | None:
        """A whole number of 1 or more; None if it is left out."""
        value = table.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            self.add("exports.template.not_a_count", place, value=value)
            return None
        return value

    def texts(self, table: Mapping[str, object], key: str, place: str) -> tuple[str, ...]:
        """A list of one or more texts."""
        value = table.get(key)
        if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
            return tuple(value)
        self.add("exports.template.not_texts", place)
        return ()

    def scalar(self, value: object, place: str) -> Scalar:
        if isinstance(value, str | int | float | bool):
            return value
        self.add("exports.template.not_a_value", place)
        return ""

    def _no_choice(self, place: str, value: object, choices: Iterable[str]) -> None:
        listed = ", ".join(choices)
        self.add("exports.template.not_a_choice", place, value=value, choices=listed)
