import numpy as np
import pytest
from shiftcast.forecasting.week_pattern import bins_of, learn_week


def test_bins_are_half_hours_at_the_finest_and_divide_the_day():
    assert [bins_of(slots) for slots in (1, 24, 48, 72, 96, 288)] == [1, 24, 48, 24, 48, 48]


def test_much_evidence_keeps_its_pattern_jump_included():
    seen = np.zeros((7, 24))
    seen[:, 19:] = 0.1
    seen[5:] += 0.05
    found = learn_week(seen, np.full((7, 24), 1e6), 1.0, 0.04)
    assert found == pytest.approx(seen, abs=0.002)


def test_little_evidence_keeps_a_flat_week():
    rng = np.random.default_rng(1)
    seen = rng.normal(0.0, 1.0, (7, 48))  # one contact a cell, as variable as its mean
    found = learn_week(seen, np.ones((7, 48)), 1.0, 0.04)
    # 336 contacts tell the level, and hardly anything else.
    assert found.std() < 0.04
    assert found.mean() == pytest.approx(seen.mean(), abs=0.03)


def test_what_was_never_seen_follows_the_other_weekdays():
    contacts = np.full((7, 24), 1e4)
    contacts[6] = 0.0
    seen = np.tile(0.1 * np.sin(2 * np.pi * np.arange(24) / 24), (7, 1))
    seen[6] = 0.0
    found = learn_week(seen, contacts, 1.0, 0.04)
    assert found[6] == pytest.approx(seen[0], abs=0.03)


def test_a_day_of_one_slot_has_weekdays_only():
    seen = np.array([[0.2], [0.0], [0.0], [0.0], [0.0], [-0.1], [-0.1]])
    assert learn_week(seen, np.full((7, 1), 1e6), 1.0, 0.04) == pytest.approx(seen, abs=0.002)
