"""Too few people: which queues get no more of them, and what one queue's gain costs another.

How scarcity falls is the planner's to say, by the weights of the queues: a roster spreads it so
that queues of one weight lack the same part of what they need, and a lighter queue lacks before a
heavier one. Raising the requirement of one queue must not undo that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from ...data.centre import Centre
from ..rostering.problem import RosterProblem
from ..rostering.roster import Roster
from ..staffing.requirement import DeadlineWork, StaffingRequirement
from .correction import Gap, Raise, Standing

NEXT_TO_NOTHING = 0.25
"""Part of what a round added for a queue: one that got less, and lacks more, has no more people to
get."""

ERRORS_OF_LOSS = 2.0
"""Standard errors by which a queue has to miss its target by more, to have lost."""


def short_of_people(
    requirement: StaffingRequirement,
    raises: Sequence[Raise],
    before: tuple[RosterProblem, Roster],
    after: tuple[RosterProblem, Roster],
    standing: Standing,
) -> dict[str, float]:
    """Raised queues that still miss a target though they got next to nothing of what was added and
    lack it, and the agent-hours that they lack in all. `standing` is that of the roster after.
    Nobody is short so long as another queue still gives agents up."""
    if any(one.hours < 0 for one in raises):
        return {}
    missing = {gap.queue for gap in standing.missed}
    found = {}
    for one in (one for one in raises if one.hours > 0 and one.queue in missing):
        (need,) = (need for need in requirement.queues if need.queue == one.queue)
        waits = isinstance(need, DeadlineWork)
        had, lacked = supply(*before, one.queue, work_waits=waits)
        got, lacks = supply(*after, one.queue, work_waits=waits)
        if got - had < NEXT_TO_NOTHING * one.hours < lacks - lacked:
            found[one.queue] = lacks
    return found


def supply(
    problem: RosterProblem, roster: Roster, queue: str, *, work_waits: bool
) -> tuple[float, float]:
    """Agent-hours that a queue has, and that it lacks of what was asked: in each interval, or in
    all if its work can wait."""
    hours = problem.grid.interval_min / 60
    (demand,) = (demand for demand in problem.demands if demand.queue == queue)
    (there,) = roster.supply((queue,), problem.proficiency)
    missing = demand.required - there
    if work_waits:
        missing = missing.sum(keepdims=True)
    return float(there.sum()) * hours, float(np.maximum(missing, 0.0).sum()) * hours


def robbed(
    centre: Centre, raises: Iterable[Raise], before: Standing, after: Standing
) -> Mapping[str, frozenset[str]]:
    """Queues that miss a target, and by more than before, while others were raised that weigh no
    more than they do; and these others. A heavier queue may take from a lighter one."""
    weight = {queue.name: queue.weight for queue in centre.queues}
    raised = {one.queue for one in raises if one.hours > 0}
    was = {(gap.queue, gap.measure): gap for gap in before.gaps}
    found = {}
    for gap in after.missed:
        if _lost(was.get((gap.queue, gap.measure)), gap):
            takers = {name for name in raised if weight[name] <= weight[gap.queue]}
            found[gap.queue] = frozenset(takers - {gap.queue})
    return {queue: takers for queue, takers in found.items() if takers}


def _lost(before: Gap | None, after: Gap) -> bool:
    return before is not None and after.short > before.short + ERRORS_OF_LOSS * after.error
