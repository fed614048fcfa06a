"""Forecasts that a run, or (if asked) a later run, need not make again."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from shiftcast.data import calendar, grid, public_holidays
from shiftcast.data.calendar import Calendar
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.forecasting import baseline, day_marks, day_matrix, opening
from shiftcast.forecasting.forecast import QUANTILES, Forecast, Forecaster

_MATTERS = ("lightgbm", "numpy", "pandas", "prophet")
_USED = (baseline, calendar, day_marks, day_matrix, grid, opening, public_holidays)


@dataclass
class Remembered:
    """A forecaster that makes each forecast of a run once, whoever asks for it; a `Forecaster`
    under a name of its own.

    `members` are those whose forecasts it uses: its `seconds` include theirs, whether or not they
    had been made already. With a folder to `keep`, forecasts of earlier runs with the same
    history, calendar, code and versions are taken from there with the seconds they took then, and
    `from_earlier` counts them, members' included.
    """

    name: str
    method: Forecaster
    members: Sequence[Remembered] = ()
    ranges: bool = True
    keep: Path | None = None
    made: dict[date, Forecast] = field(default_factory=dict)
    own_seconds: float = 0.0
    own_from_earlier: int = 0

    @property
    def seconds(self) -> float:
        return self.own_seconds + sum(member.seconds for member in self.members)

    @property
    def from_earlier(self) -> int:
        return self.own_from_earlier + sum(member.from_earlier for member in self.members)

    def forecast(
        self,
        history: ContactHistory,
        calendar: Calendar,
        grid: TimeGrid,
        open_mask: NDArray[np.bool_] | None,
        rng: np.random.Generator,
    ) -> Forecast:
        if grid.first_day not in self.made:
            kept = None
            if self.keep is not None and not self.members:
                asked = (self.method, history.grid, history.queues, calendar, grid)
                known = np.where(history.learn, history.offered, np.nan)
                kept = self.keep / self._file(asked, known, open_mask, rng)
            if kept is not None and kept.exists():
                self.made[grid.first_day] = self._read(kept, history, grid)
            else:
                self._make(history, calendar, grid, open_mask, rng, kept)
        return self.made[grid.first_day]

    def _make(
        self,
        history: ContactHistory,
        calendar: Calendar,
        grid: TimeGrid,
        open_mask: NDArray[np.bool_] | None,
        rng: np.random.Generator,
        kept: Path | None,
    ) -> None:
        before = sum(member.seconds for member in self.members)
        begun = perf_counter()
        forecast = self.method.forecast(history, calendar, grid, open_mask, rng)
        seconds = perf_counter() - begun
        # What a member took while this one waited for it is the member's time.
        self.own_seconds += seconds - sum(member.seconds for member in self.members) + before
        self.made[grid.first_day] = forecast
        if kept is not None:
            kept.parent.mkdir(parents=True, exist_ok=True)
            aside = kept.with_name(f"aside-{os.getpid()}.npz")
            paths = forecast.paths.astype(np.float32)
            np.savez_compressed(aside, mean=forecast.mean, paths=paths, seconds=seconds)
            aside.replace(kept)

    def _read(self, kept: Path, history: ContactHistory, grid: TimeGrid) -> Forecast:
        with np.load(kept) as stored:
            mean, paths = stored["mean"], stored["paths"].astype(np.float64)
            self.own_seconds += float(stored["seconds"])
        self.own_from_earlier += 1
        p10, p50, p90 = np.quantile(paths, QUANTILES, axis=0)
        unknown = np.full(mean.shape, np.nan)
        return Forecast(grid, history.queues, mean, p10, p50, p90, unknown, paths, {})

    def _file(
        self,
        asked: tuple[Forecaster, TimeGrid, tuple[str, ...], Calendar, TimeGrid],
        known: NDArray[np.float64],
        open_mask: NDArray[np.bool_] | None,
        rng: np.random.Generator,
    ) -> str:
        """Named after everything that the forecast may depend on."""
        said = hashlib.sha256(repr((asked, rng.bit_generator.state, _versions())).encode())
        said.update(known.tobytes())
        said.update(b"" if open_mask is None else open_mask.tobytes())
        said.update(_code())
        return f"{self.name}-{asked[-1].first_day}-{said.hexdigest()[:16]}.npz"


@cache
def _code() -> bytes:
    """What the peers, and what they use of the product, are written like, as this run began."""
    files = [path for path in (Path(__file__).parent / "peers").iterdir() if path.is_file()]
    files += [Path(str(module.__file__)) for module in _USED]
    said = hashlib.sha256()
    for file in sorted(files):
        said.update(file.read_bytes())
    return said.digest()


def _versions() -> list[str]:
    found = importlib.metadata.distributions()
    return sorted(f"{d.name} {d.version}" for d in found if d.name in _MATTERS)
