"""Days and hours that must not teach."""

from __future__ import annotations

import numpy as np
from cleaning_cases import MONDAY, week_shape
from numpy.typing import NDArray
from shiftcast.data.cleaning_outliers import mark_unusual
from shiftcast.data.cleaning_report import Finding, FindingKind
from shiftcast.data.grid import TimeGrid

DAYS = 70


def judge(
    table: NDArray[np.float64], events: tuple[int, ...] = (), outages: tuple[int, ...] = ()
) -> tuple[NDArray[np.bool_], list[Finding]]:
    days, slots = table.shape
    grid = TimeGrid(MONDAY, days, 1440 // slots)
    marks = np.zeros((2, 1, days), dtype=bool)
    marks[0, 0, list(events)] = True
    marks[1, 0, list(outages)] = True
    learn, findings = mark_unusual(table.reshape(1, -1), ("q",), grid, marks[0], marks[1])
    return learn.reshape(days, slots), findings


def noisy(level: float = 20.0, days: int = DAYS, seed: int = 1) -> NDArray[np.float64]:
    """Poisson counts around the usual shape, weekends at half the level."""
    table = week_shape(days, level)
    table[np.arange(days) % 7 >= 5] /= 2
    return np.random.default_rng(seed).poisson(table).astype(np.float64)


def test_noise_alone_is_never_unusual() -> None:
    for seed in range(5):
        learn, findings = judge(noisy(seed=seed))
        assert learn.all(), findings


def test_a_day_that_collapsed_does_not_teach() -> None:
    table = noisy()
    table[30] = 0.0
    learn, findings = judge(table)
    assert np.flatnonzero(~learn.all(axis=1)).tolist() == [30]
    (finding,) = findings
    assert finding.kind is FindingKind.COLLAPSED_DAY
    assert "0 contacts on a day that usually has" in finding.finding()


def test_a_day_far_above_its_like_does_not_teach_unless_the_calendar_knows_why() -> None:
    table = noisy()
    table[30] *= 3
    learn, findings = judge(table)
    assert not learn[30].any()
    assert [f.kind for f in findings] == [FindingKind.OUTLIER_DAY]
    learn, findings = judge(table, events=(30,))
    assert learn.all()
    assert findings == []


def test_an_event_does_not_make_its_like_unusual() -> None:
    table = noisy()
    table[7 * np.arange(3, 7)] *= 4  # four Mondays in a row, all of them promotions
    learn, _ = judge(table, events=tuple(7 * np.arange(3, 7)))
    assert learn.all()


def test_a_day_with_a_twin_a_year_apart_is_kept() -> None:
    """The Christmas of a calendar that nobody filled in is no outlier but a season."""
    table = noisy(days=800)
    table[[200, 565]] = 0.0
    assert judge(table)[0].all()
    table[565] = noisy(days=800)[565]
    assert not judge(table)[0][200].any()


def test_outage_days_of_the_calendar_do_not_teach() -> None:
    learn, findings = judge(noisy(), outages=(12,))
    assert np.flatnonzero(~learn.all(axis=1)).tolist() == [12]
    assert [f.kind for f in findings] == [FindingKind.OUTAGE_DAY]


def test_silent_hours_on_a_busy_day() -> None:
    table = noisy()
    table[30, 10:14] = 0.0  # 80 contacts were to be expected
    table[30, 12] = 1.0
    learn, findings = judge(table)
    assert np.argwhere(~learn).tolist() == [[30, hour] for hour in range(10, 14)]
    (finding,) = findings
    assert (finding.kind, finding.amount) == (FindingKind.SILENT_HOURS, 1.0)


def test_one_quiet_hour_is_chance() -> None:
    table = noisy(level=8.0)
    table[30, 10:12] = 0.0  # 16 contacts: below what is called silence
    assert judge(table)[0].all()


def test_a_spike_in_one_hour_spoils_the_hour_and_not_the_day() -> None:
    table = noisy()
    table[30, 10] = 2000.0
    learn, findings = judge(table)
    assert np.argwhere(~learn).tolist() == [[30, 10]]
    assert [(f.kind, f.amount) for f in findings] == [(FindingKind.OUTLIER_INTERVAL, 2000.0)]


def test_a_new_level_is_no_outlier() -> None:
    table = noisy()
    table[35:] *= 3
    learn, _ = judge(table)
    assert learn.mean() > 0.95


def test_the_first_days_after_a_long_closure_are_not_judged_by_it() -> None:
    table = noisy()
    table[:49] = 0.0
    assert judge(table)[0].all()


def test_days_with_a_gap_are_not_judged() -> None:
    table = noisy()
    table[30, 8:] = np.nan
    assert judge(table)[0].all()


def test_daily_rows_are_judged_as_days() -> None:
    table = noisy().sum(axis=1, keepdims=True)
    table[30] = 1.0
    learn, findings = judge(table)
    assert np.flatnonzero(~learn[:, 0]).tolist() == [30]
    assert [f.kind for f in findings] == [FindingKind.COLLAPSED_DAY]


def test_too_short_a_history_is_not_judged() -> None:
    table = noisy(days=14)
    table[5] = 0.0
    assert judge(table)[0].all()
