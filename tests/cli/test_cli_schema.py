"""The JSON of every command has a schema, and keeps it (`Shiftcast` in conftest looks at each)."""

from __future__ import annotations

import json
from importlib import import_module

import pytest
from shiftcast.cli.app import COMMANDS
from shiftcast.cli.console import Result
from shiftcast.cli.result_schemas import PROBLEMS, RESULTS, result_schema

from tests.cli.conftest import Shiftcast
from tests.cli.json_shapes import faults


def test_every_command_and_every_result_has_its_schema() -> None:
    assert set(RESULTS) == {*(command.__name__ for command in COMMANDS), PROBLEMS}
    listed = set()
    for path in (path for paths in RESULTS.values() for path in paths):
        module, _, name = path.rpartition(".")
        listed.add(getattr(import_module(f"shiftcast.cli.{module}"), name))
    assert set(Result.__subclasses__()) <= listed


@pytest.mark.parametrize("command", RESULTS)
def test_a_schema_is_said_with_its_version(shiftcast: Shiftcast, command: str) -> None:
    result = shiftcast("schema", command)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    for part in found.get("anyOf", [found]):
        assert part["properties"]["schema_version"]["const"] == 1
        assert "schema_version" in part["required"]


def test_an_unknown_command_is_answered_with_those_there_are(shiftcast: Shiftcast) -> None:
    result = shiftcast("schema", "pan", "--json")
    assert result.exit_code == 2
    problems = json.loads(result.stderr)
    assert list(faults(problems, result_schema(PROBLEMS), result_schema(PROBLEMS))) == []
    assert problems["problems"][0]["code"] == "cli.schema.unknown"


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ({"schema_version": 1}, "$ has no problems"),
        ({"schema_version": 2, "problems": []}, "$.schema_version is 2, not 1"),
        ({"schema_version": 1, "problems": [3]}, "$.problems[0] is 3, not object"),
        ({"schema_version": 1, "problems": [], "x": 1}, "$ has x, which the schema does not know"),
    ],
)
def test_what_a_schema_refuses(value: object, fault: str) -> None:
    schema = result_schema(PROBLEMS)
    assert fault in list(faults(value, schema, schema))
