import numpy as np
import pandas as pd
import pytest

from benchmarks.handle_and_cold_start import (
    errors,
    only_last_days,
    recent_means,
    wape_table,
    weekday_mean,
)
from tests.unit.forecasting.made_histories import queues


def test_recent_means_weigh_contacts_and_look_back_four_weeks() -> None:
    aht = np.full((35, 2), 100.0)
    aht[:7] = 999.0  # five weeks ago
    aht[7::7, 0] = [100.0, 100.0, 200.0, 200.0]  # the weekday of the first day to come
    contacts = np.ones((35, 2))
    contacts[28, 0] = 3.0
    aht[8::7, 1] = np.nan
    found = recent_means(aht, contacts)
    slot = found["same weekday and slot"]
    # (100 + 100 + 200 + 3 × 200) / 6; a slot that a weekday never knew takes its other days.
    assert slot[0] == pytest.approx([1000.0 / 6.0, 100.0])
    assert slot[1] == pytest.approx([100.0, 100.0])
    # 56 cells less 4 unknown, one of them three times over: 54 contacts, 400 s above 100 each.
    assert found["queue"][3] == pytest.approx(np.full(2, 100.0 + 400.0 / 54.0))


def test_weekday_mean_knows_the_last_days_only() -> None:
    contacts = np.full((30, 1), np.nan)
    contacts[-3:, 0] = [10.0, 20.0, 60.0]
    found = weekday_mean(contacts, 8)[:, 0]
    # Four days on, the weekdays known come again; the others take the mean of all three.
    assert found.tolist() == [30.0, 30.0, 30.0, 30.0, 10.0, 20.0, 60.0, 30.0]


def test_a_cold_queue_is_known_for_its_last_days_only() -> None:
    history = queues([np.ones(30), np.ones(30)], interval_min=1440)
    cut = only_last_days(history, np.array([1]), origin=25, known=7)
    assert cut.grid.days == 25
    assert np.isfinite(cut.offered).sum(axis=1).tolist() == [25, 7]
    assert np.isfinite(history.offered).all()


def test_errors_leave_out_what_is_not_known() -> None:
    came = np.array([[1.0, 3.0], [np.nan, 5.0]])
    found = {grain: (off, actual) for grain, off, actual in errors(came, np.full((2, 2), 2.0))}
    assert found == {"day": (0.0, 4.0), "interval": (5.0, 9.0)}


def test_the_table_has_a_column_for_each_method() -> None:
    rows = pd.DataFrame(
        {
            "series": ["a", "a", "a", "b"],
            "method": ["ours", "theirs", "ours", "ours"],
            "off": [1.0, 2.0, 3.0, 1.0],
            "actual": [10.0, 10.0, 10.0, 4.0],
        }
    )
    table = wape_table(rows, ["series"])
    assert table.columns.tolist() == ["ours", "theirs"]
    assert table.loc["a"].tolist() == [0.2, 0.2]
    assert table.loc["b", "ours"] == 0.25
