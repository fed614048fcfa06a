"""Our formulas against published and high-precision reference values.

    python -m benchmarks.reference_values FILE.csv --output OUT.csv

reads cases (columns case_id, model, load_erl, lambda_per_s, aht_s, patience_s, n, K, T_s, extra,
metric, value), writes them with a column `computed`, empty for models that only a simulation can
answer, and prints the largest relative error of each model as JSON.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from shiftcast.data.targets import ServiceLevelDefinition
from shiftcast.scheduling.queueing.chat import balanced_chat
from shiftcast.scheduling.queueing.erlang import erlang_a, erlang_b, erlang_c
from shiftcast.scheduling.queueing.finite import finite_line
from shiftcast.scheduling.queueing.redials import erlang_a_with_redials

Case = Mapping[str, str]


def main() -> None:
    """Read the cases, compute each and write the table whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    with arguments.cases.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        computed = compute(row)
        row["computed"] = "" if computed is None else repr(computed)
    beside = arguments.output.with_name(arguments.output.name + ".part")
    with beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    beside.replace(arguments.output)
    print(json.dumps({"largest_relative_error": largest_errors(rows)}, indent=2))


def compute(case: Case) -> float | None:
    """The value of a case's metric; None for a model without a formula here."""
    model = MODELS.get(case["model"])
    return None if model is None else float(model(case)[case["metric"]])


def largest_errors(rows: list[dict[str, str]]) -> dict[str, float]:
    """Largest |computed ÷ value − 1| by model."""
    worst: dict[str, float] = {}
    for row in rows:
        if row["computed"] and row.get("value"):
            error = abs(float(row["computed"]) / float(row["value"]) - 1)
            worst[row["model"]] = max(worst.get(row["model"], 0.0), error)
    return worst


def _number(case: Case, column: str) -> float:
    return float(case[column])


def _erlang_b(case: Case) -> dict[str, float]:
    return {"B": float(erlang_b(_number(case, "load_erl"), _number(case, "n")))}


def _erlang_c(case: Case) -> dict[str, float]:
    line = erlang_c(*(_number(case, name) for name in ("lambda_per_s", "aht_s", "n", "T_s")))
    return {
        "Pw": float(line.p_wait),
        "SL": float(line.service_level()),
        "ASA": float(line.asa_s),
    }


def _erlang_a(case: Case) -> dict[str, float]:
    rate, aht, agents, patience, within = (
        _number(case, name) for name in ("lambda_per_s", "aht_s", "n", "patience_s", "T_s")
    )
    line = erlang_a(rate, aht, agents, patience, within)
    definitions = ServiceLevelDefinition
    return {
        "Pw": float(line.p_wait),
        "Pab": float(line.abandonment),
        "EW": float(line.mean_wait_s),
        "EWs": float(line.asa_s),
        "EQ": rate * float(line.mean_wait_s),
        "SLo": float(line.service_level(definitions.OFFERED)),
        "SLa": float(line.service_level(definitions.ANSWERED)),
        "SLx": float(line.service_level(definitions.EXCLUDING_SHORT_ABANDONS)),
        "PWT": float(line.service_level(definitions.INCLUDING_SHORT_ABANDONS)),
        "occ": rate * aht * float(line.answered) / agents,
    }


def _finite(case: Case) -> dict[str, float]:
    names = ("lambda_per_s", "aht_s", "n", "K", "patience_s", "T_s")
    rate, *others = (_number(case, name) for name in names)
    line = finite_line(rate, *others)
    return {
        "Pblock": float(line.blocked),
        "Pw": float(line.p_wait),
        "Pab": float(line.abandonment),
        "EQ": rate * float(line.mean_wait_s),
        "SLo": float(line.answered_within),
    }


def _chat(case: Case) -> dict[str, float]:
    times = [float(part) for part in case["aht_s"].split("|")]
    rate = _number(case, "lambda_per_s")
    chat = balanced_chat(
        rate,
        times[0],
        _number(case, "n"),
        [time / times[0] for time in times],
        _number(case, "patience_s"),
    )
    return {
        "Pw": float(chat.line.p_wait),
        "Pab": float(chat.line.abandonment),
        "EQ": rate * float(chat.line.mean_wait_s),
        "slot_occ": float(chat.slot_occupancy),
    }


def _redials(case: Case) -> dict[str, float]:
    rate, aht, agents, patience = (
        _number(case, name) for name in ("lambda_per_s", "aht_s", "n", "patience_s")
    )
    probability = float(case["extra"].split()[-1])  # "redial prob 0.5"
    redials = erlang_a_with_redials(rate, aht, agents, patience, probability)
    return {
        "lambda_total": float(redials.rate_per_s),
        "Pab_per_attempt": float(redials.abandonment),
        "Plost_final": float(redials.lost),
    }


MODELS: dict[str, Callable[[Case], dict[str, float]]] = {
    "ErlangB": _erlang_b,
    "ErlangC": _erlang_c,
    "ErlangA": _erlang_a,
    "MMnKM": _finite,
    "ChatBalanced": _chat,
    "ErlangA_redial": _redials,
}


if __name__ == "__main__":
    main()
