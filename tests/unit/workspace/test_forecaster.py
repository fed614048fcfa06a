"""The settings that `backtest --tune` chooses: written, kept, and read back."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from shiftcast.cli.workspace import forecaster
from shiftcast.cli.workspace.forecaster import (
    forecaster_of,
    forecaster_of_file,
    read_settings,
    tune_settings,
    tuned_forecaster,
)
from shiftcast.data.calendar import Calendar
from shiftcast.data.errors import InputError
from shiftcast.data.history import ContactHistory
from shiftcast.forecasting.level.settings import USUAL, LevelSettings, Scale
from shiftcast.forecasting.tuning import Tuned, TuningTask

from tests.unit.forecasting.made_histories import queues

CHOSEN = LevelSettings(Scale.ADDITIVE, 0.3, 4, corrected=False)


def history(second: float = 5.0) -> ContactHistory:
    return queues([np.full(40, 9.0), np.full(40, second)], interval_min=1440)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The queues that were tuned, one after the other; q0 to `CHOSEN`, q1 without a choice."""
    names: list[str] = []

    def chosen(one: TuningTask) -> Tuned:
        names.append(one.queue)
        if one.queue == "q0":
            return Tuned(CHOSEN, 0.08, 0.1)
        return Tuned(USUAL, float("nan"), float("nan"))

    monkeypatch.setattr(forecaster, "tune", chosen)
    monkeypatch.setattr("os.cpu_count", lambda: 1)  # in this process
    return names


def tuned(path: Path, known: ContactHistory | None = None) -> list[float]:
    """Tunes, and gives back the progress that was told."""
    told: list[float] = []
    tune_settings(known or history(), Calendar(), 7, path, lambda _, share: told.append(share))
    return told


def test_what_is_chosen_is_written_and_read_back(asked: list[str], tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    assert tuned(path) == [1.0]
    assert asked == ["q0", "q1"]
    assert [file.name for file in tmp_path.iterdir()] == ["settings.json"]
    found = json.loads(path.read_text())
    assert found["schema_version"] == 1
    q0, q1 = found["queues"]["q0"], found["queues"]["q1"]
    made_of = q0.pop("made_of")
    assert q0 == {
        "scale": "additive",
        "flexibility": 0.3,
        "month_waves": 4,
        "corrected": False,
        "wape": 0.08,
        "usual_wape": 0.1,
    }
    assert len(made_of) == 32
    assert (q1["scale"], q1["wape"], q1["usual_wape"]) == ("log", None, None)
    assert read_settings(path).queues["q0"].level == CHOSEN
    assert tuned_forecaster(path).settings == {"q0": CHOSEN, "q1": USUAL}


def test_a_queue_whose_history_is_the_same_keeps_its_settings(
    asked: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "settings.json"
    tuned(path)
    before = path.read_text()
    assert tuned(path) == []
    assert path.read_text() == before
    tuned(path, history(second=6.0))
    assert asked == ["q0", "q1", "q1"]
    # A queue that is no more is left out.
    tuned(path, queues([np.full(40, 9.0)], interval_min=1440))
    assert list(read_settings(path).queues) == ["q0"]
    assert asked == ["q0", "q1", "q1"]


def test_without_a_file_the_settings_are_the_usual_ones(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.json").queues == {}
    assert tuned_forecaster(None).settings == {}
    assert forecaster_of(tmp_path).settings == {}


@pytest.mark.usefixtures("asked")
def test_a_workspace_uses_its_settings_and_keeps_what_it_learns(tmp_path: Path) -> None:
    tuned(tmp_path / "forecast_settings.json")
    found = forecaster_of(tmp_path)
    assert found.settings["q0"] == CHOSEN
    assert found.cache is not None
    assert found.cache.folder == tmp_path / ".cache" / "learned"
    # The many forecasts of a backtest are not kept.
    assert tuned_forecaster(tmp_path / "forecast_settings.json").cache is None


def test_a_bare_file_keeps_what_it_learns_for_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    cache = forecaster_of_file(None).cache
    assert cache is not None
    assert cache.folder == tmp_path / "shiftcast" / "learned"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    cache = forecaster_of_file(None).cache
    assert cache is not None
    assert cache.folder == Path.home() / ".cache" / "shiftcast" / "learned"


def test_settings_that_are_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no file .*settings\.json"):
        forecaster_of_file(tmp_path / "settings.json")


@pytest.mark.parametrize(
    "content",
    [
        b"not json",
        b'{"queues": {"q0": {"scale": "log"}}}',
        b'{"queues": {}, "surprise": 1}',
        b"\xff\xfe\xfa",
    ],
)
def test_settings_that_cannot_be_read_are_told_and_left(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match="The forecast settings cannot be read") as told:
        tuned(path)
    assert told.value.problems[0].file == str(path)
    assert "delete it, or tune again" in told.value.problems[0].hint()
    assert path.read_bytes() == content
