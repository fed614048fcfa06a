"""Everything that is measured, in a few minutes, with one table at the end.

    python -m benchmarks [SECTION …] [--cpu-seconds S] [--seed N] [--roster-seconds S]

Sections: formulas, rosters, forecasts, banks (all of them if none is named). Public data come from
the folder that SHIFTCAST_DATA names, instances, checkers and reference values from the one that
SHIFTCAST_BENCHMARKS names; nothing of either is part of the project. Ends with status 2 if a folder
is missing, 1 if a roster breaks a rule or a formula is wrong.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .folders import DATA, INSTANCES, named_folders

LARGEST_ERROR = 1e-9  # relative, of a formula against its reference
CPU_SECONDS = 20.0
ROSTER_SECONDS = 20.0


@dataclass(frozen=True)
class Wish:
    """What was asked for: the folders, the limits of the searches and their seed."""

    data: Path
    instances: Path
    cpu_seconds: float
    roster_seconds: float
    seed: int


@dataclass(frozen=True)
class Row:
    """A line of the table; `good` is False where something is wrong and not merely slow or dear."""

    section: str
    what: str
    figures: str
    good: bool = True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--cpu-seconds", type=float, default=CPU_SECONDS)
    parser.add_argument("--roster-seconds", type=float, default=ROSTER_SECONDS)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if unknown := set(asked.sections) - set(SECTIONS):
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    data, instances = named_folders([DATA, INSTANCES])
    wish = Wish(data, instances, asked.cpu_seconds, asked.roster_seconds, asked.seed)
    rows = []
    for name in asked.sections or SECTIONS:
        begin = time.perf_counter()
        print(f"{name} …", flush=True)
        for row in SECTIONS[name](wish):
            rows.append(row)
            print(f"  {row.what}: {row.figures}", flush=True)
        print(f"  ({time.perf_counter() - begin:.0f} s)", flush=True)
    show(rows)
    if not all(row.good for row in rows):
        raise SystemExit(1)


def formulas(wish: Wish) -> Iterator[Row]:
    """The queueing formulas against reference values, and the agents for 10,000 loads."""
    queueing = wish.instances / "queueing"
    with TemporaryDirectory() as aside:
        written = str(Path(aside, "values.csv"))
        said = _run("reference_values", str(queueing / "reference_values.csv"), "--output", written)
    for model, error in said["largest_relative_error"].items():
        figures = f"largest relative error {error:.1e}"
        yield Row("formulas", model, figures, good=error <= LARGEST_ERROR)
    said = _run("required_agents", str(queueing / "required_agents.csv"))
    for model in ("erlang_c", "erlang_a"):
        least, most = (said[f"{model}_seconds_{end}"] for end in ("least", "most"))
        figures = f"{1000 * least:.0f}–{1000 * most:.0f} ms"
        if model == "erlang_c":
            figures += f", {said['mismatches']} integers differ"
        good = said["mismatches"] == 0
        yield Row("formulas", f"{said['loads']:,} least agents, {model}", figures, good)


def rosters(wish: Wish) -> Iterator[Row]:
    """The contact-centre instances, each in a process of its own, judged by their checker."""
    folder = wish.instances / "contact_centre"
    files = sorted((folder / "instances").glob("*.json"), key=lambda path: path.name[3:])
    with TemporaryDirectory() as aside:
        roster, queues = Path(aside, "roster.csv"), Path(aside, "queues.csv")
        for file in files:
            words = [str(file), "--output", str(roster), "--assignments", str(queues)]
            limits = ["--cpu-seconds", str(wish.cpu_seconds), "--seed", str(wish.seed)]
            said = _run("contact_centre", *words, *limits)
            checker = [str(folder / "check_roster.py"), str(file), str(roster), str(queues)]
            judged = json.loads(_output([*checker, "--json"], (0, 1)))
            figures = (
                f"{said['status']}, cost {judged['cost']:,.0f}, bound {said['lower_bound']:,.0f}, "
                f"gap {said['gap']:.2%}, {said['cpu_seconds']:.1f} CPU s, "
                f"{judged['violations']} violations"
            )
            yield Row("rosters", said["instance"], figures, good=judged["violations"] == 0)


def forecasts(wish: Wish) -> Iterator[Row]:
    """The model against what planners do by hand; `benchmarks.forecasting` has the other peers."""
    from .forecasting.measure import measure
    from .forecasting.methods import SPREADSHEET, chosen
    from .forecasting.ours import OURS, our_forecaster
    from .forecasting.remembered import Remembered
    from .forecasting.series import QUICK, SERIES

    for name in QUICK:
        series = SERIES[name](wish.data)
        table = measure(series, [Remembered(OURS, our_forecaster()), *chosen(SPREADSHEET, series)])
        methods = [
            f"{row['method']} {row['wape']:.1%} ({row['bias']:+.1%})"
            for row in table[table["grain"] == "interval"].to_dict("records")
        ]
        yield Row("forecasts", name, "WAPE (bias): " + ", ".join(methods))


def banks(wish: Wish) -> Iterator[Row]:
    """Two real banks planned by the command line, two weeks each."""
    from .bank_workspace import BANKS
    from .banks import PlanMeasure, run_bank

    def row(measure: PlanMeasure) -> Row:
        error, roster, queue = measure.forecast, measure.roster, measure.queues[0]
        figures = (
            f"WAPE {error.wape:.1%}, bias {error.bias:+.1%}; cost {roster['points']:,.0f}, bound "
            f"{roster['lower_bound']:,.0f}; {queue['service']:.1%} in time; "
            f"{measure.broken} violations; {measure.seconds['total']:.0f} s"
        )
        what = f"{measure.bank} bank, {measure.week}"
        return Row("banks", what, figures, good=not (measure.broken or roster["violations"]))

    with TemporaryDirectory() as aside:
        for bank in BANKS.values():
            folder = Path(aside, bank.name)
            yield from map(row, run_bank(bank, wish.data, folder, wish.roster_seconds))


SECTIONS: dict[str, Callable[[Wish], Iterator[Row]]] = {
    "formulas": formulas,
    "rosters": rosters,
    "forecasts": forecasts,
    "banks": banks,
}


def show(rows: list[Row]) -> None:
    """The table of everything measured; what is wrong is marked."""
    width = max((len(row.what) for row in rows), default=0)
    print()
    for row in rows:
        mark = " " if row.good else "!"
        print(f"{mark} {row.section:<9}  {row.what:<{width}}  {row.figures}")


def _run(module: str, *words: str) -> dict[str, Any]:
    """What a benchmark prints as JSON, from a process of its own, so that its time is its own."""
    said = _output(["-m", f"benchmarks.{module}", *words], (0,))
    answer: dict[str, Any] = json.loads(said)
    return answer


def _output(words: list[str], fine: tuple[int, ...]) -> str:
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    if done.returncode not in fine:
        raise SystemExit(f"{' '.join(words)}: status {done.returncode}\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
