"""The language a workspace asks for, known before anything else of it is read."""

from __future__ import annotations

import tomllib
from pathlib import Path

from ...data.messages import DEFAULT_LANGUAGE, LANGUAGES
from .names import SETTINGS_FILE


def workspace_language(folder: Path) -> str:
    """`language` of shiftcast.toml; English if the file is missing or wrong, so that the problem
    itself can be told."""
    try:
        content = tomllib.loads((folder / SETTINGS_FILE).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return DEFAULT_LANGUAGE
    centre = content.get("centre")
    language = centre.get("language") if isinstance(centre, dict) else None
    return language if language in LANGUAGES else DEFAULT_LANGUAGE
