"""Forecasts against the field, on real series and rolling origins, every method in one run.

    python -m benchmarks.forecasting [--series …] [--origins N] [--peers …] [--ablations]

takes the series from the folder that SHIFTCAST_DATA names and prints WAPE and bias of the mean,
mean pinball loss of p10, p50 and p90, coverage of p10–p90 (where the mean is 10 or more) and
seconds of all origins, by interval and by day, and our WAPE as a share of the best peer's. ETS and
MSTL need `python -m benchmarks.forecasting.environment` to have been run once.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..folders import DATA, FolderError, named_folder
from . import environment
from .measure import GOALS, NEVER_WORSE, measure, save_means, standing
from .methods import NAMES, chosen, places_missing
from .ours import OURS, our_forecaster, without
from .remembered import Remembered
from .series import SERIES, USUAL, Series
from .tables import as_text, switched_off, verdict


def main() -> None:
    asked = _arguments()
    folder = named_folder(DATA)
    for name in asked.series:
        series = SERIES[name](folder)
        print(f"\n## {name}", flush=True)
        _run(name, series, asked)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.forecasting", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--series", nargs="+", choices=list(SERIES), default=list(USUAL))
    parser.add_argument("--origins", type=int, help="forecasts a series (its own number)")
    parser.add_argument(
        "--peers", nargs="*", choices=list(NAMES), help="what to measure against (everything)"
    )
    parser.add_argument(
        "--ablations", action="store_true", help="ours with each part switched off, one at a time"
    )
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="take peers' forecasts from earlier runs there"
    )
    parser.add_argument(
        "--save", type=Path, metavar="FOLDER", help="write every method's means there (npz)"
    )
    return parser.parse_args()


def _run(name: str, series: Series, asked: argparse.Namespace) -> None:
    ours = Remembered(OURS, our_forecaster())
    peers = chosen(_available(asked.peers, series), series, asked.keep)
    parts = [Remembered(*part) for part in without().items()] if asked.ablations else []
    methods = [ours, *parts, *peers]
    table = measure(series, methods, asked.origins, _tell if sys.stderr.isatty() else None)
    shown = table[~table["method"].isin([part.name for part in parts])]
    print(as_text(shown, ours.name))
    print()
    for goal in (GOALS.get(name), NEVER_WORSE):
        rivals = [goal.peer] if goal and goal.peer else [peer.name for peer in peers]
        if found := standing(table, ours.name, rivals):
            print(verdict(found, goal), flush=True)
    if parts:
        print(f"\n{switched_off(table, ours.name, [part.name for part in parts])}", flush=True)
    if asked.save:
        save_means(asked.save, name, series, methods)


def _available(asked: list[str] | None, series: Series) -> list[str]:
    """The peers to measure. What was named must be there; what was not is left out, and said."""
    names = list(NAMES) if asked is None else asked
    missing = places_missing(names, series)
    if not missing:
        return names
    words = f"{', '.join(missing)} need `{environment.COMMAND}` first"
    if asked is not None:
        raise FolderError(words)
    print(f"({words}; left out)", file=sys.stderr)
    return [name for name in names if name not in missing]


def _tell(method: str, share: float) -> None:
    print(
        f"\r{share:4.0%} {method:<24}", end="\n" if share >= 1 else "", file=sys.stderr, flush=True
    )


if __name__ == "__main__":
    main()
