"""A stored plan as its exports see it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import numpy as np

from ...data.readers.settings import CentreInputs
from ...scheduling.planning.pay_hours import pay_days, pay_lines
from ...scheduling.rostering.problem import RosterProblem
from ...scheduling.rostering.roster import Roster
from ..exports.templates.rows import IntervalRow, RowKind, Source
from .load import load_forecast, load_roster, stored_needs
from .plan_files import REQUIREMENT_FILE
from .plans import StoredPlan


def export_source(
    stored: StoredPlan, inputs: CentreInputs, kinds: Iterable[RowKind], language: str
) -> Source:
    """The plan with what rows of these kinds are made of. InputError if it cannot be read."""
    problem, roster = load_roster(stored, inputs)
    wanted = set(kinds)
    years = {day.year for day in (problem.grid.first_day, problem.grid.last_day + timedelta(1))}
    days = (
        pay_days(inputs.centre.calendar, years)
        if wanted & {RowKind.PAY, RowKind.PAY_TOTAL}
        else None
    )
    return Source(
        inputs.centre,
        problem,
        roster,
        language,
        intervals=_intervals(stored, inputs, problem, roster) if RowKind.INTERVAL in wanted else (),
        pay=() if days is None else pay_lines(problem, roster, days),
    )


def _intervals(
    stored: StoredPlan, inputs: CentreInputs, problem: RosterProblem, roster: Roster
) -> tuple[IntervalRow, ...]:
    """Every queue and interval in order of queue and time, as forecast, required and rostered."""
    grid, forecast = problem.grid, load_forecast(stored, inputs).adjusted
    needs = stored_needs(stored.folder / REQUIREMENT_FILE)
    present = Roster(grid, (*problem.history, *roster.assignments))
    supply = present.supply(forecast.queues, problem.proficiency)
    starts = [start.to_pydatetime() for start in grid.starts]
    step = timedelta(minutes=grid.interval_min)
    return tuple(
        IntervalRow(
            queue=queue,
            channel=inputs.centre.queue(queue).channel.value,
            start=starts[i],
            end=grid.moment(grid.minute_of(starts[i] + step)),
            contacts=float(forecast.mean[q, i]),
            aht_s=float(forecast.aht_s[q, i]),
            required=float(np.nan_to_num(needs[queue][i])),
            rostered=float(supply[q, i]),
        )
        for q, queue in sorted(enumerate(forecast.queues), key=lambda pair: pair[1])
        for i in range(grid.size)
    )
