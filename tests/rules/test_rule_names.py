"""The names that a planner may make soft are those of the rules there are."""

from __future__ import annotations

from shiftcast.data.law.apply import RULE_OF_LIMIT
from shiftcast.data.rules import ALWAYS_HARD, RULE_NAMES
from shiftcast.scheduling.rostering.rules import RULES


def test_every_rule_has_its_name_in_the_settings() -> None:
    assert sorted(RULE_NAMES) == sorted(rule.name for rule in RULES)


def test_rules_without_a_unit_cannot_be_soft() -> None:
    assert {rule.name for rule in RULES if rule.unit is None} == ALWAYS_HARD


def test_what_a_law_limits_is_kept_by_a_rule() -> None:
    assert set(RULE_OF_LIMIT.values()) <= {rule.name for rule in RULES}
