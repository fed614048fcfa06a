"""law_costs.json: what the limits of laws cost a stored plan, as it was told when it was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from ...data.errors import InputError, Problem
from ...scheduling.rostering.why.trial import Effect
from ..exports.whole_file import write_whole

LAW_COSTS_FILE = "law_costs.json"


class LimitCost(BaseModel):
    """What the planner's own numbers without the law's for a limit would gain: `hours`, agent-hours
    short fewer by queue, and `points` saved."""

    model_config = ConfigDict(frozen=True)

    limit: str
    hours: dict[str, float]
    points: float


class LawCostsFile(BaseModel):
    """The file as it is written: the limits of all laws that the centre keeps."""

    model_config = ConfigDict(frozen=True)

    schema_version: int = 1
    limits: tuple[LimitCost, ...]


def write_law_costs(path: Path, costs: Mapping[str, Effect], queues: Sequence[str]) -> None:
    """Writes the file whole or not at all; `queues` are those of the effects, in their order."""
    limits = tuple(
        LimitCost(
            limit=limit,
            hours={q: float(h) for q, h in zip(queues, effect.closed, strict=True)},
            points=effect.saved,
        )
        for limit, effect in costs.items()
    )
    write_whole(path, LawCostsFile(limits=limits).model_dump_json(indent=1).encode() + b"\n")


def read_law_costs(path: Path, queues: Sequence[str]) -> dict[str, Effect]:
    """By limit, what the file says it costs, the hours in the order of the queues; nothing if there
    is no file: older plans, edited and mended ones have none. InputError if it cannot be read."""
    if not path.exists():
        return {}
    try:
        kept = LawCostsFile.model_validate_json(path.read_bytes())
        return {
            one.limit: Effect(np.array([one.hours[q] for q in queues]), one.points)
            for one in kept.limits
        }
    except (ValidationError, KeyError):
        raise InputError(
            Problem("workspace.broken_json", file=f"{path.parent.name}/{path.name}")
        ) from None
