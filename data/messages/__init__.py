"""The one message catalogue: every sentence a planner reads, by key, in every language.

A language is a folder of TOML files, one a subject (`errors.toml`, `report.toml`, …). Nested
tables join with dots: ``[input.missing_column]`` with ``text`` and ``hint`` gives the keys
``input.missing_column`` and ``input.missing_column.hint``; a plain string is its own key. Texts
are `str.format` templates. A test holds every language to the same keys and placeholders.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

DEFAULT_LANGUAGE = "en"
LANGUAGES = {"en": "en", "zh-CN": "zh_CN"}


@cache
def catalogue(language: str = DEFAULT_LANGUAGE) -> dict[str, str]:
    """Every key of a language with its template; ValueError names the languages there are."""
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r} is not one of {', '.join(LANGUAGES)}")
    found: dict[str, str] = {}
    folder = files(__package__).joinpath(LANGUAGES[language])
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            _flatten("", tomllib.loads(file.read_text(encoding="utf-8")), found)
    return found


def text(key: str, language: str = DEFAULT_LANGUAGE, /, **params: object) -> str:
    """The sentence of a key in a language; KeyError if the catalogue lacks it."""
    return catalogue(language)[key].format(**params)


def _flatten(prefix: str, table: dict[str, object], found: dict[str, str]) -> None:
    for name, value in table.items():
        key = f"{prefix}.{name}" if prefix else name
        if isinstance(value, dict):
            _flatten(key, value, found)
            continue
        key = key.removesuffix(".text")
        if key in found:
            raise ValueError(f"message {key!r} is defined twice")
        found[key] = str(value)
