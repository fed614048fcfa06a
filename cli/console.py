"""The one place that prints: results for people or as JSON, errors, and how a command ends."""

from __future__ import annotations

import json
import math
import os
import sys
import traceback
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import typer

from ..data.errors import Problem, ShiftcastError
from ..data.messages import DEFAULT_LANGUAGE, text
from .own_stdout import keep_stdout_apart
from .plain_text import is_utf8
from .problem_lines import problem_lines

if TYPE_CHECKING:
    from rich.console import Console as RichConsole

    from .progress import StageProgress

SCHEMA_VERSION = 1
INTERRUPTED = 130
UNEXPECTED = 70  # EX_SOFTWARE of sysexits.h


@dataclass(frozen=True)
class Result(ABC):
    """What a command has found: plain values, which programs get as JSON."""

    @abstractmethod
    def show(self, console: Console) -> None:
        """Says it to people."""


@dataclass(frozen=True)
class ProblemRecord:
    """A problem in words, with its code and place."""

    severity: str
    code: str
    file: str | None
    row: int | None
    column: str | None
    message: str
    hint: str


@dataclass(frozen=True)
class ProblemsRecord:
    """What programs get in place of a result."""

    problems: tuple[ProblemRecord, ...]


class Console:
    """Prints in one language: results on stdout, problems and progress on stderr.

    With `as_json` stdout carries the result as one JSON object and nothing else; `quiet` leaves
    only errors (and the JSON object, if asked for).
    """

    def __init__(
        self, language: str = DEFAULT_LANGUAGE, *, as_json: bool = False, quiet: bool = False
    ) -> None:
        self.language = language
        self.as_json = as_json
        self.quiet = quiet

    @property
    def _talks(self) -> bool:
        return not (self.quiet or self.as_json)

    def text(self, key: str, **params: object) -> str:
        return text(key, self.language, **params)

    def deliver(self, result: Result) -> None:
        """The result of the command: JSON with `schema_version`, or as the result shows itself."""
        if self.as_json:
            content = {"schema_version": SCHEMA_VERSION, **asdict(result)}
            typer.echo(_json(content, sys.stdout))
        elif self._talks:
            result.show(self)

    def say(self, key: str, **params: object) -> None:
        """One sentence of the catalogue, for people."""
        self.line(self.text(key, **params))

    def line(self, words: str = "", *, wrap: bool = True) -> None:
        """One line, which a terminal breaks between words; a pipe gets it in one piece."""
        if self._talks:
            rich = self._rich()
            whole = not (wrap and rich.is_terminal)
            rich.print(words, markup=False, highlight=False, soft_wrap=whole)

    def heading(self, key: str, **params: object) -> None:
        if self._talks:
            self._rich().print(
                "\n" + self.text(key, **params), style="bold", markup=False, highlight=False
            )

    def table(
        self, columns: Sequence[str], rows: Sequence[Sequence[str]], *, text_columns: int = 1
    ) -> None:
        """A table as wide as the terminal allows; all but the first columns hold numbers."""
        if not self._talks:
            return
        from .tables import fitted_table

        rich = self._rich()
        rich.print(fitted_table(columns, rows, text_columns, rich.width))

    def warn(self, problems: Sequence[Problem]) -> None:
        if self._talks:
            self._list(problems)

    @contextmanager
    def progress(self) -> Iterator[StageProgress]:
        """Shows the stages of long work on a terminal; says nothing in a pipe."""
        from .progress import StageProgress

        shown = self._talks and sys.stderr.isatty()
        with StageProgress(self._rich(stderr=True), self.language, shown=shown) as progress:
            yield progress

    def fail(self, error: ShiftcastError) -> None:
        """Every problem on stderr, a line each, or as JSON for programs."""
        if self.as_json:
            found = tuple(_problem_record(problem, self.language) for problem in error.problems)
            content = {"schema_version": SCHEMA_VERSION, **asdict(ProblemsRecord(found))}
            typer.echo(_json(content, sys.stderr), err=True)
        else:
            self._list(error.problems)

    def _list(self, problems: Sequence[Problem]) -> None:
        for line in problem_lines(problems, self.language):
            typer.echo(line, err=True)

    def _rich(self, *, stderr: bool = False) -> RichConsole:
        from rich.console import Console as RichConsole

        return RichConsole(stderr=stderr, highlight=False)


@contextmanager
def session(
    workspace: Path | None, lang: str | None, *, as_json: bool = False, quiet: bool = False
) -> Iterator[Console]:
    """Everything a command does happens in here: it sets the language and the exit status.

    Status 2 or 3 for what the planner can mend (`ShiftcastError.exit_status`), 130 if stopped by
    Ctrl-C, 70 for our own mistakes, whose traceback is shown if SHIFTCAST_DEBUG is set.
    """
    console = Console(lang or _language_of(workspace), as_json=as_json, quiet=quiet)
    if as_json:
        keep_stdout_apart()
    try:
        yield console
    except ShiftcastError as error:
        console.fail(error)
        raise typer.Exit(error.exit_status) from None
    except KeyboardInterrupt:
        typer.echo(console.text("cli.interrupted"), err=True)
        raise typer.Exit(INTERRUPTED) from None
    except OSError as error:
        _raise_if_pipe(error)
        name = error.filename or ""
        reason = error.strerror or str(error)
        typer.echo(console.text("cli.file_trouble", file=name, reason=reason), err=True)
        raise typer.Exit(2) from None
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except Exception as error:
        if os.environ.get("SHIFTCAST_DEBUG"):
            traceback.print_exc()
        words = console.text("cli.unexpected", kind=type(error).__name__, reason=str(error))
        typer.echo(words, err=True)
        raise typer.Exit(UNEXPECTED) from None


def _raise_if_pipe(error: OSError) -> None:
    """A reader that went away (`| head`) is no trouble of ours; the framework ends quietly."""
    if isinstance(error, BrokenPipeError):
        raise error


def _language_of(workspace: Path | None) -> str:
    """The language that a workspace asks for; English where it cannot be read."""
    if workspace is None:
        return DEFAULT_LANGUAGE
    from .workspace.language import workspace_language

    return workspace_language(workspace)


def _problem_record(problem: Problem, language: str) -> ProblemRecord:
    return ProblemRecord(
        problem.severity.value,
        problem.code,
        problem.file,
        problem.row,
        problem.column,
        problem.message(language),
        problem.hint(language),
    )


def _json(content: object, stream: TextIO) -> str:
    """With escapes where the stream cannot encode every sign: programs read the same."""
    return json.dumps(_plain(content), ensure_ascii=not is_utf8(stream), indent=2)


def _plain(value: Any) -> Any:
    """Values that JSON knows: dates and paths as text, NaN and infinity as null."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    return value
