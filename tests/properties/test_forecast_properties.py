"""What holds for every history, calendar and adjustment."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from shiftcast.data.adjustments import Adjustment
from shiftcast.data.calendar import Calendar, DayKind, Promotion, SpecialDay
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.forecasting.adjust import apply_adjustments
from shiftcast.forecasting.composed import ComposedForecaster
from shiftcast.forecasting.day_matrix import to_days, to_intervals
from shiftcast.forecasting.forecast import Forecast
from shiftcast.forecasting.opening import long_runs

FIRST = date(2024, 2, 5)
HORIZON = 9


@st.composite
def histories(draw: st.DrawFn) -> ContactHistory:
    """From one day to four months, daily or hourly, with gaps, zeros and days not to learn from."""
    days = draw(st.sampled_from([1, 6, 27, 28, 45, 120]))
    interval_min = draw(st.sampled_from([1440, 60]))
    level = draw(st.sampled_from([0.0, 0.3, 20.0, 1e6]))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    grid = TimeGrid(FIRST, days, interval_min)
    offered = rng.poisson(level, (2, grid.size)).astype(np.float64)
    offered[:, (grid.day_of % 7) >= draw(st.integers(4, 7))] = 0.0
    offered[rng.random(offered.shape) < draw(st.sampled_from([0.0, 0.3]))] = np.nan
    learn = rng.random(offered.shape) >= draw(st.sampled_from([0.0, 0.1]))
    return ContactHistory(grid, ("a", "b"), offered, np.full(offered.shape, np.nan), learn)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Up to four events anywhere around the history and the horizon."""
    special, promotions = [], []
    for _ in range(draw(st.integers(0, 4))):
        first = FIRST + timedelta(days=draw(st.integers(-5, 130)))
        last = first + timedelta(days=draw(st.integers(0, 9)))
        kind = draw(st.sampled_from([*DayKind, None]))
        if kind is None:
            effect = draw(st.sampled_from([None, 0.0, 2.5]))
            size = draw(st.sampled_from([0.0, 1.0, 3.0]))
            phase = draw(st.sampled_from(["", "peak"]))
            queue = draw(st.sampled_from([None, "b"]))
            promotions.append(
                Promotion(first, last, "sale", "sale", size, effect, queue, phase=phase)
            )
        else:
            special.append(SpecialDay(first, last, kind, kind.value))
    country = draw(st.sampled_from([None, "CN"]))
    return Calendar(country, tuple(special), tuple(promotions))


@settings(max_examples=25, deadline=None)
@given(histories(), calendars(), st.booleans())
def test_a_forecast_keeps_its_promises(
    history: ContactHistory, calendar: Calendar, hours_given: bool
):
    start = history.grid.last_day + timedelta(days=1)
    grid = TimeGrid(start, HORIZON, history.grid.interval_min)
    mask = np.tile(grid.weekday < 5, (2, 1)) if hours_given else None
    method = ComposedForecaster(paths=20)
    found = method.forecast(history, calendar, grid, mask, np.random.default_rng(1))
    # `Forecast` itself holds its arrays to finite numbers of at least zero.
    assert (found.p10 <= found.p50).all()
    assert (found.p50 <= found.p90).all()
    assert (found.paths[:, found.mean == 0] == 0).all()
    if mask is not None:
        assert (found.mean[~mask] == 0).all()
    for day in calendar.days(DayKind.CLOSED):
        number = grid.day_number(day)
        assert (found.mean[:, grid.day_of == number] == 0).all()
    seen = np.where(history.learn, history.offered, np.nan)
    silent = np.nan_to_num(seen).sum(axis=1) == 0
    assert (found.mean[silent] == 0).all()
    # A forecast does not depend on what comes later.
    longer = TimeGrid(FIRST, history.grid.days + 5, history.grid.interval_min)
    extra = ((0, 0), (0, longer.size - history.grid.size))
    spoiled = replace(
        history,
        grid=longer,
        offered=np.pad(history.offered, extra, constant_values=1e5),
        aht_s=np.pad(history.aht_s, extra, constant_values=np.nan),
        learn=np.pad(history.learn, extra, constant_values=True),
    )
    again = method.forecast(spoiled, calendar, grid, mask, np.random.default_rng(1))
    assert np.array_equal(again.paths, found.paths)
    # What it is made of makes it.
    why = found.explanation
    assert why is not None
    assert np.allclose(why.weights.sum(axis=1), 1.0)
    made_of = why.level * why.weekday * why.season * why.holiday * why.promotion * why.members_say
    assert np.isfinite(made_of).all()
    # Opening hours may take something away, and so may what is added to days without contacts.
    assert (found.daily_mean() <= made_of * (1.0 + 1e-6) + 1e-6).all()
    for effect in found.events:
        assert 0.0 <= effect.factor_low <= effect.factor <= effect.factor_high


@given(arrays(np.bool_, st.integers(1, 40)), st.integers(1, 10), st.integers(0, 39))
def test_long_runs_are_kept_whole_wherever_the_day_begins(flags: np.ndarray, least: int, turn: int):
    kept = long_runs(flags, least)
    assert not (kept & ~flags).any()
    assert np.array_equal(long_runs(np.roll(flags, turn), least), np.roll(kept, turn))
    assert np.array_equal(long_runs(kept, least), kept)


@given(st.integers(0, 365), st.sampled_from([15, 30, 60, 1440]))
def test_days_and_intervals_agree_in_every_zone(offset: int, interval_min: int):
    grid = TimeGrid(FIRST + timedelta(days=offset), 3, interval_min, "Europe/Berlin")
    shape = (grid.days, grid.intervals_a_day)
    days = np.arange(np.prod(shape), dtype=np.float64).reshape(shape)
    again = to_days(to_intervals(days, grid), grid)
    known = np.isfinite(again)
    assert np.array_equal(again[known], days[known])
    assert (~known).sum() <= 60 // min(interval_min, 60)  # at most the hour that is skipped


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(-2, 4),
            st.sampled_from([None, "a"]),
            st.integers(0, 23),
            st.sampled_from([(-100.0, None), (35.0, None), (None, 7.0), (None, -40.0)]),
        ),
        max_size=5,
    )
)
def test_adjustments_account_for_every_contact(
    rows: list[tuple[int, str | None, int, tuple[float | None, float | None]]],
):
    grid = TimeGrid(FIRST, 3, 60)
    mean = np.random.default_rng(3).uniform(0.0, 20.0, (2, grid.size)).round()
    unknown = np.full(mean.shape, np.nan)
    forecast = Forecast(grid, ("a", "b"), mean, mean, mean, mean, unknown, mean[None], {})
    adjustments = [
        Adjustment(
            FIRST + timedelta(days=day),
            FIRST + timedelta(days=day),
            "reason",
            queue,
            hour * 60,
            hour * 60 + 60,
            percent,
            contacts,
        )
        for day, queue, hour, (percent, contacts) in rows
    ]
    adjusted, table = apply_adjustments(forecast, adjustments)
    for row, queue in enumerate(forecast.queues):
        added = table.loc[table["queue"] == queue, "contacts"].sum()
        assert np.isclose(adjusted.mean[row].sum() - mean[row].sum(), added)
    assert (adjusted.mean[mean == 0] == 0).all()
