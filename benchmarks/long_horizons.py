"""Long instances like those of Curtois and Qu, made at random, solved with the product's engine.

    python -m benchmarks.long_horizons --weeks 12 --agents 40 --shifts 5 --cpu-seconds 300
    python -m benchmarks.long_horizons --weeks 26 --agents 100 --shifts 8 --write INSTANCE.txt

As many hours are wanted as the people may work, with the mix of contracts, skills, days off and
requests that the published instances of four weeks have; of the longer ones none was looked at.
Prints what `benchmarks.curtois` prints; `--write` only writes the instance, for it and the checker.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from shiftcast.scheduling.rostering.engine import SolveLimit, solve

from benchmarks.curtois import read_problem

NAMES = ("a", "d", "p", "n")  # mornings, days, evenings, nights
CONTRACTS = ((0.65, 18, "5,2,2"), (0.2, 18, "6,2,3"), (0.15, 9, "5,1,2"))
"""Share, most shifts in four weeks, and longest run of days, shortest, shortest of days off."""

SPARE = 1080  # minutes in four weeks between the most and the least
MAY = 0.75  # chance that somebody may work a shift type,
LIMITED = 0.25  # and that they may only so often
WISHES, AWAY = 5.0, 2.5  # wanted shifts and unwanted ones in four weeks
WEIGHTS = (1, 2, 3)


@dataclass(frozen=True)
class Shape:
    """How large an instance is, and how many of its people's hours are wanted."""

    weeks: int
    agents: int
    shifts: int
    density: float = 1.0

    @property
    def days(self) -> int:
        return 7 * self.weeks


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weeks", type=int, default=12)
    parser.add_argument("--agents", type=int, default=40)
    parser.add_argument("--shifts", type=int, default=5)
    parser.add_argument("--density", type=float, default=1.0)
    parser.add_argument("--instance-seed", type=int, default=1)
    parser.add_argument("--cpu-seconds", type=float, default=300.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    shape = Shape(asked.weeks, asked.agents, asked.shifts, asked.density)
    text = instance(shape, np.random.default_rng(asked.instance_seed))
    if asked.write:
        asked.write.write_text(text)
        return
    limit = SolveLimit(seconds=asked.cpu_seconds, cpu_time=True)
    result = solve(read_problem(text), limit, np.random.default_rng(asked.seed))
    report = {
        "instance": f"{shape.weeks}x{shape.agents}x{shape.shifts}-{asked.instance_seed}",
        "status": result.status,
        "cost": result.cost,
        "lower_bound": result.lower_bound,
        "gap": result.gap,
        "cpu_seconds": round(time.process_time(), 2),
        "violations": len(result.violations),
    }
    print(json.dumps(report))


def instance(shape: Shape, rng: np.random.Generator) -> str:
    """The text of an instance, in the published format."""
    codes, follow = _shift_types(shape.shifts)
    may = rng.random((shape.agents, shape.shifts)) < MAY
    may[np.arange(shape.agents), rng.integers(0, shape.shifts, shape.agents)] = True
    lines = ["SECTION_HORIZON", str(shape.days), "", "SECTION_SHIFTS"]
    lines += [f"{code},480,{'|'.join(follow[code])}" for code in codes]
    staff, minutes = _staff(shape, codes, may, rng)
    lines += ["", "SECTION_STAFF", *staff, "", "SECTION_DAYS_OFF"]
    off = rng.random((shape.agents, shape.days)) < 2 / 28
    lines += [",".join([f"A{a}", *map(str, np.flatnonzero(off[a]))]) for a in range(shape.agents)]
    on, unwanted = _wishes(shape, codes, may, off, rng)
    lines += ["", "SECTION_SHIFT_ON_REQUESTS", *on, "", "SECTION_SHIFT_OFF_REQUESTS", *unwanted]
    wanted = shape.density * float(minutes) / 480
    return "\n".join([*lines, "", "SECTION_COVER", *_cover(shape, codes, may, wanted, rng), ""])


def _shift_types(many: int) -> tuple[list[str], dict[str, list[str]]]:
    """Codes from the earliest on, and what may not follow each: all of an earlier time of day."""
    kinds = np.sort(np.arange(many) * min(len(NAMES), many) // many)
    codes = [f"{NAMES[kind]}{place}" for place, kind in enumerate(kinds)]
    return codes, {
        code: [c for c, other in zip(codes, kinds, strict=True) if other < kind]
        for code, kind in zip(codes, kinds, strict=True)
    }


def _staff(
    shape: Shape, codes: list[str], may: NDArray[np.bool_], rng: np.random.Generator
) -> tuple[list[str], int]:
    """A row for each employee, and the most minutes of all together."""
    rows, together = [], 0
    kinds = rng.choice(len(CONTRACTS), shape.agents, p=[share for share, _, _ in CONTRACTS])
    for a, kind in enumerate(kinds):
        _, shifts, runs = CONTRACTS[kind]
        most = 480 * (shifts * shape.weeks // 4)
        least = most - SPARE * shape.weeks // 4
        often = np.where(rng.random(len(codes)) > LIMITED, shape.days, shape.days // 4)
        limits = "|".join(f"{c}={n}" for c, n in zip(codes, often * may[a], strict=True))
        rows.append(f"A{a},{limits},{most},{least},{runs},{shape.weeks // 2}")
        together += most
    return rows, together


def _wishes(
    shape: Shape,
    codes: list[str],
    may: NDArray[np.bool_],
    off: NDArray[np.bool_],
    rng: np.random.Generator,
) -> tuple[list[str], list[str]]:
    """Rows of wanted shifts, in blocks of days, and of unwanted ones, on other days."""
    on, unwanted = [], []
    for a in range(shape.agents):
        free = ~off[a]
        for rows, often in ((on, WISHES), (unwanted, AWAY)):
            for _ in range(rng.poisson(often * shape.weeks / 4 / 2.5)):
                first, length = int(rng.integers(shape.days)), int(rng.integers(1, 5))
                code = codes[int(rng.choice(np.flatnonzero(may[a])))]
                weight = int(rng.choice(WEIGHTS))
                for day in range(first, min(first + length, shape.days)):
                    if free[day]:
                        rows.append(f"A{a},{day},{code},{weight}")
                        free[day] = False
    return on, unwanted


def _cover(
    shape: Shape,
    codes: list[str],
    may: NDArray[np.bool_],
    wanted: float,
    rng: np.random.Generator,
) -> list[str]:
    """A row for each day and shift type: people by what they may work, unevenly by day."""
    share = (may / may.sum(axis=1, keepdims=True)).sum(axis=0) / len(may)
    mean = wanted * share / shape.days * rng.uniform(0.6, 1.4, (shape.days, len(codes)))
    people = np.floor(mean + rng.random(mean.shape)).astype(int)
    return [
        f"{day},{code},{people[day, i]},100,1"
        for day in range(shape.days)
        for i, code in enumerate(codes)
    ]


if __name__ == "__main__":
    main()
