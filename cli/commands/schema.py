"""shiftcast schema: what programs may rely on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import typer

from .. import options
from ..console import Console, Result, session


@dataclass(frozen=True)
class SchemaResult(Result):
    """The JSON Schema of a command's `--json`."""

    command: str
    definition: dict[str, Any]

    def show(self, console: Console) -> None:
        import json

        console.line(json.dumps(self.definition, ensure_ascii=False, indent=2), wrap=False)


def schema(
    command: Annotated[
        str,
        typer.Argument(metavar="COMMAND", help="Name of a command, or `problems` for errors."),
    ],
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Print the JSON Schema of what a command prints with --json."""
    with session(None, lang, as_json=json, quiet=quiet) as console:
        from ...data.errors import InputError, Problem
        from ..result_schemas import RESULTS, result_schema

        if command not in RESULTS:
            params = {"command": command, "known": ", ".join(RESULTS)}
            raise InputError(Problem("cli.schema.unknown", params))
        console.deliver(SchemaResult(command, result_schema(command)))
