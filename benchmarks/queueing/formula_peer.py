"""Least agents by other packages, in an environment of theirs (see formula_environment.py).

Reads JSON from standard input, {"loads": [...], "impatient_loads": [...]}, and writes agents and
seconds by package as JSON. Handle time 300 s, 80 % within 20 s, occupancy at most 85 %.
"""

from __future__ import annotations

import json
import platform
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

AHT_S = 300.0
PATIENCE_S = 180.0


def main() -> None:
    asked = json.load(sys.stdin)
    loads, impatient = asked["loads"], asked["impatient_loads"]
    packages = {
        "call-center-tools": _timed(_call_center_tools(), loads),
        "pyworkforce": _timed(_pyworkforce_c(), loads),
    }
    erlang_a = _pyworkforce_a()
    if erlang_a is not None:
        packages["pyworkforce, with patience"] = _timed(erlang_a, impatient)
    said = {
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("call-center-tools", "pyworkforce")},
        "packages": packages,
    }
    json.dump(said, sys.stdout)


def _timed(least: Callable[[float], int], loads: list[float]) -> dict[str, Any]:
    begin = time.perf_counter()
    agents = [least(load) for load in loads]
    return {"agents": agents, "seconds": time.perf_counter() - begin}


def _call_center_tools() -> Callable[[float], int]:
    from call_center_tools import calc_staffing

    return lambda load: int(calc_staffing(load * 3600 / AHT_S, AHT_S).agents)


def _pyworkforce_c() -> Callable[[float], int]:
    from pyworkforce.queuing import ErlangC

    def least(load: float) -> int:
        calls = load * 1800 / AHT_S
        queue = ErlangC(transactions=calls, aht=AHT_S / 60, asa=20 / 60, interval=30)
        return int(queue.required_positions(0.8, max_occupancy=0.85)["raw_positions"])

    return least


def _pyworkforce_a() -> Callable[[float], int] | None:
    """None where the version has no Erlang A."""
    try:
        from pyworkforce.queuing import ErlangA
    except ImportError:
        return None

    def least(load: float) -> int:
        queue = ErlangA(
            transactions=load * 1800 / AHT_S,
            aht=AHT_S / 60,
            asa=20 / 60,
            interval=30,
            patience=PATIENCE_S / 60,
        )
        return int(queue.required_positions(0.8, max_occupancy=0.85)["raw_positions"])

    return least


if __name__ == "__main__":
    main()
