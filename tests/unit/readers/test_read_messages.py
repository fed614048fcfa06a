"""What readers can tell has its words, and no words are left that nobody tells."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from shiftcast.data.messages import catalogue

ROOT = Path(__file__).parents[3]
# Codes that are put together from a prefix and a word.
FAMILIES = {
    "input.unknown_": ("agent", "contract", "skill", "shift", "queue"),
    "config.must_be_": ("above", "at_least", "below", "at_most"),
    "config.not_": ("text", "whole", "number", "list", "table", "valid"),
}


def told_codes() -> set[str]:
    found: set[str] = set()
    for file in (ROOT / "data").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        found |= set(re.findall(r'"((?:input|config)\.[a-z_]+)"', text))
    return found | {prefix + word for prefix, words in FAMILIES.items() for word in words}


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_code_has_a_message_and_a_remedy(language: str) -> None:
    words = catalogue(language)
    codes = told_codes()
    assert len(codes) > 90
    assert {code for code in codes if code not in words or f"{code}.hint" not in words} == set()


def test_no_message_is_left_that_nobody_tells() -> None:
    file = ROOT / "data" / "messages" / "en" / "input.toml"
    subjects = tomllib.loads(file.read_text(encoding="utf-8"))
    keys = {f"{subject}.{key}" for subject, table in subjects.items() for key in table}
    assert keys - told_codes() == set()
