"""What breaks a rule, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ..data.grid import TimeGrid
from ..data.messages import text
from ..scheduling.rostering.roster import Violation
from .console import Console


@dataclass(frozen=True)
class Breach:
    """One case of a rule that a roster breaks; `points` is its price if the rule is soft."""

    rule: str
    agent: str | None
    date: str | None
    text: str
    points: float | None = None


def show_breaches(breaches: tuple[Breach, ...], console: Console) -> None:
    """A line for each: who, when, what."""
    for breach in breaches:
        parts = (breach.agent, breach.date, breach.text)
        console.line("  " + " ".join(part for part in parts if part))


def breach_line(
    violation: Violation, grid: TimeGrid, language: str, points: float | None = None
) -> Breach:
    """What a violation of a roster on a grid comes to, in one language."""
    day = None
    if violation.day is not None:
        day = (grid.first_day + timedelta(days=violation.day)).isoformat()
    words = text(violation.key, language, **violation.params)
    return Breach(violation.rule, violation.agent, day, words, points)
