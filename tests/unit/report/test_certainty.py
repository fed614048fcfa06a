from dataclasses import fields, replace

import numpy as np
import pytest
from shiftcast.cli.report.certainty import (
    cost_parts,
    footer_words,
    model_words,
    range_words,
    roster_words,
)
from shiftcast.cli.report.wording import Wording
from shiftcast.scheduling.planning.saving import most_saving
from shiftcast.scheduling.rostering.objective import CostBreakdown, cost_breakdown
from shiftcast.scheduling.rostering.roster import SolveStatus

from tests.factories_plan import make_plan

PLAN = make_plan(agents=20)
EN = Wording("en")


def test_a_roster_that_was_stopped_says_what_could_be_saved() -> None:
    said = roster_words(PLAN, EN)
    # 4180 − 3870 points, at 40 an agent-hour short, are 7.75 hours.
    wanted = sum(float(demand.required.sum()) for demand in PLAN.problem.demands) / 4
    assert PLAN.problem.weights.under == 40
    assert said[0] == (
        "The roster costs 4,180 points, and no roster of these people can cost less than 3,870: "
        f"the difference is worth 7.8 agent-hours short, {7.75 / wanted:.1%} of the hours needed."
    )
    assert len(said) == 2


def test_a_proven_roster_says_so_and_no_more() -> None:
    best = replace(PLAN.result, status=SolveStatus.OPTIMAL)
    (said,) = roster_words(replace(PLAN, result=best), EN)
    assert said == "The roster costs 4,180 points, and no other can cost less."


@pytest.mark.parametrize("bound", [None, 0.0])
def test_a_bound_that_proves_nothing_is_not_said(bound: float | None) -> None:
    unknown = replace(PLAN.result, lower_bound=bound)
    said = roster_words(replace(PLAN, result=unknown), EN)
    assert said[0] == (
        "The roster costs 4,180 points; how much less is possible was not proven in the time given."
    )


def test_where_an_hour_short_costs_nothing_the_gap_is_no_hours() -> None:
    problem = replace(PLAN.problem, weights=replace(PLAN.problem.weights, under=0.0))
    assert most_saving(problem, PLAN.result) is None


def test_the_parts_of_the_cost_make_the_whole() -> None:
    parts = cost_parts(PLAN, EN)
    cost = cost_breakdown(PLAN.problem, PLAN.roster)
    assert len(parts) == sum(getattr(cost, field.name) > 0 for field in fields(CostBreakdown))
    assert sum(part.share for part in parts) == pytest.approx(1.0)
    assert [part.share for part in parts] == sorted((p.share for p in parts), reverse=True)
    under = next(part for part in parts if part.label == "Agents missing")
    assert under.points == f"{cost_breakdown(PLAN.problem, PLAN.roster).under:,.0f}"


def test_the_range_is_that_of_whole_futures() -> None:
    totals = PLAN.forecast.paths[:, 0].sum(axis=1)
    low, high = np.quantile(totals, (0.1, 0.9))
    assert range_words(PLAN, EN)[0] == (
        f"phone: {PLAN.forecast.mean[0].sum():,.0f} contacts over the horizon; "
        f"8 of 10 futures lie between {low:,.0f} and {high:,.0f}."
    )


def test_a_forecast_without_paths_has_no_range() -> None:
    bare = replace(PLAN.forecast, paths=PLAN.forecast.paths[:0])
    assert range_words(replace(PLAN, forecast=bare), EN) == []


def test_each_queue_names_its_model() -> None:
    phone, chat, email = model_words(PLAN, EN)
    assert "Erlang A" in phone
    assert "patience of 3 min 00 s" in phone
    assert "up to 3 chats" in chat
    assert "order of deadline" in email
    patient = replace(PLAN.centre.queues[0], patience_s=None)
    centre = replace(PLAN.centre, queues=(patient, *PLAN.centre.queues[1:]))
    assert "Erlang C" in model_words(replace(PLAN, centre=centre), EN)[0]


def test_the_foot_names_seed_and_zone() -> None:
    said = " ".join(footer_words(PLAN, EN))
    assert "seed 1" in said
    assert "Asia/Shanghai" in said
    assert "planned in 39 s" in said
