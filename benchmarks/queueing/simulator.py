"""The simulation held against published and exact results, and its speed against other simulators.

    python -m benchmarks.queueing.simulator [--seed N] [--no-peers] [--json]

Reference values come from the folder that SHIFTCAST_BENCHMARKS names (queueing/). The peers, simpy
and Ciw, need `python -m benchmarks.queueing.simulator_environment` to have been run once. Ends with
status 1 if a figure lies more than three combined standard errors from where it should be.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from ..folders import INSTANCES, named_folder
from .simulator_checks import Check, exact_checks, published_checks
from .simulator_environment import COMMAND
from .simulator_speed import Speed, our_speeds, peer_speeds, start_seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    reference = named_folder(INSTANCES) / "queueing" / "reference_values.csv"
    checks = [*published_checks(asked.seed), *exact_checks(reference, asked.seed)]
    ours = list(our_speeds(asked.seed))
    peers = [] if asked.no_peers else list(peer_speeds(asked.seed))
    start = start_seconds()
    if asked.json:
        _print_json(checks, ours, peers, start)
    else:
        _print_checks(checks)
        _print_speeds(ours, peers, start)
        if not (peers or asked.no_peers):
            print(f"No peers: run `{COMMAND}` first.")
    if not all(check.good for check in checks):
        raise SystemExit(1)


def _print_json(checks: list[Check], ours: list[Speed], peers: list[Speed], start: float) -> None:
    content = {
        "checks": [{**asdict(check), "off": check.off, "good": check.good} for check in checks],
        "speeds": [asdict(speed) for speed in (*ours, *peers)],
        "start_seconds": start,
    }
    print(json.dumps(content, indent=2))


def _print_checks(checks: list[Check]) -> None:
    width = max(len(f"{check.case} {check.metric}") for check in checks)
    for check in checks:
        mark = " " if check.good else "!"
        name = f"{check.case} {check.metric}"
        figures = f"{check.found:12.6g} ± {check.error:9.3g}   {check.wanted:12.6g}"
        if check.wanted_error:
            figures += f" ± {check.wanted_error:8.3g}"
        print(f"{mark} {name:<{width}} {figures}   {check.off:4.1f}")
    worst = max(check.off for check in checks)
    missed = sum(not check.good for check in checks)
    print(f"{len(checks)} figures, largest difference {worst:.1f} combined errors, {missed} missed")


def _print_speeds(ours: list[Speed], peers: list[Speed], start: float) -> None:
    for speed in ours:
        print(_said(speed))
    for peer in peers:
        print(f"{_said(peer)}; ours is {ours[0].a_second / peer.a_second:,.0f} times as fast")
    print(f"from nothing to the first replications: {start:.1f} s (compiled code kept)")


def _said(speed: Speed) -> str:
    return (
        f"{speed.what}: {speed.a_second:,.0f} contacts a second "
        f"({speed.waited:.1%} wait, {speed.lost:.2%} give up)"
    )


if __name__ == "__main__":
    main()
