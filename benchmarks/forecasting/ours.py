"""Our forecaster, and it with one member or correction switched off at a time."""

from __future__ import annotations

from dataclasses import replace

from shiftcast.forecasting.composed import ComposedForecaster
from shiftcast.forecasting.forecast import Forecaster
from shiftcast.forecasting.level.settings import USUAL
from shiftcast.forecasting.shape.fit import MEMBERS

OURS = "shiftcast"


def our_forecaster() -> Forecaster:
    return ComposedForecaster()


def without() -> dict[str, Forecaster]:
    """What is switched off → our forecaster without it."""
    whole = ComposedForecaster()
    return {
        "boosting": replace(whole, companions=(), name="no boosting"),
        "following what is left over": replace(
            whole, usual=replace(USUAL, corrected=False), name="no following"
        ),
        "month waves in the baseline": replace(
            whole, usual=replace(USUAL, month_waves=0), name="no month waves"
        ),
        **{
            f"shape {member.name}": replace(
                whole,
                shapes=tuple(other for other in MEMBERS if other is not member),
                name=f"no {member.name}",
            )
            for member in MEMBERS
        },
    }
