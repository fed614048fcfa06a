"""The forecaster of a workspace or of a file: its chosen settings, and what it learned before."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from ...data.calendar import Calendar
from ...data.errors import InputError, Problem
from ...data.history import ContactHistory
from ...forecasting.composed import ComposedForecaster
from ...forecasting.learned_cache import LearnedCache
from ...forecasting.level.settings import LevelSettings, Scale
from ...forecasting.parallel import spread
from ...forecasting.tuning import Tuned, tune, tuning_tasks
from .names import FORECAST_SETTINGS_FILE, LEARNED_FOLDER

_AT_ONCE = 8  # queues tuned between two reports of progress


class QueueSettings(BaseModel):
    """The settings of one queue. `wape` is what they would have missed in past weeks, `usual_wape`
    what the usual settings would have; None where history is too short. `made_of` names all that
    the choice depends on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scale: Scale
    flexibility: float
    month_waves: int
    corrected: bool
    wape: float | None
    usual_wape: float | None
    made_of: str

    @property
    def level(self) -> LevelSettings:
        return LevelSettings(self.scale, self.flexibility, self.month_waves, self.corrected)


class ForecastSettings(BaseModel):
    """What `backtest --tune` chose, by queue."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: int = 1
    queues: dict[str, QueueSettings] = {}


def forecaster_of(folder: Path) -> ComposedForecaster:
    """The forecaster of a workspace, with the settings chosen for it and what it learned kept."""
    chosen = read_settings(folder / FORECAST_SETTINGS_FILE)
    return _forecaster(chosen, folder / LEARNED_FOLDER)


def tuned_forecaster(settings: Path | None) -> ComposedForecaster:
    """A forecaster with the settings of a file, if there is one, that keeps nothing: for the many
    forecasts of a backtest."""
    chosen = ForecastSettings() if settings is None else read_settings(settings)
    return ComposedForecaster(settings=_levels(chosen))


def forecaster_of_file(settings: Path | None) -> ComposedForecaster:
    """The forecaster of a bare history: settings of a file, if one is named, which must exist."""
    if settings is not None and not settings.is_file():
        raise InputError(Problem("forecast_settings.missing", {"file": settings}))
    chosen = ForecastSettings() if settings is None else read_settings(settings)
    return _forecaster(chosen, _cache_of_user() / "shiftcast" / "learned")


def _forecaster(chosen: ForecastSettings, cache: Path) -> ComposedForecaster:
    return ComposedForecaster(settings=_levels(chosen), cache=LearnedCache(cache))


def _levels(chosen: ForecastSettings) -> dict[str, LevelSettings]:
    return {queue: found.level for queue, found in chosen.queues.items()}


def read_settings(path: Path) -> ForecastSettings:
    """The settings in a file, none if there is no file; InputError if it cannot be read."""
    if not path.is_file():
        return ForecastSettings()
    try:
        return ForecastSettings.model_validate_json(path.read_text(encoding="utf-8-sig"))
    except (ValidationError, UnicodeDecodeError) as error:
        raise InputError(Problem("forecast_settings.broken", file=str(path))) from error


def tune_settings(
    history: ContactHistory,
    calendar: Calendar,
    days: int,
    path: Path,
    progress: Callable[[str, float], None],
) -> ForecastSettings:
    """Chooses settings for every queue and writes them to `path`; queues whose history has not
    changed since keep theirs."""
    before = read_settings(path).queues
    tasks = tuning_tasks(history, calendar, days)
    chosen = {
        task.queue: before[task.queue]
        for task in tasks
        if task.queue in before and before[task.queue].made_of == task.key
    }
    open_ = [task for task in tasks if task.queue not in chosen]
    with spread(len(open_), worth=2) as mapped:
        for begin in range(0, len(open_), _AT_ONCE):
            part = open_[begin : begin + _AT_ONCE]
            for task, found in zip(part, mapped(tune, part), strict=True):
                chosen[task.queue] = _settings_of(found, task.key)
            progress("tune", (begin + len(part)) / len(open_))
    settings = ForecastSettings(queues={task.queue: chosen[task.queue] for task in tasks})
    aside = path.with_name(f"{path.name}.part")
    aside.write_text(settings.model_dump_json(indent=2) + "\n", encoding="utf-8")
    aside.replace(path)
    return settings


def _settings_of(found: Tuned, key: str) -> QueueSettings:
    level = found.settings
    known = found.wape == found.wape
    return QueueSettings(
        scale=level.scale,
        flexibility=level.flexibility,
        month_waves=level.month_waves,
        corrected=level.corrected,
        wape=found.wape if known else None,
        usual_wape=found.usual_wape if known else None,
        made_of=key,
    )


def _cache_of_user() -> Path:
    """The folder where programs of this user keep what may be deleted at any time."""
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        if os.environ.get(variable):
            return Path(os.environ[variable])
    return Path.home() / ".cache"
