"""What pydantic finds wrong in shiftcast.toml, in the planner's words and with the line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .config_models import ConfigFile
from .values import shortened, suggestion

TomlPath = tuple[str | int, ...]

_TABLE = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?")
_PART = r"(?:[A-Za-z0-9_\-]+|\"[^\"]*\"|'[^']*')"
_KEY = re.compile(rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*=")

# pydantic's name of an expected type → ours in the catalogue (`config.type.<name>`).
_TYPES = {
    "string_type": "text",
    "int_type": "whole",
    "int_from_float": "whole",
    "float_type": "number",
    "list_type": "list",
    "dict_type": "table",
    "model_type": "table",
    "model_attributes_type": "table",
}
_LIMITS = {
    "greater_than": ("gt", "above"),
    "greater_than_equal": ("ge", "at_least"),
    "less_than": ("lt", "below"),
    "less_than_equal": ("le", "at_most"),
}


class Lines:
    """The line of every key in a TOML text, found without reading its values."""

    def __init__(self, text: str) -> None:
        self._line: dict[TomlPath, int] = {}
        counts: dict[TomlPath, int] = {}
        table: TomlPath = ()
        for number, line in enumerate(text.splitlines(), start=1):
            header = _TABLE.fullmatch(line)
            key = _KEY.match(line)
            if header:
                table = self._resolve(header.group(2), counts)
                if header.group(1) == "[[":
                    counts[table] = counts.get(table, -1) + 1
                    table = (*table, counts[table])
                self._line.setdefault(table, number)
            elif key:
                parts = (part.strip("\"'") for part in re.findall(_PART, key.group(1)))
                self._line.setdefault((*table, *parts), number)

    @staticmethod
    def _resolve(header: str, counts: Mapping[TomlPath, int]) -> TomlPath:
        """The path of `[queue.opening]`: that of the queue that was begun last."""
        path: TomlPath = ()
        parts = [part.strip().strip("\"'") for part in header.split(".")]
        for position, part in enumerate(parts):
            path = (*path, part)
            if path in counts and position < len(parts) - 1:
                path = (*path, counts[path])
        return path

    def of(self, path: TomlPath) -> int | None:
        """The line of a path, or of the nearest table or key that holds it."""
        while path:
            if path in self._line:
                return self._line[path]
            path = path[:-1]
        return None


def spelled(path: TomlPath) -> str:
    """`queue[2].within_seconds`, counting from 1 as people do."""
    found = ""
    for part in path:
        found += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if found else part
    return found


def tell_errors(error: ValidationError, tell: Callable[..., None], at: TomlPath = ()) -> None:
    """Every error of the file, or of its table `at` a path, by `Place.tell`: what stands there,
    what may, and in which line."""
    for detail in error.errors(include_url=False):
        path = (*at, *detail["loc"])
        code, params = _translate(detail, path)
        tell(code, path, **params)


def _translate(detail: ErrorDetails, path: TomlPath) -> tuple[str, dict[str, object]]:
    kind = detail["type"]
    context = detail.get("ctx", {})
    value = shortened(str(detail["input"]))
    if kind == "missing":
        return "config.missing_key", {"key": path[-1]}
    if kind == "extra_forbidden":
        known = _known_keys(path[:-1])
        near = suggestion(str(path[-1]), known)
        if near:
            return "config.mistyped_key", {"key": path[-1], "meant": near}
        return "config.unknown_key", {"key": path[-1], "known": ", ".join(known)}
    if kind == "literal_error":
        return "config.not_one_of", {"value": value, "allowed": context["expected"]}
    if kind in _LIMITS:
        bound, word = _LIMITS[kind]
        return f"config.must_be_{word}", {"value": value, "limit": context[bound]}
    if kind in ("too_short", "too_long", "string_too_short", "string_too_long"):
        return "config.wrong_length", {"value": value}
    return f"config.not_{_TYPES.get(kind, 'valid')}", {"value": value}


def _known_keys(path: TomlPath) -> list[str]:
    """The keys of the table at a path."""
    model: type[BaseModel] = ConfigFile
    for part in path:
        if isinstance(part, int):
            continue
        field = model.model_fields[part].annotation
        options = (field, *get_args(field))
        model = next(o for o in options if isinstance(o, type) and issubclass(o, BaseModel))
    return list(model.model_fields)
