from dataclasses import dataclass, replace

import numpy as np
import pytest
from shiftcast.data.calendar import Calendar
from shiftcast.forecasting.level.companions import Companion
from shiftcast.forecasting.past_performance import past_performance
from shiftcast.forecasting.queue_learning import (
    LearnedQueue,
    PastForecasts,
    checked_origins,
    learn_queue,
    queue_tasks,
)

from tests.unit.forecasting.made_histories import daily
from tests.unit.forecasting.made_levels import rhythm, totals_of

KNOWN = 140


@dataclass(frozen=True)
class Silent:
    """What a companion has learned does not matter here."""

    def expect(self, totals: np.ndarray, marks: object, days: int) -> np.ndarray:
        raise AssertionError("a companion's past is known; nobody asks it for more here")


@pytest.fixture(scope="module")
def learned() -> LearnedQueue:
    history = daily(np.round(totals_of(KNOWN, noise=0.1)))
    (task,) = queue_tasks(history, Calendar(), KNOWN, 7, {})
    return learn_queue(task)


def companion(past: np.ndarray, name: str = "other") -> Companion:
    return Companion(name, Silent(), past)


def test_the_last_eight_weeks_are_forecast_again(learned: LearnedQueue):
    assert checked_origins(KNOWN, 7) == [84, 91, 98, 105, 112, 119, 126, 133]
    assert learned.past is not None
    assert learned.past.origins == (84, 91, 98, 105, 112, 119, 126, 133)
    assert np.array_equal(learned.past.actual.ravel(), learned.totals[84:140])
    assert learned.past.mean.ravel() == pytest.approx(rhythm(56), rel=0.2)
    assert 0.05 < learned.past.log_sd.mean() < 0.15


@pytest.mark.parametrize(
    ("known", "days", "origins"),
    [
        (62, 7, []),  # less than nine weeks
        (63, 7, [56]),
        (80, 14, [59, 66]),
        (70, 28, []),
        (84, 28, [56]),
        (400, 365, [344, 351, 358, 365, 372]),  # four weeks ahead are checked
    ],
)
def test_which_origins_are_checked(known: int, days: int, origins: list[int]):
    assert checked_origins(known, days) == origins


def test_what_the_last_weeks_were_does_not_teach_their_forecasts(learned: LearnedQueue):
    """Eight weeks five times as high: the first of them was forecast as it would have been."""
    totals = np.round(totals_of(KNOWN, noise=0.1))
    totals[84:] *= 5.0
    (task,) = queue_tasks(daily(totals), Calendar(), KNOWN, 7, {})
    past = learn_queue(task).past
    assert past is not None
    assert learned.past is not None
    assert past.mean[0] == pytest.approx(learned.past.mean[0])


def test_wape_is_of_the_same_days_for_all(learned: LearnedQueue):
    assert learned.past is not None
    came = learned.past.actual
    past = past_performance([learned], [companion(1.2 * came[None])])
    assert past.wape[0, 1] == pytest.approx(0.2)
    missed = np.abs(learned.past.mean - came).sum() / came.sum()
    assert past.wape[0, 0] == pytest.approx(missed)
    assert past.weights.shape == (1, 2)
    assert past.shared == 0.0


def test_the_stretch_is_that_of_the_blend(learned: LearnedQueue):
    """A companion that knew it all beforehand narrows the ranges, since it is the blend that must
    hold; one far off counts next to nothing, and leaves them as they were."""
    assert learned.past is not None
    alone = past_performance([learned], []).stretch[0]
    knowing = past_performance([learned], [companion(learned.past.actual[None])])
    off = past_performance([learned], [companion(3.0 * learned.past.actual[None])])
    assert knowing.weights[0, 1] > 0.7
    assert knowing.stretch[0] < 0.85 * alone
    assert off.weights[0, 1] < 0.05
    assert off.stretch[0] == pytest.approx(alone, rel=0.05)


def test_ranges_too_narrow_are_stretched(learned: LearnedQueue):
    assert learned.past is not None
    narrow = replace(learned.past, log_sd=learned.past.log_sd / 3.0)
    wide = past_performance([replace(learned, past=narrow)], []).stretch[0]
    assert wide > 1.6 * past_performance([learned], []).stretch[0]


def test_a_queue_without_past_is_blended_as_the_others_are(learned: LearnedQueue):
    assert learned.past is not None
    came = learned.past.actual
    right = np.stack([came, np.full(came.shape, 5.0)])
    past = past_performance([learned, replace(learned, past=None)], [companion(right)])
    assert past.weights[1, 1] > 0.6
    assert np.isnan(past.wape[1]).all()
    assert 0.4 < past.stretch[1] <= 1.05


def test_without_any_past_members_are_equal(learned: LearnedQueue):
    nothing = replace(learned, past=None)
    past = past_performance([nothing, nothing], [companion(np.empty((2, 0, 7)))])
    assert past.weights.tolist() == [[0.5, 0.5], [0.5, 0.5]]
    assert np.isnan(past.wape).all()
    assert past.stretch.tolist() == [1.0, 1.0]


def test_unknown_and_silent_past_days_are_left_out(learned: LearnedQueue):
    assert learned.past is not None
    actual = learned.past.actual.copy()
    actual[2] = np.nan
    actual[3, 0] = 0.0
    gaps = PastForecasts(learned.past.origins, learned.past.mean, learned.past.log_sd, actual)
    past = past_performance([replace(learned, past=gaps)], [companion(actual[None])])
    assert np.isfinite(past.weights).all()
    assert np.isfinite(past.stretch).all()
    assert past.wape[0, 1] == 0.0
