"""Under random limits of every kind the audit and the engine's forms come to the same verdict, and
for soft rules to the same points."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from shiftcast.data.presence import Company, Hours, LeastStaffing, Pairing, SeatLimit
from shiftcast.data.rules import Rotation, Rules
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules import RULES
from shiftcast.scheduling.rostering.rules.one_shift_a_day import RULE as ONE_SHIFT_A_DAY
from shiftcast.scheduling.rostering.rules.time_off import RULE as TIME_OFF

from tests.factories import NO_WEIGHTS
from tests.rules.verdicts import WITH_LIMITS, found, points, possible
from tests.strategies import now_and_then, roster_problems, rosters, with_rarer_rules

NIGHTLY = os.environ.get("SHIFTCAST_NIGHTLY") == "1"
ALWAYS = (TIME_OFF, ONE_SHIFT_A_DAY)
JUDGED = [rule for rule in RULES if rule.name in WITH_LIMITS]


@st.composite
def limits(draw: st.DrawFn, rules: Rules) -> Rules:
    """The rules with limits tight enough to be broken now and then."""
    in_weeks = st.tuples(st.integers(0, 3), st.integers(1, 3))
    return replace(
        rules,
        max_day_min=draw(now_and_then(None, st.sampled_from([240, 480]))),
        max_week_min=draw(now_and_then(None, st.sampled_from([600, 1500]))),
        max_average_week_min=draw(now_and_then(None, st.sampled_from([480, 1200]))),
        average_weeks=draw(st.integers(1, 3)),
        min_run_days=draw(st.integers(1, 3)),
        min_run_days_off=draw(st.integers(1, 3)),
        max_weekends=draw(now_and_then(None, in_weeks)),
        free_weekend_every=draw(now_and_then(None, st.integers(2, 3))),
        whole_weekends=draw(st.booleans()),
        max_nights=draw(now_and_then(None, in_weeks)),
        max_consecutive_nights=draw(now_and_then(None, st.integers(0, 2))),
        shift_limits=draw(now_and_then((), st.just((("D", 1),)))),
        shift_limit_weeks=draw(now_and_then(None, st.integers(1, 2))),
        breaks_at_once=draw(now_and_then(None, st.just(1))),
        breaks_at_once_share=draw(now_and_then(None, st.sampled_from([10, 40]))),
        night_from=draw(st.sampled_from([0, 1320])),
        night_to=360,
        min_weekly_rest_min=draw(now_and_then(None, st.sampled_from([1200, 2100, 3000]))),
        rotation=draw(st.sampled_from(Rotation)),
        morning_after_night=draw(st.booleans()),
        early_before=540,
    )


@st.composite
def limited(draw: st.DrawFn) -> RosterProblem:
    problem = draw(roster_problems(st.sampled_from([3, 7, 10, 14]), most_agents=3))
    if draw(st.booleans()):
        problem = replace(
            draw(with_rarer_rules(problem)), wanted=()
        )  # they cost more than rules do
    crew = [agent.id for agent in problem.agents]
    start = draw(st.integers(0, 20)) * 60
    hours = Hours(
        draw(st.frozensets(st.integers(0, 6), min_size=1)),
        start,
        start + draw(st.integers(1, 9)) * 60,
    )
    pairs = st.builds(Pairing, st.just(tuple(crew[:2])), st.sampled_from(Company))
    return replace(
        problem,
        rules=draw(limits(problem.rules)),
        least_staffing=draw(now_and_then((), st.just((LeastStaffing(1, hours=hours),)))),
        seat_limits=draw(now_and_then((), st.just((SeatLimit(1, hours=hours),)))),
        pairings=(draw(pairs),) if len(crew) > 1 and draw(st.booleans()) else (),
    )


EXAMPLES = settings(
    max_examples=400 if NIGHTLY else 20,
    deadline=None,
    derandomize=not NIGHTLY,
    suppress_health_check=list(HealthCheck),
)


@EXAMPLES
@given(st.data())
def test_the_audit_and_the_engine_agree_on_every_limit(data: st.DataObject) -> None:
    problem = data.draw(limited())
    roster = data.draw(rosters(problem))
    for rule in JUDGED:
        legal = not any(found(judged, problem, roster) for judged in (rule, *ALWAYS))
        assert possible(problem, roster, (rule, *ALWAYS)) is legal, rule.name


@EXAMPLES
@given(st.data())
def test_a_soft_limit_costs_what_the_audit_finds(data: st.DataObject) -> None:
    problem = data.draw(limited())
    roster = data.draw(rosters(problem))
    assume(possible(problem, roster, ALWAYS))
    for rule in JUDGED:
        soft = replace(
            problem,
            rules=replace(problem.rules, soft=((rule.name, 1.0),)),
            weights=NO_WEIGHTS,
            requests=(),
            fixed=(),
        )
        amounts = sum(violation.amount for violation in rule.check(soft, roster))
        assert points(soft, roster, (rule, *ALWAYS)) == pytest.approx(amounts), rule.name
