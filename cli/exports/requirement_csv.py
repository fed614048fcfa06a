"""requirement.csv: the agents that each queue needs in each interval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ...scheduling.rostering.problem import Demand
from ...scheduling.staffing.requirement import DeadlineWork, StaffingRequirement
from .whole_file import write_csv

REQUIREMENT_COLUMNS = (
    "interval_start",  # local time with offset
    "queue",
    "on_queue",  # agents that must be on the queue; empty for deadline work
    "required",  # agents to be rostered; for deadline work as it was placed, if it was
    "deadline_work_h",  # agent-hours that arrive and may wait; empty for work that cannot
    "due",  # end of the last interval in which that work may be done, local time with offset
    "form",  # what the requirement is: agents, or deadline for work that may wait
)


def write_requirement(
    path: Path, requirement: StaffingRequirement, demands: Sequence[Demand] = ()
) -> None:
    """One row a queue and interval. `demands` are the roster problem's, which hold the agents
    that deadline work was placed on; agents are kept to 4 decimals, unrounded otherwise."""
    write_csv(path, REQUIREMENT_COLUMNS, _rows(requirement, demands))


def _rows(requirement: StaffingRequirement, demands: Sequence[Demand]) -> Iterable[list[object]]:
    grid = requirement.grid
    hours = grid.interval_min / 60
    placed = {demand.queue: demand.required for demand in demands}
    for queue in requirement.queues:
        for i, start in enumerate(grid.starts):
            row: list[object] = [start.isoformat(), queue.queue]
            if isinstance(queue, DeadlineWork):
                heads = _short(placed[queue.queue][i]) if queue.queue in placed else ""
                due = grid.moment((int(queue.latest[i]) + 1) * grid.interval_min)
                cells: list[object] = ["", heads, _short(queue.work[i] * hours), due.isoformat()]
            else:
                cells = [_short(queue.on_queue[i]), _short(queue.rostered[i]), "", ""]
            yield [*row, *cells, queue.form.value]


def _short(value: float) -> float:
    return round(float(value), 4)
