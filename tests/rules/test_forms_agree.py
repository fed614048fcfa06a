"""On random rosters the audit and the engine's form of every rule come to the same verdict."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shiftcast.scheduling.rostering.audit import audit
from shiftcast.scheduling.rostering.rules import RULES
from shiftcast.scheduling.rostering.rules.one_shift_a_day import RULE as ONE_SHIFT_A_DAY
from shiftcast.scheduling.rostering.rules.time_off import RULE as TIME_OFF

from tests.rules.verdicts import WITH_LIMITS, found, possible
from tests.strategies import roster_problems, rosters

NIGHTLY = os.environ.get("SHIFTCAST_NIGHTLY") == "1"
# Judged along with each rule: the engine lets no shifts overlap, and counters need to know leave.
ALWAYS = (TIME_OFF, ONE_SHIFT_A_DAY)


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
    for rule in (rule for rule in RULES if rule.name not in WITH_LIMITS):
        legal = not any(found(judged, problem, roster) for judged in (rule, *ALWAYS))
        assert possible(problem, roster, (rule, *ALWAYS)) is legal, rule.name
    assert possible(problem, roster) is (audit(problem, roster) == ())
