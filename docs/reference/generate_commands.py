"""Writes docs/reference/commands.md from the commands as they are registered.

Run `python -m docs.reference.generate_commands` at the top of the repository, with the installed
environment's Python, after any change of a command or an option; a test holds the page to it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from shiftcast.cli.app import COMMANDS
from typer.models import ArgumentInfo, OptionInfo
from typer.utils import get_params_from_function

PAGE = Path(__file__).with_name("commands.md")

INTRODUCTION = """\
# Commands

This page is generated from the program by `python -m docs.reference.generate_commands`.

`shiftcast --help` lists the commands and `shiftcast COMMAND --help` says what one takes. A \
command works on the folder it is run in, or on the one that `--workspace` names. Results go to \
standard output; progress, warnings and errors go to standard error, progress only on a terminal. \
Every command takes:

* `--json`: one JSON object in place of the text, with `schema_version` in it; errors become one \
JSON object on standard error. `shiftcast schema COMMAND` prints its JSON Schema.
* `--quiet`: nothing but errors.
* `--lang en` or `--lang zh-CN`: another language than the centre's.

`shiftcast --debug COMMAND …` shows the traceback of an unexpected error, and \
`shiftcast --version` the version. `shiftcast --install-completion` teaches your shell (bash, zsh, \
fish, PowerShell) to complete commands, options, names of plans and of export templates; \
`--show-completion` prints what it would install.

| Status | What it means |
|---|---|
| 0 | done |
| 1 | the plan or roster breaks a rule, or misses a target that `--targets-must-hold` asked for |
| 2 | an input, an option or a file is wrong; nothing was written |
| 3 | no roster keeps every rule; the message names the rules in conflict |
| 70 | a mistake of ours |
| 130 | stopped with Ctrl-C |
"""

COMMON = ("--json", "--quiet", "--lang")
_VALUES = {Path: "PATH", str: "TEXT", int: "NUMBER", float: "NUMBER", date: "YYYY-MM-DD"}


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *(section(command) for command in COMMANDS)])


def section(command: Callable[..., None]) -> str:
    """One command: its sentence, how it is written, its arguments and options."""
    rows = list(_rows(command))
    arguments = [name for name, *_ in rows if not name.startswith("--")]
    usage = " ".join(["shiftcast", command.__name__, *arguments, "[OPTIONS]"])
    lines = [
        f"## {command.__name__}",
        "",
        inspect.getdoc(command) or "",
        "",
        f"    {usage}",
        "",
        "| Argument or option | Value | If left out | What it says |",
        "|---|---|---|---|",
        *(f"| {' | '.join((f'`{name}`', *cells))} |" for name, *cells in rows),
    ]
    return "\n".join(lines) + "\n"


def _rows(command: Callable[..., None]) -> Iterator[tuple[str, str, str, str]]:
    """(name, value, if left out, what it says) of every parameter of its own, in order."""
    for name, parameter in get_params_from_function(command).items():
        info = parameter.default
        told = (_left_out(info), info.help or "")
        if isinstance(info, ArgumentInfo):
            many = "..." if get_origin(parameter.annotation) is list else ""
            shown = info.metavar or name.upper() + many
            optional = info.default is not ... and not shown.startswith("[")
            yield f"[{shown}]" if optional else shown, "", *told
        elif info.param_decls[0] not in COMMON:
            yield "`, `".join(info.param_decls), _value(parameter.annotation, info), *told


def _value(kind: Any, info: OptionInfo) -> str:
    """What follows the option: nothing for a switch."""
    if get_origin(kind) in (Union, UnionType):
        kind = next(part for part in get_args(kind) if part is not type(None))
    if kind is bool:
        return ""
    if get_origin(kind) is Literal:
        return ", ".join(f"`{choice}`" for choice in get_args(kind))
    limits = [
        f"{word} {limit:g}"
        for word, limit in (("from", info.min), ("to", info.max))
        if limit is not None
    ]
    return " ".join([info.metavar or _VALUES[kind], *limits])


def _left_out(info: ArgumentInfo | OptionInfo) -> str:
    if info.default is ...:
        return "needed"
    if isinstance(info.show_default, str):
        return info.show_default
    if info.default is None or info.default is False:
        return ""
    return "this folder" if info.default == Path() else f"`{info.default}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
