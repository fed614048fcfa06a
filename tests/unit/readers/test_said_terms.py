"""Rules and contracts → the tables that say them → the same rules and contracts."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from shiftcast.data.errors import Problems
from shiftcast.data.law import laws
from shiftcast.data.law.terms import Terms
from shiftcast.data.people import Contract
from shiftcast.data.readers.config_errors import Lines
from shiftcast.data.readers.config_law import adjusted_limits, chosen_laws
from shiftcast.data.readers.config_models import ContractTable, RulesTable
from shiftcast.data.readers.config_place import Place
from shiftcast.data.readers.config_said import contract_said, rules_said
from shiftcast.data.readers.config_terms import build_contract, build_rules
from shiftcast.data.rules import Rotation, Rules

HOURS = st.integers(0, 24).map(lambda quarters: quarters * 15)  # minutes, up to 6 h
LIMITS = {
    "min_rest_min": HOURS,
    "max_consecutive_days": st.integers(1, 31),
    "max_week_min": st.none() | HOURS,
    "min_weekly_rest_min": st.none() | HOURS,
    "max_weekends": st.none() | st.tuples(st.integers(0, 8), st.integers(1, 53)),
    "whole_weekends": st.booleans(),
    "max_consecutive_nights": st.none() | st.integers(0, 31),
    "shift_limits": st.dictionaries(st.sampled_from("EDL"), st.integers(0, 9)).map(
        lambda limits: tuple(limits.items())
    ),
    "rotation": st.sampled_from(Rotation),
    "overtime_min": HOURS,
}
RULES = st.builds(
    Rules,
    **LIMITS,
    seats=st.none() | st.integers(1, 500),
    night_from=st.integers(0, 1439),
    night_to=st.integers(0, 1440),
    weekend_days=st.frozensets(st.integers(0, 6)),
    soft=st.dictionaries(st.sampled_from(["rest", "nights"]), st.floats(0, 1e6)).map(
        lambda soft: tuple(soft.items())
    ),
    early_before=st.integers(0, 1440),
    late_after=st.integers(0, 2880),
    breaks_at_once=st.none() | st.integers(1, 99),
)
CONTRACTS = st.builds(
    Contract,
    st.just("part"),
    **LIMITS,
    shift_codes=st.lists(st.sampled_from("EDL"), unique=True).map(tuple),
    min_days=st.integers(0, 3),
    max_days=st.integers(3, 7),
    min_minutes=st.integers(0, 1200),
    max_minutes=st.integers(1200, 3000),
    min_days_off_together=st.integers(0, 4),
    max_start_spread_min=st.none() | HOURS,
    hourly_cost=st.floats(0, 1e6),
    max_period_min=st.none() | st.integers(0, 9000),
)


def a_place() -> Place:
    return Place("shiftcast.toml", Lines(""), Problems())


@given(RULES)
def test_rules_are_read_as_they_are_said(rules: Rules) -> None:
    table = RulesTable.model_validate(rules_said(Terms(rules, ())))
    place = a_place()
    assert build_rules(table, place) == rules
    assert len(place.problems) == 0


@given(CONTRACTS)
def test_a_contract_is_read_as_it_is_said(contract: Contract) -> None:
    place = a_place()
    table = ContractTable.model_validate(contract_said(contract))
    assert build_contract(0, table, place) == contract
    assert len(place.problems) == 0


def test_laws_are_said_with_the_numbers_in_their_place() -> None:
    """A share of breaks is said as per cent."""
    rules = replace(Rules(), breaks_at_once_share=20)
    adjusted = {"min_rest_min": 630, "average_weeks": 17}
    said = rules_said(Terms(rules, (), (laws()["EU"],), adjusted))
    assert said["breaks_at_once"] == "20%"
    assert said["law_adjusted"] == {"rest_hours": 10.5, "average_weeks": 17}
    table, place = RulesTable.model_validate(said), a_place()
    assert chosen_laws(table, place) == (laws()["EU"],)
    assert adjusted_limits(table, (laws()["EU"],), place) == adjusted
    assert build_rules(table, place) == rules
