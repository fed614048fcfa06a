"""The methods by name, and which of them a series is measured with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from shiftcast.forecasting.baseline import WeekdayMean, seasonal_naive
from shiftcast.forecasting.forecast import Forecaster

from . import environment
from .remembered import Remembered
from .series import Series

MEAN = "mean_of_three"


@dataclass(frozen=True)
class Peer:
    """`make` imports what the method needs; without `ranges` it forecasts means only. `own_place`
    says that it runs in the peers' environment."""

    make: Callable[[], Forecaster]
    ranges: bool = True
    own_place: bool = False


def _prophet_intervals() -> Forecaster:
    from .peers.prophet_intervals import ProphetIntervals

    return ProphetIntervals()


def _prophet_daily() -> Forecaster:
    from .peers.prophet_daily import ProphetDaily

    return ProphetDaily()


def _prophet_log_daily() -> Forecaster:
    from .peers.prophet_daily import ProphetLogDaily

    return ProphetLogDaily()


def _ets() -> Forecaster:
    from .peers.stats_daily import StatsDaily

    return StatsDaily("ets")


def _mstl() -> Forecaster:
    from .peers.stats_daily import StatsDaily

    return StatsDaily("mstl")


def _svd() -> Forecaster:
    from .peers.svd import SvdFactors

    return SvdFactors()


def _lightgbm() -> Forecaster:
    from .peers.lightgbm_lags import LightGbmLags

    return LightGbmLags()


PEERS: dict[str, Peer] = {
    "seasonal_naive": Peer(seasonal_naive, ranges=False),
    "weekday_mean_4": Peer(lambda: WeekdayMean(4)),
    "weekday_mean_8": Peer(lambda: WeekdayMean(8)),
    "prophet_intervals": Peer(_prophet_intervals),
    "prophet_daily": Peer(_prophet_daily),
    "prophet_log_daily": Peer(_prophet_log_daily),
    "ets": Peer(_ets, own_place=True),
    "mstl": Peer(_mstl, own_place=True),
    "svd": Peer(_svd),
    "lightgbm": Peer(_lightgbm, ranges=False),
}
SPREADSHEET = ("seasonal_naive", "weekday_mean_4", "weekday_mean_8")
NAMES = (*PEERS, MEAN)


def members_of_mean(series: Series) -> tuple[str, str, str]:
    """Of the plain mean of three: on daily series, which have no shape within the day, ETS stands
    in for the SVD."""
    return ("prophet_log_daily", "ets" if series.is_daily else "svd", "lightgbm")


def places_missing(names: Iterable[str], series: Series) -> list[str]:
    """Those of `names` that need the peers' environment where it is not there."""
    if environment.is_ready():
        return []
    alone = {name for name, peer in PEERS.items() if peer.own_place}
    if alone & set(members_of_mean(series)):
        alone.add(MEAN)
    return [name for name in names if name in alone]


def chosen(names: Iterable[str], series: Series, keep: Path | None = None) -> list[Remembered]:
    """The peers named, in the order of `PEERS`; the mean of three comes last and shares the
    forecasts of its members. The SVD has nothing to do on daily series. A folder to `keep` is
    explained with `Remembered`."""
    asked = [name for name in names if not (name == "svd" and series.is_daily)]
    made: dict[str, Remembered] = {}
    for name, peer in PEERS.items():
        if name in asked or (MEAN in asked and name in members_of_mean(series)):
            made[name] = Remembered(name, peer.make(), ranges=peer.ranges, keep=keep)
    found = [remembered for name, remembered in made.items() if name in asked]
    if MEAN in asked:
        from .peers.mean_of import MeanOf

        members = tuple(made[name] for name in members_of_mean(series))
        found.append(Remembered(MEAN, MeanOf(members), members, ranges=False))
    return found
