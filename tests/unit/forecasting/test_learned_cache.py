"""What was learned is used again exactly where it is what would be learned anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from shiftcast.data.calendar import Calendar, DayKind, Promotion, SpecialDay
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.forecasting import composed
from shiftcast.forecasting.composed import ComposedForecaster
from shiftcast.forecasting.forecast import Forecast
from shiftcast.forecasting.learned_cache import LearnedCache
from shiftcast.forecasting.level.members import COMPANIONS
from shiftcast.forecasting.level.settings import LevelSettings, Scale
from shiftcast.forecasting.queue_learning import learn_queue

from tests.unit.forecasting.made_histories import after, queues
from tests.unit.forecasting.made_levels import sale, totals_of

KNOWN = 60
SOLD = (13, 27, 34, 46, 55)
PAST = tuple(sale(at, type="fair" if at % 2 else "sale") for at in SOLD)
CALENDAR = Calendar(promotions=PAST)


def made(days: int = KNOWN) -> ContactHistory:
    rows = [totals_of(days, 500.0, seed=seed) for seed in (1, 2)]
    for row in rows:
        row[list(SOLD)] *= 1.5
    return queues([np.round(row) for row in rows], interval_min=1440)


@dataclass
class Teacher:
    """A forecaster whose lessons are counted."""

    cache: LearnedCache | None
    lessons: list[str] = field(default_factory=list)

    def forecast(
        self,
        history: ContactHistory,
        calendar: Calendar = CALENDAR,
        grid: TimeGrid | None = None,
        **given: Any,
    ) -> Forecast:
        options = {"companions": (), **given}
        forecaster = ComposedForecaster(paths=20, cache=self.cache, **options)
        rng = np.random.default_rng(1)
        return forecaster.forecast(history, calendar, grid or after(history), None, rng)


@pytest.fixture
def teacher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Teacher]:
    one = Teacher(LearnedCache(tmp_path / "kept"))

    def counted(task: Any) -> Any:
        one.lessons.append("queue")
        return learn_queue(task)

    monkeypatch.setattr(composed, "learn_queue", counted)
    return one


def with_events(*events: Promotion | SpecialDay) -> Calendar:
    promotions = tuple(event for event in events if isinstance(event, Promotion))
    special = tuple(event for event in events if isinstance(event, SpecialDay))
    return replace(CALENDAR, promotions=(*promotions, *PAST), special_days=special)


def test_a_second_forecast_learns_nothing_and_is_the_same(teacher: Teacher):
    history = made(91)  # long enough for past weeks to be forecast again
    first = teacher.forecast(history)
    assert len(teacher.lessons) == 2
    again = teacher.forecast(history)
    assert len(teacher.lessons) == 2
    for name in ("mean", "p10", "p50", "p90", "paths"):
        assert np.array_equal(getattr(again, name), getattr(first, name))
    assert again.events == first.events
    assert np.array_equal(again.explanation.level, first.explanation.level)


def day_to_come(number: int) -> date:
    return after(made()).first_day + timedelta(days=number)


@pytest.mark.parametrize(
    "event",
    [
        Promotion(day_to_come(2), day_to_come(3), "sale", "soon"),
        Promotion(day_to_come(0), day_to_come(3), "sale", "soon", size=3.0),
        Promotion(day_to_come(2), day_to_come(2), "sale", "soon", phase="peak"),
        Promotion(day_to_come(2), day_to_come(2), "sale", "soon", effect=2.5),
        SpecialDay(day_to_come(3), day_to_come(3), DayKind.CLOSED, "closed"),
        SpecialDay(day_to_come(3), day_to_come(3), DayKind.HOLIDAY, "feast"),
        SpecialDay(day_to_come(3), day_to_come(3), DayKind.SPECIAL, "fair"),
    ],
    ids=lambda event: f"{getattr(event, 'kind', 'promotion')}{getattr(event, 'size', '')}",
)
def test_a_what_if_on_the_days_to_come_learns_nothing(
    teacher: Teacher, event: Promotion | SpecialDay
):
    teacher.forecast(made())
    found = teacher.forecast(made(), with_events(event))
    assert len(teacher.lessons) == 2
    fresh = Teacher(None).forecast(made(), with_events(event))
    assert found.mean == pytest.approx(fresh.mean, rel=1e-4)
    assert found.p90 == pytest.approx(fresh.p90, rel=0.02)
    assert [effect.label for effect in found.events] == [effect.label for effect in fresh.events]
    for one, other in zip(found.events, fresh.events, strict=True):
        assert one.factor_high == pytest.approx(other.factor_high, rel=1e-3)


def test_members_that_learn_across_queues_are_kept_too(teacher: Teacher):
    """A promotion to come uses the same lesson; a holiday, whose coming they count, another."""
    history, given = made(147), {"companions": COMPANIONS}
    first = teacher.forecast(history, **given)
    assert first.explanation is not None
    assert len(first.explanation.members) > 1
    soon = after(history).first_day + timedelta(days=2)
    for event, lessons in (
        (Promotion(soon, soon, "sale", "soon", phase="peak", size=2.0), 2),
        (SpecialDay(soon, soon, DayKind.HOLIDAY, "feast"), 4),
    ):
        found = teacher.forecast(history, with_events(event), **given)
        assert len(teacher.lessons) == lessons
        fresh = Teacher(None).forecast(history, with_events(event), **given)
        assert found.mean == pytest.approx(fresh.mean, rel=1e-4)
        teacher.lessons[2:] = []


def test_what_touches_the_past_is_learned_anew(teacher: Teacher):
    """A holiday tomorrow makes today its eve."""
    teacher.forecast(made())
    tomorrow = SpecialDay(day_to_come(0), day_to_come(0), DayKind.HOLIDAY, "feast")
    found = teacher.forecast(made(), with_events(tomorrow))
    assert len(teacher.lessons) == 4
    fresh = Teacher(None).forecast(made(), with_events(tomorrow))
    assert np.array_equal(found.paths, fresh.paths)


def test_another_history_is_learned_anew(teacher: Teacher):
    history = made()
    teacher.forecast(history)
    offered = history.offered.copy()
    offered[1, 40] += 1.0
    teacher.forecast(replace(history, offered=offered))
    assert len(teacher.lessons) == 4
    learn = history.learn.copy()
    learn[0, 7] = False
    teacher.forecast(replace(history, learn=learn))
    assert len(teacher.lessons) == 6
    teacher.forecast(replace(history, aht_s=np.full(offered.shape, 200.0)))
    assert len(teacher.lessons) == 8
    # What comes after the start is no part of it.
    teacher.forecast(history, grid=TimeGrid(history.grid.dates[45], 7, 1440))
    teacher.forecast(history.before(55), grid=TimeGrid(history.grid.dates[45], 7, 1440))
    assert len(teacher.lessons) == 10


def test_another_past_calendar_horizon_or_setting_is_learned_anew(teacher: Teacher):
    history = made()
    teacher.forecast(history)
    larger = tuple(replace(promotion, size=2.0) for promotion in PAST)
    teacher.forecast(history, Calendar(promotions=larger))
    assert len(teacher.lessons) == 4
    closed = SpecialDay(history.grid.dates[40], history.grid.dates[40], DayKind.CLOSED, "closed")
    teacher.forecast(history, with_events(closed))
    assert len(teacher.lessons) == 6
    teacher.forecast(history, grid=after(history, 14))
    assert len(teacher.lessons) == 8
    teacher.forecast(history, settings={"q1": LevelSettings(Scale.ADDITIVE)})
    assert len(teacher.lessons) == 10


def test_what_cannot_be_read_is_learned_again_and_replaced(teacher: Teacher):
    assert teacher.cache is not None
    first = teacher.forecast(made())
    (file,) = teacher.cache.folder.iterdir()
    for content in (b"", b"nonsense", file.read_bytes()[:-100]):
        file.write_bytes(content)
        again = teacher.forecast(made())
        assert np.array_equal(again.paths, first.paths)
    assert len(teacher.lessons) == 2 * 4
    teacher.forecast(made())
    assert len(teacher.lessons) == 2 * 4


def test_a_folder_that_cannot_be_written_is_left_alone(teacher: Teacher, tmp_path: Path):
    (tmp_path / "file").write_text("")
    teacher.cache = LearnedCache(tmp_path / "file" / "kept")
    assert teacher.forecast(made()).mean.sum() > 0


def test_only_the_twenty_used_last_are_kept(tmp_path: Path):
    cache = LearnedCache(tmp_path)
    for number in range(20):
        Teacher(cache).forecast(queues([np.arange(1.0 + number, 3.0 + number)], interval_min=1440))
    assert len(list(tmp_path.iterdir())) == 20
    before = set(tmp_path.iterdir())
    Teacher(cache).forecast(queues([np.arange(100.0, 102.0)], interval_min=1440))
    kept = set(tmp_path.iterdir())
    assert len(kept) == 20
    assert len(kept - before) == 1
