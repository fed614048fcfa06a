"""The page of a forecast against what came."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shiftcast.cli.report.console_blocks import Block, BlockConsole, BlockTable
from shiftcast.cli.report.track_figure import track_figure
from shiftcast.cli.report.track_page import track_page
from shiftcast.cli.report.wording import Wording

from tests.factories_track import a_track

FORECAST, ACTUALS, RESULT = a_track()
EN = Wording("en")
PAST = 3 * 96 + 48


def test_blocks_keep_what_a_result_shows() -> None:
    console = BlockConsole("en")
    console.heading("track.drift")
    console.say("track.no_drift")
    console.line()
    console.table(["Day", "Came"], [["Mon", "12"]], text_columns=1)
    said = "Nothing came that the forecast does not hold likely."
    table = BlockTable(("Day", "Came"), (("Mon", "12"),), 1)
    assert console.blocks == [Block("Drift", [said, table])]


def test_the_chart_has_what_came_until_now_and_shades_the_rest() -> None:
    figure = track_figure(FORECAST, ACTUALS, None, 1, EN)
    came = next(trace for trace in figure.data if trace.name == "Came")
    np.testing.assert_allclose(came.y[:PAST], (1.1 * FORECAST.mean[1]).round()[:PAST])
    assert np.isnan(came.y[PAST:]).all()
    (shade,) = figure.layout.shapes
    assert (shade.x0, shade.x1) == (PAST, FORECAST.grid.size)
    assert "Left out of the scores" not in [trace.name for trace in figure.data]


def test_the_forecast_made_anew_begins_now() -> None:
    anew = FORECAST.scaled(np.full(FORECAST.grid.size, 1.2))
    figure = track_figure(FORECAST, ACTUALS, anew, 0, EN)
    later = next(trace for trace in figure.data if trace.name == "Forecast anew").y
    assert np.isnan(later[:PAST]).all()
    np.testing.assert_allclose(later[PAST:], 1.2 * FORECAST.mean[0, PAST:], atol=1e-3)


def test_what_does_not_count_is_crossed() -> None:
    counts = ACTUALS.counts.copy()
    counts[0, 40] = False
    figure = track_figure(FORECAST, replace(ACTUALS, counts=counts), None, 0, EN)
    crossed = next(trace for trace in figure.data if trace.name == "Left out of the scores")
    assert np.flatnonzero(~np.isnan(np.asarray(crossed.y, dtype=float))).tolist() == [40]


@pytest.mark.parametrize(("language", "drift"), [("en", "Drift"), ("zh-CN", "\u504f\u79fb")])
def test_drift_comes_first_and_everything_the_terminal_says_follows(
    language: str, drift: str
) -> None:
    page = track_page(RESULT, FORECAST, ACTUALS, None, language)
    console = BlockConsole(language)
    RESULT.show(console)
    places = [page.index(f"<h2>{block.heading}</h2>") for block in console.blocks[1:]]
    assert min(places) == page.index(f"<h2>{drift}</h2>")
    assert f"<h1>{console.blocks[0].heading}</h1>" in page
