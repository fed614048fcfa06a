import numpy as np
import pytest
from shiftcast.forecasting.handle_time import handle_time_pattern

WEEKDAY = np.arange(56) % 7


def test_a_steady_handle_time_stays():
    pattern = handle_time_pattern(np.full((56, 4), 180.0), np.full((56, 4), 9.0), WEEKDAY)
    assert pattern == pytest.approx(np.full((7, 4), 180.0))


def test_without_handle_times_nothing_is_known():
    assert np.isnan(handle_time_pattern(np.full((56, 4), np.nan), np.ones((56, 4)), WEEKDAY)).all()


def test_a_slot_is_believed_by_its_contacts():
    aht = np.full((56, 2), 200.0)
    aht[:, 1] = 300.0
    busy = handle_time_pattern(aht, np.full((56, 2), 500.0), WEEKDAY)
    quiet = handle_time_pattern(aht, np.full((56, 2), 1.0), WEEKDAY)
    # Eight weeks of 500 contacts leave the priors little say; single contacts hardly move them.
    assert busy[0] == pytest.approx([200.0, 300.0], rel=0.03)
    assert quiet[0] == pytest.approx([250.0, 250.0], rel=0.1)


def test_contacts_weigh_the_mean():
    aht = np.array([[100.0, 400.0]])
    pattern = handle_time_pattern(aht, np.array([[3000.0, 1000.0]]), np.array([0]))
    # The queue's mean is (3000×100 + 1000×400) / 4000 = 175; a weekday never seen is shrunk to
    # its slots, and these to 175.
    assert 100.0 < pattern[3, 0] < 175.0 < pattern[3, 1] < 400.0


def test_the_level_follows_recent_weeks():
    aht = np.full((112, 2), 200.0)
    aht[84:] = 240.0
    pattern = handle_time_pattern(aht, np.full((112, 2), 50.0), np.arange(112) % 7)
    # Of a half-life of 30 days, the last 28 of 112 hold 0.476 / 0.925 = 51 %: 200 + 0.51 × 40.
    assert pattern.mean() == pytest.approx(220.6, abs=1.5)
