"""What a stored plan costs and keeps, from its kpis.json alone."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from ...data.errors import InputError, Problem

SUMMARY_FILE = "kpis.json"


class RosterSummary(BaseModel):
    model_config = ConfigDict(frozen=True)

    requests: int
    requests_met: int
    gap_hours: float | None = None
    gap_of_hours: float | None = None


class PlanSummary(BaseModel):
    """A plan in a few numbers; cost in the centre's currency, the gap in agent-hours short that
    cost as much, and as a share of the hours needed (None: no bound, or an older plan)."""

    model_config = ConfigDict(frozen=True)

    paid_hours: float
    cost: float
    roster: RosterSummary


def read_summary(folder: Path) -> PlanSummary:
    """The summary of a plan folder. InputError if it is missing or broken."""
    try:
        return PlanSummary.model_validate_json((folder / SUMMARY_FILE).read_bytes())
    except (OSError, ValidationError):
        place = f"{folder.name}/{SUMMARY_FILE}"
        raise InputError(Problem("workspace.broken_json", file=place)) from None
