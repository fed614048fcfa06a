"""Scores of promotions against their truth, on a forecast and a history made by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.data.sample.promotions import phases
from shiftcast.forecasting.forecast import Forecast

from benchmarks.planted_promotions import CUTS, scores, summary

GRID = TimeGrid(date(2026, 12, 12), 4, 60)  # the main day of Double 12, and three of parcels
COMING = phases(date(2026, 12, 12), date(2026, 12, 13))
PARCELS = SimpleNamespace(
    queue="chat", label="Double 12: parcels", kind="promotion", type="double12", phase="shipping",
    factor=1.30, factor_low=1.20, factor_high=1.40, handle_factor=0.95, handle_low=0.90,
    handle_high=1.0, source="learned", seen=2,
)  # fmt: skip


@dataclass(frozen=True)
class Told(Forecast):
    """A forecast that says something of the parcels, and nothing of the main day."""

    events: tuple[SimpleNamespace, ...] = (PARCELS,)


def rows() -> pd.DataFrame:
    """Forecast: 10 chats an hour of 400 s. Came: 8 an hour of 500 s on the main day and the first
    day of parcels; the second is an outage, and the history ends before the third."""
    ten = np.full((1, GRID.size), 10.0)
    aht = np.full((1, GRID.size), 400.0)
    forecast = Told(GRID, ("chat",), ten, ten, ten, ten, aht, np.zeros((1, 1, GRID.size)), {})
    known = TimeGrid(date(2026, 12, 10), 5, 60)
    shape = (1, known.size)
    learn = np.ones(shape, dtype=bool)
    learn[:, 96:] = False
    came = ContactHistory(known, ("chat",), np.full(shape, 8.0), np.full(shape, 500.0), learn)
    return scores(forecast, came, COMING).set_index("phase")


def test_what_was_found_stands_beside_the_truth() -> None:
    """Chats of Double 12: parcels 1.28 times as many, 0.89 times as long; main day twice."""
    found = rows()
    parcels, main = found.loc["shipping"], found.loc["peak"]
    assert parcels["true"] == pytest.approx(1.28)
    assert (parcels["factor"], parcels["low"], parcels["high"]) == (1.30, 1.20, 1.40)
    assert (parcels["handle_true"], parcels["handle_factor"]) == (0.89, 0.95)
    assert (parcels["seen"], parcels["source"]) == (2, "learned")
    assert main["true"] == pytest.approx(2.0)
    assert main["source"] == "missing"
    assert np.isnan(main["factor"])


def test_days_are_compared_as_far_as_it_is_known_what_came() -> None:
    """One day of parcels: 24 × 8 chats came and 24 × 10 were forecast; each took 100 s longer."""
    parcels = rows().loc["shipping"]
    assert (parcels["actual"], parcels["error"], parcels["off"]) == (192, 48, 48)
    assert parcels["handle_actual"] == pytest.approx(192 * 500)
    assert parcels["handle_error"] == pytest.approx(-192 * 100)
    assert parcels["handle_off"] == pytest.approx(192 * 100)


def test_the_summary_counts_what_is_not_told_as_not_found() -> None:
    """Contacts: one of two truths is inside; 96 of 384 contacts are wrong. Handle time: 0.89 is
    below 0.90, and the other one is not told."""
    found = rows().reset_index()
    contacts = summary(found, "phase")
    assert list(contacts.index) == ["peak", "shipping", "all"]
    assert contacts.loc["all", "phases"] == 2
    assert contacts.loc["all", "inside"] == 0.5
    assert contacts.loc["all", "error"] == pytest.approx(0.02)
    assert contacts.loc["all", "WAPE"] == contacts.loc["all", "bias"] == pytest.approx(0.25)
    handle = summary(found, "phase", "handle_")
    assert handle.loc["all", "inside"] == 0.0
    assert handle.loc["shipping", "off by"] == pytest.approx(0.06)
    assert handle.loc["shipping", "bias"] == pytest.approx(-0.2)


def test_every_cut_has_an_earlier_promotion_to_learn_from() -> None:
    for cut in CUTS:
        begin = cut.phases[0].first
        earlier = phases(date(2024, 6, 10), date(begin.year, begin.month, 1))
        learned = {phase.phase for phase in earlier if phase.type == cut.type}
        assert {phase.phase for phase in cut.phases} <= learned
