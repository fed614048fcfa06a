"""manifest.json: what a plan was made of, so that it can be made again and be trusted."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from ...data.errors import InputError, Problem
from ...data.people import TimeOff
from ...scheduling.planning.correction import Correction
from ...scheduling.rostering.roster import RosterResult, SolveStatus

MANIFEST_FILE = "manifest.json"
_PACKAGES = ("shiftcast", "prophet", "ortools", "numpy", "scipy", "pandas", "numba", "holidays")


class Outcome(BaseModel):
    """How the roster search ended; see `RosterResult`."""

    model_config = ConfigDict(frozen=True)

    status: SolveStatus
    cost: float | None
    lower_bound: float | None
    gap: float | None
    cpu_seconds: float
    violations: int


class Absent(BaseModel):
    """An agent (by id) who is absent, both days included, though time_off.csv did not say so; only
    in some hours of them if it says which (see `TimeOff`). What was to be worked counts so."""

    model_config = ConfigDict(frozen=True)

    agent: str
    first: date
    last: date
    paid: bool
    from_minute: int = 0
    to_minute: int | None = None

    def time_off(self) -> TimeOff:
        return TimeOff(
            self.agent,
            self.first,
            self.last,
            self.paid,
            "absence",
            self.from_minute,
            self.to_minute,
        )


class Manifest(BaseModel):
    """Everything that a plan depends on. `inputs` are SHA-256 hashes by file name."""

    model_config = ConfigDict(frozen=True)

    schema_version: int = 1
    plan: str
    start: date
    days: int
    created: datetime
    seed: int
    roster_seconds: float
    edited_from: str | None = None  # the plan whose roster was edited by hand into this one
    repaired_from: str | None = None  # the plan that was mended into this one
    absent: tuple[Absent, ...] = ()
    forecast_from: str | None = None  # where another forecast came from, adjustments in it
    prefer: str | None = None
    contacts: str  # where the history was, seen from the workspace
    inputs: dict[str, str]
    versions: dict[str, str]
    result: Outcome
    timings: dict[str, float]
    warnings: tuple[str, ...] = ()
    correction: Correction | None = None

    @property
    def last_day(self) -> date:
        return self.start + timedelta(days=self.days - 1)

    def covers(self, day: date) -> bool:
        return self.start <= day <= self.last_day


def outcome_of(result: RosterResult) -> Outcome:
    return Outcome(
        status=result.status,
        cost=result.cost,
        lower_bound=result.lower_bound,
        gap=result.gap,
        cpu_seconds=round(result.cpu_seconds, 2),
        violations=len(result.violations),
    )


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def versions() -> dict[str, str]:
    """Versions of Python and of every package that a plan's numbers depend on."""
    found = {"python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def hashes(files: Iterable[Path]) -> dict[str, str]:
    """SHA-256 by file name."""
    return {path.name: _sha256(path) for path in files}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a plan folder. InputError if it is missing or broken."""
    path = folder / MANIFEST_FILE
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        place = f"{folder.name}/{MANIFEST_FILE}"
        raise InputError(Problem("workspace.broken_json", file=place)) from None
