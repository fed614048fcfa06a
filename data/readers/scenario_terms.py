"""`[rules]` and `[[contract]]` of a what-if file, read as those of shiftcast.toml are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from ..centre import Centre
from ..law.terms import Terms
from ..people import Contract
from ..rules import Rules
from .config_errors import TomlPath, tell_errors
from .config_law import adjusted_limits, chosen_laws
from .config_models import ContractTable, RulesTable, Table
from .config_place import Place
from .config_said import contract_said, rules_said
from .config_terms import HOURS, LIMITS, build_contract, build_rules, check_terms
from .scenario_models import ScenarioFile
from .scenario_names import known_or_told

T = TypeVar("T", bound=Table)

LIFTED = "none"
"""In the place of a number: the limit does not hold any more."""

# What limits nothing, where a key left out would limit all the same.
_LOOSEST: Mapping[type[Table], Mapping[str, object]] = {
    RulesTable: {"rest_hours": 0.0, "max_consecutive_days": 31},
    ContractTable: {"days_per_week": [0, 7], "days_off_together": 0},
}

# Keys → the limit that a law may hold otherwise.
_HELD = {**HOURS, **LIMITS, "hours_per_week": "max_minutes", "days_per_week": "max_days"}
_OF_SHIFTS = frozenset({"shifts", "shift_limits"})


def changed_terms(
    table: ScenarioFile, centre: Centre, codes: Sequence[str], place: Place
) -> Terms | None:
    """The centre's terms with the keys that the file gives in the place of its own, None if it
    gives none or they are wrong, which is told; `codes` are the shifts there are then."""
    if not (table.rules or table.contract):
        return None
    before = len(place.problems.errors)
    own = centre.terms
    rules_table = _validated(
        RulesTable, _on_top(RulesTable, rules_said(own), table.rules), ("rules",), place
    )
    contracts, paths = _contracts(table.contract, own.contracts, place)
    if rules_table is None:
        return None
    rules = build_rules(rules_table, place)
    laws = chosen_laws(rules_table, place)
    adjusted = adjusted_limits(rules_table, laws, place)
    check_terms(rules, ((paths.get(one.id, ("rules",)), one) for one in contracts), place)
    if len(place.problems.errors) > before:
        return None
    _check_codes(table, codes, place)
    terms = Terms(rules, contracts, laws, adjusted)
    _check_held(table, terms, place)
    return terms


def _contracts(
    changes: Sequence[Mapping[str, Any]], own: Sequence[Contract], place: Place
) -> tuple[tuple[Contract, ...], dict[str, TomlPath]]:
    """The contracts with the changes, each on top of those before it, and the path of the last
    change of each that is changed."""
    now = {contract.id: contract for contract in own}
    paths: dict[str, TomlPath] = {}
    for index, change in enumerate(changes):
        at: TomlPath = ("contract", index)
        if "id" not in change:
            place.tell("scenario.missing_key", at, key="id")
            continue
        id_ = str(change["id"])
        if not known_or_told("contract", (*at, "id"), id_, list(now), place):
            continue
        said = _on_top(ContractTable, contract_said(now[id_]), change)
        table = _validated(ContractTable, said, at, place)
        contract = None if table is None else build_contract(index, table, place)
        if contract is not None:
            now[id_], paths[id_] = contract, at
    return tuple(now.values()), paths


def _on_top(model: type[Table], own: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """A table's own content with the keys given in its place, those of tables within it likewise.
    What is lifted is left out."""
    found = dict(own)
    for key, value in given.items():
        if isinstance(value, Mapping):
            inner = {**found.get(key, {}), **value}
            found[key] = {name: limit for name, limit in inner.items() if limit != LIFTED}
        elif value == LIFTED and key in _LOOSEST[model]:
            found[key] = _LOOSEST[model][key]
        elif value == LIFTED and _limits_nothing_left_out(model, key):
            found.pop(key, None)
        else:
            found[key] = value
    return found


def _limits_nothing_left_out(model: type[Table], key: str) -> bool:
    """Whether a key may be left out, and has no value `none` of its own."""
    may_be = model.model_fields.keys() - {"rotation"}
    return key in may_be and model.model_fields[key].default is None


def _validated(model: type[T], content: Mapping[str, Any], at: TomlPath, place: Place) -> T | None:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        tell_errors(error, place.tell, at)
        return None


def _check_codes(table: ScenarioFile, codes: Sequence[str], place: Place) -> None:
    """The shifts that the file names are there."""
    tables: list[tuple[TomlPath, Mapping[str, Any]]] = [(("rules",), table.rules)]
    tables += [(("contract", index), change) for index, change in enumerate(table.contract)]
    for at, given in tables:
        for key in _OF_SHIFTS & given.keys():
            for code in given[key] if given[key] != LIFTED else ():
                known_or_told("shift", (*at, key), code, codes, place)


def _check_held(table: ScenarioFile, terms: Terms, place: Place) -> None:
    """No number that the file gives is one for which a law holds another."""
    rules, contracts, _ = terms.lawful()
    held: list[tuple[TomlPath, Rules | Contract, Rules | Contract]]
    held = [(("rules", key), terms.rules, rules) for key in table.rules]
    asked_of, found_of = ({one.id: one for one in all_} for all_ in (terms.contracts, contracts))
    for index, change in enumerate(table.contract):
        pair = asked_of[change["id"]], found_of[change["id"]]
        held += [(("contract", index, key), *pair) for key in change]
    laws = ", ".join(law.key for law in terms.laws)
    for path, asked, found in held:
        limit = _HELD.get(str(path[-1]))
        if limit is not None and getattr(asked, limit) != getattr(found, limit):
            place.tell("scenario.law_holds", path, key=path[-1], laws=laws)
