"""Renders `shiftcast.toml` and the scenario files: settings from a template, remarks from the
message catalogue.

A template is TOML whose remarks are keys: ``seats = 48  #: rules.seats`` becomes the setting with
the sentence ``template.rules.seats`` of the catalogue behind it, and a line that is only ``#: key``
becomes that sentence on a line of its own. ``$name`` stands for a value, written as TOML; a line
whose value is None is written as a setting that is not in use.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from string import Template
from unicodedata import east_asian_width

from ..messages import DEFAULT_LANGUAGE, text

_MARK = "#: "
_REMARK_COLUMN = 44
_NOT_IN_USE = '"…"'

Value = str | int | date | None


def render(template: str, values: Mapping[str, Value], language: str = DEFAULT_LANGUAGE) -> str:
    """The text of a template (its file name without .toml) with values and remarks filled in.

    KeyError if a value or a sentence is missing; unused values are let be.
    """
    source = files(__package__).joinpath("templates", f"{template}.toml")
    lines = source.read_text(encoding="utf-8").splitlines()
    written = {name: _toml(value) for name, value in values.items()}
    return "".join(f"{_line(line, written, language)}\n" for line in lines)


def _line(line: str, written: Mapping[str, str], language: str) -> str:
    code, mark, key = line.partition(_MARK)
    setting = Template(code)
    code = setting.substitute(written).rstrip()
    if any(written[name] == _NOT_IN_USE for name in setting.get_identifiers()):
        code = f"# {code}"
    if not mark:
        return code
    remark = f"# {text(f'template.{key.strip()}', language)}"
    return f"{code}{' ' * max(_REMARK_COLUMN - _width(code), 2)}{remark}" if code else remark


def _width(code: str) -> int:
    """Columns on a screen, where a Chinese character takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in code)


def _toml(value: Value) -> str:
    """A value as TOML; JSON's strings are TOML's."""
    if value is None:
        return _NOT_IN_USE
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | int) else str(value)
