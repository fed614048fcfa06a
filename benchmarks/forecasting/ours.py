"""Our forecaster, and it with one member or correction switched off at a time."""

from __future__ import annotations

from shiftcast.forecasting.composed import ComposedForecaster
from shiftcast.forecasting.forecast import Forecaster

OURS = "shiftcast"


def our_forecaster() -> Forecaster:
    return ComposedForecaster()


def without() -> dict[str, Forecaster]:
    """What is switched off → our forecaster without it."""
    return {}
