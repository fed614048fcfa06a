"""What a workspace says besides the centre itself, and what reading it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from ..centre import Centre
from ..errors import Problem
from ..messages import DEFAULT_LANGUAGE


class Unit(StrEnum):
    """What a contact export counts."""

    CONTACTS = "contacts"
    PEOPLE = "people"
    SESSIONS = "sessions"
    TURNS = "turns"
    MESSAGES = "messages"


class DemandBasis(StrEnum):
    """What counts as demand: every contact that reached the queue, or those that were answered."""

    OFFERED = "offered"
    HANDLED = "handled"


@dataclass(frozen=True)
class ContactSettings:
    """How `contacts` is read. `columns`: field → heading. `queues`: name in the file → queue.

    `short_abandon_weight` is the share of short abandons that counts as demand (None: all of
    them); in contact records an abandon before `short_abandon_s` seconds is short.
    """

    unit: Unit | None = None
    demand: DemandBasis = DemandBasis.OFFERED
    short_abandon_weight: float | None = None
    short_abandon_s: float = 5.0
    columns: Mapping[str, str] = field(default_factory=dict)
    queues: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """What the commands need besides the centre: language, money, search limits, file names."""

    language: str = DEFAULT_LANGUAGE
    currency: str = ""
    roster_seconds: float = 30.0
    roster_seed: int = 1
    correct_rounds: int = 3
    prefer: str | None = None
    hr_template: Path | None = None
    contacts: ContactSettings = field(default_factory=ContactSettings)


@dataclass(frozen=True)
class CentreInputs:
    """A workspace read and checked. `files` holds the path of every input file that exists, by its
    standard name (`config`, `contacts`, `calendar`, `agents`, …)."""

    centre: Centre
    settings: Settings
    warnings: tuple[Problem, ...]
    files: Mapping[str, Path]
