from dataclasses import replace

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from shiftcast.cli.report.axis import axis_data, interval_labels
from shiftcast.cli.report.figures import Mark, coverage_figure, forecast_figure, service_figure
from shiftcast.cli.report.palette import translucent
from shiftcast.cli.report.wording import Wording
from shiftcast.data.grid import TimeGrid

from tests.factories_plan import FIRST_DAY, make_plan

PLAN = make_plan(agents=20)
WORDING = Wording("en")


def _interval(queue: str) -> pd.DataFrame:
    return PLAN.kpis.interval[PLAN.kpis.interval["queue"] == queue]


def _trace(figure: go.Figure, name: str) -> go.Scatter:
    return next(trace for trace in figure.data if trace.name == name)


def _names(figure: go.Figure) -> list[str]:
    return [trace.name for trace in figure.data if trace.name]


def _forecast(**changes: object) -> go.Figure:
    given = {"model": PLAN.model_forecast, "marks": [], "last_week": None, **changes}
    return forecast_figure(PLAN.forecast, queue=0, wording=WORDING, **given)


def test_the_band_lies_between_p10_and_p90() -> None:
    figure = _forecast()
    band = _trace(figure, "Range (p10–p90)")
    assert band.fill == "tonexty"
    np.testing.assert_allclose(band.y, PLAN.forecast.p90[0], atol=1e-4)
    np.testing.assert_allclose(figure.data[0].y, PLAN.forecast.p10[0], atol=1e-4)


def test_the_model_is_shown_only_where_the_planner_changed_it() -> None:
    assert "Model before adjustments" in _names(_forecast())
    assert "Model before adjustments" not in _names(_forecast(model=PLAN.forecast))


def test_a_mark_is_a_band_with_its_name() -> None:
    figure = _forecast(marks=[Mark(96, 191, "Sale", "#CC79A7")])
    (shape,), (name,) = figure.layout.shapes, figure.layout.annotations
    assert (shape.x0, shape.x1) == (96, 192)
    assert (name.text, name.x) == ("Sale", 144)


def test_what_speaks_on_hover_says_time_and_every_number() -> None:
    last_week = np.arange(PLAN.grid.size, dtype=np.float64)
    line = _trace(_forecast(last_week=last_week), "Forecast")
    assert interval_labels(PLAN.grid, WORDING)[40] == "Mon 30 Nov 10:00–10:15"
    assert line.hovertemplate.startswith("<b>%{text}</b><br>Forecast: %{y:.1f} contacts<br>")
    # Columns in the order of the sentences: range, last week, model before adjustments.
    assert line.customdata[40, 2] == 40
    assert "Latest same weekday: %{customdata[2]}" in line.hovertemplate


def test_only_shortage_is_shaded() -> None:
    figure = coverage_figure(_interval("phone"), "#0072B2", WORDING)
    required, rostered = (_interval("phone")[n].to_numpy() for n in ("required", "rostered"))
    upper, lower = _trace(figure, "Short of agents").y, figure.data[0].y
    np.testing.assert_allclose(upper - lower, np.maximum(required - rostered, 0), atol=1e-3)
    assert (upper - lower).max() > 1


def test_intervals_below_the_target_are_marked() -> None:
    profile = PLAN.centre.queue("phone")
    figure = service_figure(_interval("phone"), profile, "#0072B2", WORDING)
    level = _interval("phone")["service_level"].to_numpy()
    marked = ~np.isnan(np.array(_trace(figure, "Below target").y, dtype=float))
    np.testing.assert_array_equal(marked, level < 0.8)
    assert list(_trace(figure, "Target 80%").y) == [0.8, 0.8]


def test_a_queue_without_a_target_has_no_target_line() -> None:
    profile = replace(
        PLAN.centre.queue("phone"),
        target=replace(PLAN.centre.queue("phone").target, service_level=None, within_s=None),
    )
    figure = service_figure(_interval("phone"), profile, "#0072B2", WORDING)
    assert _names(figure) == ["Expected"]


def test_mail_shows_what_waits() -> None:
    profile = PLAN.centre.queue("email")
    figure = service_figure(_interval("email"), profile, "#009E73", WORDING)
    assert _names(figure) == ["Work waiting"]
    np.testing.assert_allclose(figure.data[0].y, _interval("email")["backlog_hours"], atol=1e-4)


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-10-25", 25), ("2026-03-29", 23), (str(FIRST_DAY), 24)]
)
def test_the_axis_counts_intervals_whatever_the_clock_does(day: str, hours: int) -> None:
    grid = TimeGrid(pd.Timestamp(day).date(), 1, 60, "Europe/Berlin")
    axis = axis_data(grid, np.ones((1, hours), dtype=bool), WORDING)
    assert axis["dayFirst"] == [0, hours]
    assert len(axis["clock"]) == len(interval_labels(grid, WORDING)) == hours


def test_a_day_is_shown_from_its_first_use_to_its_last() -> None:
    grid = TimeGrid(FIRST_DAY, 2, 60, "UTC")
    used = np.zeros((1, 48), dtype=bool)
    used[0, [8, 12, 19]] = True  # and nothing on the second day
    assert axis_data(grid, used, WORDING)["open"] == [[[8, 20], [24, 48]]]


def test_the_repeated_hour_of_a_clock_change_is_labelled_twice() -> None:
    grid = TimeGrid(pd.Timestamp("2026-10-25").date(), 1, 60, "Europe/Berlin")
    labels = interval_labels(grid, WORDING)
    assert labels[1:4] == [
        "Sun 25 Oct 01:00–02:00",
        "Sun 25 Oct 02:00–02:00",
        "Sun 25 Oct 02:00–03:00",
    ]
    assert labels[-1] == "Sun 25 Oct 23:00–24:00"


def test_colours_let_shine_through() -> None:
    assert translucent("#0072B2", 0.2) == "rgba(0,114,178,0.2)"
