"""forecast_parts.json: what the forecast of a stored plan is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from ...data.errors import InputError, Problem
from ...forecasting.forecast import Forecast
from ..explain_parts import QueueParts, explained_days
from ..exports.whole_file import write_whole

PARTS_FILE = "forecast_parts.json"


class PartsFile(BaseModel):
    """The file as it is written: the parts of every queue, as `forecast --explain --json` has
    them."""

    model_config = ConfigDict(frozen=True, ser_json_inf_nan="constants")

    schema_version: int = 1
    queues: tuple[QueueParts, ...]


def write_parts(path: Path, parts: Sequence[QueueParts]) -> None:
    """Writes the file whole or not at all."""
    write_whole(path, PartsFile(queues=tuple(parts)).model_dump_json(indent=1).encode() + b"\n")


def with_parts(path: Path, model: Forecast) -> Forecast:
    """The model's forecast with the events and the explanation of its file, without them if there
    is none: older plans have no such file. InputError if it cannot be read."""
    if not path.exists():
        return model
    try:
        kept = {
            part.queue: part for part in PartsFile.model_validate_json(path.read_bytes()).queues
        }
        parts = [kept[queue] for queue in model.queues]
    except (ValidationError, KeyError):
        raise InputError(
            Problem("workspace.broken_json", file=f"{path.parent.name}/{path.name}")
        ) from None
    events = tuple(event for part in parts for event in part.events)
    return replace(
        model,
        events=events,
        explanation=explained_days(parts),
        borrowed={p.queue: p.borrowed_from for p in parts if p.borrowed_from is not None},
        shifts={p.queue: p.shifts for p in parts if p.shifts},
    )
