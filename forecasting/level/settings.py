"""What is chosen per queue before a forecast is made: how its level is modelled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scale(StrEnum):
    """How a day's terms join: on the log scale all multiply; on the count scale weekday and season
    multiply the trend, or add to it."""

    LOG = "log"
    MULTIPLICATIVE = "multiplicative"
    ADDITIVE = "additive"


@dataclass(frozen=True)
class LevelSettings:
    """`flexibility` is Prophet's prior scale of trend changes, `month_waves` the waves over the
    month; `corrected` says whether what the model leaves over is followed (`residual_process`) or
    only its events and its bias are taken from it."""

    scale: Scale = Scale.LOG
    flexibility: float = 0.05
    month_waves: int = 2
    corrected: bool = True


USUAL = LevelSettings()
