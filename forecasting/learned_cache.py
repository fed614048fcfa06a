"""What was learned, kept on disk by what it was learned from: a rerun, or a what-if on the days to
come, fits nothing again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from ..data.grid import TimeGrid
from . import storage
from .learned_centre import LearnedCentre
from .level.members import STORED
from .queue_learning import QueueTask

_KEPT = 20
_MOST_QUEUES = 100  # above it, writing and reading would take as long as is worth it
_LIBRARIES = ("prophet", "lightgbm", "numpy", "scipy")


@dataclass(frozen=True)
class LearnedCache:
    """A folder of learned centres, the twenty used last; it may be deleted at any time."""

    folder: Path

    def get(self, key: str) -> LearnedCentre | None:
        """What is kept under `key`; None if nothing is, or it cannot be read."""
        path = self._path(key)
        with suppress(OSError, ValueError):
            found = storage.load(path, LearnedCentre, *STORED)
            path.touch()
            if isinstance(found, LearnedCentre):
                return found
        return None

    def put(self, key: str, learned: LearnedCentre) -> None:
        """Keeps `learned`; a folder that cannot be written is left alone."""
        if len(learned.names) > _MOST_QUEUES:
            return
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            storage.save(self._path(key), learned)
            kept = sorted(self.folder.glob("*.npz"), key=lambda path: -path.stat().st_mtime)
            for old in kept[_KEPT:]:
                old.unlink()

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.npz"


def key_of(
    names: Iterable[str],
    grid: TimeGrid,
    tasks: Iterable[QueueTask],
    members: str = "",
    across: bool = False,
) -> str:
    """A hash of all that a learned centre depends on: histories, the calendar's days, settings,
    our own code and the libraries that learn. Promotions to come are not part of it. `members`
    names those that learn; `across` says whether some of them do so across queues."""
    digest = hashlib.sha256(_code_stamp())
    digest.update(repr((tuple(names), grid, members)).encode())
    for task in tasks:
        marks, known = task.marks, len(task.contacts)
        digest.update(np.ascontiguousarray(task.contacts).tobytes())
        digest.update(np.ascontiguousarray(task.aht_s).tobytes())
        digest.update(marks.closed[:known].tobytes() + marks.outage[:known].tobytes())
        digest.update(marks.workday.tobytes())
        past = [p for p in marks.promotions if (p.first - marks.first).days < task.first]
        # A holiday on the first day to come makes the last day known its eve; members that learn
        # across queues count the days until the next one.
        seen = marks.days if across else known + 1
        days = (marks.first, marks.weekend, marks.school[:known], marks.special[:seen])
        digest.update(repr((days, marks.holiday[:seen], past)).encode())
        digest.update(repr((task.first, task.days, task.settings, task.checked)).encode())
    return digest.hexdigest()[:32]


def _code_stamp() -> bytes:
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    for library in _LIBRARIES:
        with suppress(PackageNotFoundError):
            digest.update(version(library).encode())
    return digest.digest()
