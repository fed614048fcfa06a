from dataclasses import replace

import numpy as np
import pytest
from shiftcast.data.calendar import Calendar
from shiftcast.forecasting.level.settings import USUAL, Scale
from shiftcast.forecasting.queue_learning import queue_tasks, teaching_totals
from shiftcast.forecasting.tuning import tune, tuned, tuning_tasks

from tests.unit.forecasting.made_histories import daily, marks_of, queues
from tests.unit.forecasting.made_levels import sale, totals_of

DAYS = 196


def marks(days: int = DAYS):
    return marks_of(Calendar(), days + 8)


def test_settings_are_changed_only_where_they_are_clearly_better():
    """An even rhythm with noise: no setting can do clearly better than the usual ones."""
    found = tuned(totals_of(DAYS, noise=0.1), marks(), 7)
    assert found.settings == USUAL
    assert found.wape == found.usual_wape
    # Noise of 10 % alone makes a WAPE of 8 % (√(2/π)).
    assert found.usual_wape == pytest.approx(0.08, abs=0.02)


def test_a_week_that_adds_up_is_modelled_so():
    """The level rose to four times, the swing of ±500 within the week stayed as it was: what the
    last weeks show multiplies only in part."""
    swing = np.where(np.arange(DAYS) % 7 < 4, 500.0, -500.0)
    level = np.where(np.arange(DAYS) < 64, 1000.0, 4000.0)
    noise = np.random.default_rng(1).normal(0.0, 15.0, DAYS)
    found = tuned(level + swing + noise, marks(), 7)
    assert found.settings.scale is not Scale.LOG
    assert found.wape < 0.97 * found.usual_wape


@pytest.mark.parametrize("days", [10, 90])
def test_a_history_too_short_keeps_the_usual_settings(days: int):
    found = tuned(totals_of(days), marks(days), 7)
    assert found.settings == USUAL
    assert np.isnan([found.wape, found.usual_wape]).all()


def test_silence_keeps_the_usual_settings():
    assert tuned(np.zeros(DAYS), marks(), 7).settings == USUAL
    assert tuned(np.full(DAYS, np.nan), marks(), 7).settings == USUAL


def test_each_queue_is_a_task_of_its_own():
    history = queues([totals_of(142, seed=seed) for seed in (1, 2)], interval_min=1440)
    first, second = tuning_tasks(history, Calendar(), 7)
    assert (first.queue, second.queue) == ("q0", "q1")
    assert first.key != second.key
    contacts = first.task.contacts
    assert tune(first) == tuned(teaching_totals(contacts, first.task.marks), first.task.marks, 7)


def test_a_task_is_named_by_all_it_depends_on():
    history = queues([totals_of(150, seed=seed) for seed in (1, 2)], interval_min=1440)

    def keys(calendar: Calendar | None = None, days: int = 7, **changed: np.ndarray) -> list[str]:
        tasks = tuning_tasks(replace(history, **changed), calendar or Calendar(), days)
        return [task.key for task in tasks]

    usual = keys()
    assert keys() == usual
    offered = history.offered.copy()
    offered[1, 3] += 1.0
    assert [a == b for a, b in zip(keys(offered=offered), usual, strict=True)] == [True, False]
    only_q0 = Calendar(promotions=(sale(20, queue="q0"),))
    assert [a == b for a, b in zip(keys(only_q0), usual, strict=True)] == [False, True]
    assert keys(days=14) != usual
    # What is still to come changes nothing.
    assert keys(Calendar(promotions=(sale(152),))) == usual


def test_only_days_that_may_teach_are_tuned_on():
    history = daily(totals_of(100))
    learn = history.learn.copy()
    learn[0, 40:45] = False
    (task,) = queue_tasks(replace(history, learn=learn), Calendar(), 100, 7, {})
    totals = teaching_totals(task.contacts, task.marks)
    assert np.flatnonzero(np.isnan(totals)).tolist() == [40, 41, 42, 43, 44]
