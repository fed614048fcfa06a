"""What holds for the list of rules as a whole."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest
from shiftcast.data.messages import LANGUAGES, catalogue
from shiftcast.scheduling.rostering.audit import rule_report
from shiftcast.scheduling.rostering.rules import RULES

from tests.factories import a_problem, a_roster

FOLDER = Path(__file__).parent
SOURCES = Path("scheduling/rostering/rules")
NO_RULE = {"__init__", "away", "base", "headcount", "runs", "weekends", "weeks"}


def test_every_rule_is_tested_alone() -> None:
    missing = [r.name for r in RULES if not (FOLDER / f"test_{r.name}.py").exists()]
    assert missing == []


def test_every_rule_file_is_in_the_list() -> None:
    files = {path.stem for path in (FOLDER.parents[1] / SOURCES).glob("*.py")} - NO_RULE
    assert files == {rule.name for rule in RULES}


def test_the_report_names_every_rule_once() -> None:
    asked = a_problem()
    report = rule_report(asked, a_roster(asked, "D"))
    assert sorted(verdict.rule for verdict in report) == sorted({rule.name for rule in RULES})
    assert all(verdict.kept for verdict in report)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_every_rule_has_a_name_words_for_a_breach_and_a_way_out(language: str, rule: str) -> None:
    words = catalogue(language)
    assert words[f"rule.{rule}.name"]
    assert words[f"rule.{rule}.relax"]
    assert any(key.startswith(f"rule.{rule}.violation") for key in words)


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_names_and_ways_out_need_no_values(rule: str) -> None:
    for key in (f"rule.{rule}.name", f"rule.{rule}.relax"):
        assert placeholders(catalogue()[key]) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_are_said_alike_in_every_language(language: str) -> None:
    english = {k: placeholders(v) for k, v in catalogue().items() if k.startswith("rule.")}
    words = catalogue(language)
    assert {k: placeholders(v) for k, v in words.items() if k.startswith("rule.")} == english


def placeholders(words: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(words) if field}
