"""What a console cannot encode is said with what it can."""

from __future__ import annotations

import io
import sys

import pytest
from shiftcast.cli.plain_text import speak_plainly

SAID = "−0.4 – “phone” … 5 × 8 → Zoë 班次"


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("ascii", '-0.4 - "phone" ... 5 x 8 -> Zoe ??'),
        ("cp1252", "-0.4 – “phone” … 5 × 8 -> Zoë ??"),
        ("gbk", "-0.4 – “phone” … 5 × 8 → Zoe 班次"),
        ("utf-8", SAID),
    ],
)
def test_signs_are_told_with_those_there_are(
    monkeypatch: pytest.MonkeyPatch, encoding: str, shown: str
) -> None:
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    speak_plainly()
    print(SAID, end="", file=stream)
    stream.flush()
    assert written.getvalue().decode(encoding) == shown
