"""The drawn history against its truth, and the damage that cleaning has to find."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from shiftcast.data.grid import TimeGrid
from shiftcast.data.sample.history import Damage, draw_history
from shiftcast.data.sample.truth import QUEUES, TIME_ZONE, expected_aht, expected_rate
from shiftcast.data.sample.workspace import history_grid

GRID = history_grid()
DAMAGE = Damage.of(GRID)
NAMES = [truth.name for truth in QUEUES]


@pytest.fixture(scope="module")
def history(sample_folder: Path) -> pd.DataFrame:
    frame = pd.read_csv(sample_folder / "contacts.csv", parse_dates=["timestamp"])
    minutes = (frame["timestamp"] - pd.Timestamp(GRID.first_day)) / pd.Timedelta(minutes=15)
    return frame.assign(interval=minutes.astype(int))


def by_interval(history: pd.DataFrame, queue: str, column: str = "offered") -> NDArray[np.float64]:
    """NaN where there is no row: shape (grid.size,)."""
    rows = history[history["queue"] == queue]
    values = np.full(GRID.size, np.nan)
    values[rows["interval"]] = rows[column]
    return values


def undamaged(history: pd.DataFrame, queue: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Offered and expected in the intervals that were not damaged."""
    offered = by_interval(history, queue)
    good = ~np.isnan(offered) & ~DAMAGE.outage(GRID)
    return offered[good], expected_rate(queue, GRID)[good]


@pytest.mark.parametrize("queue", NAMES)
def test_contacts_are_drawn_around_the_truth(history: pd.DataFrame, queue: str) -> None:
    """The slow noise (sd 2 %, months long) leaves about 1 % on the mean of 2.5 years."""
    offered, expected = undamaged(history, queue)
    assert offered.sum() == pytest.approx(expected.sum(), rel=0.03)


def test_counts_scatter_more_than_poisson(history: pd.DataFrame) -> None:
    """Chat: μ ≈ 18 an interval. Poisson gives χ²/n = 1; day noise of 5 % and dispersion 0.008 add
    about (0.0025 + 0.008) · 18 ≈ 0.2."""
    offered, expected = undamaged(history, "chat")
    spread = np.mean((offered - expected) ** 2 / expected)
    assert 1.1 < spread < 1.4


def test_queues_have_good_and_bad_days_together(history: pd.DataFrame) -> None:
    """Common noise of 3.5 % in a total of 5 %: a correlation near 0.5 before Poisson noise."""
    surprise = {}
    for queue in ("phone", "chat"):
        offered, expected = by_interval(history, queue), expected_rate(queue, GRID)
        daily = np.nansum(offered.reshape(-1, 96), axis=1) / expected.reshape(-1, 96).sum(axis=1)
        surprise[queue] = np.delete(daily, _damaged_days())
    assert 0.15 < np.corrcoef(surprise["phone"], surprise["chat"])[0, 1] < 0.7


def _damaged_days() -> list[int]:
    return [GRID.day_number(DAMAGE.outage_day), GRID.day_number(DAMAGE.lost_day)]


def test_double_11_is_the_year_s_busiest_day(history: pd.DataFrame) -> None:
    for year in (2024, 2025, 2026):
        for queue in ("phone", "chat"):
            rows = history[(history["queue"] == queue) & (history["timestamp"].dt.year == year)]
            daily = rows.groupby(rows["timestamp"].dt.date)["offered"].sum()
            assert daily.idxmax() == date(year, 11, 11)


def test_rows_add_up_and_handle_time_is_known_where_something_was_handled(
    history: pd.DataFrame,
) -> None:
    assert (history["handled"] + history["abandoned"] == history["offered"]).all()
    assert (history["aht_s"].notna() == (history["handled"] > 0)).all()
    assert (history.loc[history["queue"] == "email", "abandoned"] == 0).all()


@pytest.mark.parametrize("queue", NAMES)
def test_handle_times_are_means_of_small_samples(history: pd.DataFrame, queue: str) -> None:
    handled, aht = by_interval(history, queue, "handled"), by_interval(history, queue, "aht_s")
    ratio = aht / expected_aht(queue, GRID)
    known = ~np.isnan(ratio)
    assert np.average(ratio[known], weights=handled[known]) == pytest.approx(1.0, abs=0.01)
    few, many = known & (handled <= 4), known & (handled >= 8)
    assert ratio[few].std() > 1.3 * ratio[many].std()


def test_more_give_up_when_it_is_busy(history: pd.DataFrame) -> None:
    calls = history[history["queue"] == "phone"].set_index("timestamp")
    peak, usual = calls.loc["2026-11-11"], calls.loc["2026-09-01":"2026-09-30"]
    assert peak["abandoned"].sum() / peak["offered"].sum() > 0.08
    assert 0.02 < usual["abandoned"].sum() / usual["offered"].sum() < 0.05


def test_the_outage_is_recorded_as_zeros(history: pd.DataFrame) -> None:
    """22 quarter hours (10:15–15:45) with a hundredth of the calls; e-mails rise by half."""
    outage = DAMAGE.outage(GRID)
    assert outage.sum() == 22
    assert DAMAGE.outage_day == date(2026, 8, 19)
    for queue in ("phone", "chat"):
        offered = by_interval(history, queue)[outage]
        assert not np.isnan(offered).any(), "the rows are there"
        assert offered.sum() < 0.05 * expected_rate(queue, GRID)[outage].sum()
    emails = by_interval(history, "email")[outage].sum()
    assert emails > 1.2 * expected_rate("email", GRID)[outage].sum()


def test_half_a_day_and_fourteen_rows_are_missing(history: pd.DataFrame) -> None:
    """On the lost day the phone loses 13:00–22:00 (36 rows), chat and e-mail 13:00–24:00 (44)."""
    assert DAMAGE.lost_day == date(2026, 10, 14)
    lost = DAMAGE.lost(GRID)
    should_be = 0
    for queue in NAMES:
        assert np.isnan(by_interval(history, queue)[lost]).all()
        should_be += int((expected_rate(queue, GRID) > 0).sum())
    assert len(history) == should_be - (36 + 44 + 44) - 14


def test_no_row_twice_and_in_order(history: pd.DataFrame) -> None:
    assert not history.duplicated(["timestamp", "queue"]).any()
    assert history["timestamp"].is_monotonic_increasing


def test_draws_follow_the_generator() -> None:
    grid = TimeGrid(date(2026, 9, 7), 7, 15, TIME_ZONE)
    first, again, other = (draw_history(grid, np.random.default_rng(s)) for s in (4, 4, 5))
    pd.testing.assert_frame_equal(first, again)
    assert not first["offered"].equals(other["offered"])
