"""The `shiftcast` command: registration only. Each command imports its library when it runs, so
that `shiftcast --help` answers at once."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from .commands.backtest import backtest
from .commands.capacity import capacity
from .commands.check import check
from .commands.compare import compare
from .commands.export import export
from .commands.forecast import forecast
from .commands.init import init
from .commands.plan import plan
from .commands.plans import plans
from .commands.publish import publish
from .commands.repair import repair
from .commands.report import report
from .commands.roster import roster
from .commands.schema import schema
from .commands.simulate import simulate
from .commands.staff import staff
from .commands.track import track
from .commands.whatif import whatif
from .commands.withdraw import withdraw
from .plain_text import speak_plainly

# Our matrices are small: threads of the linear algebra cost more than they bring, many times over
# on a busy machine. NumPy reads these when it is first imported, as do the processes we start.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

COMMANDS = (
    init,
    check,
    plan,
    publish,
    withdraw,
    plans,
    simulate,
    whatif,
    capacity,
    compare,
    track,
    repair,
    report,
    export,
    forecast,
    backtest,
    staff,
    roster,
    schema,
)

app = typer.Typer(
    name="shiftcast",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in COMMANDS:
    app.command()(command)


def _tell_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"shiftcast {version('shiftcast')}")
        raise typer.Exit


@app.callback()
def options(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Show the version."),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an unexpected error.")
    ] = False,
) -> None:
    """From contact history to a roster you can trust."""
    if debug:
        os.environ["SHIFTCAST_DEBUG"] = "1"


def main() -> None:
    """The console entry point."""
    speak_plainly()
    app()
