"""On random rosters the audit and the engine's form of every rule come to the same verdict."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shiftcast.scheduling.rostering.audit import audit
from shiftcast.scheduling.rostering.rules import RULES
from shiftcast.scheduling.rostering.rules.time_off import RULE as TIME_OFF

from tests.rules.verdicts import found, possible
from tests.strategies import roster_problems, rosters

NIGHTLY = os.environ.get("SHIFTCAST_NIGHTLY") == "1"
# Leave tells the counters what a day without a shift is, so it is judged along with each of them.
FORMS = [rule for rule in RULES if rule.name not in ("shift_shape", "one_shift_a_day")]


@settings(
    max_examples=400 if NIGHTLY else 40,
    deadline=None,
    derandomize=not NIGHTLY,
    suppress_health_check=list(HealthCheck),
)
@given(st.data())
def test_the_audit_and_the_engine_agree_on_every_rule(data: st.DataObject) -> None:
    problem = data.draw(roster_problems(st.sampled_from([3, 7, 10, 14]), most_agents=3))
    roster = data.draw(rosters(problem))
    for rule in FORMS:
        audited = found(rule, problem, roster) + found(TIME_OFF, problem, roster)
        assert possible(problem, roster, (rule, TIME_OFF)) is (audited == []), rule.name
    assert possible(problem, roster) is (audit(problem, roster) == ())
