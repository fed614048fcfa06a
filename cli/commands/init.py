"""shiftcast init: a new folder for a centre."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from .. import options
from ..console import Console, Result, session


@dataclass(frozen=True)
class InitResult(Result):
    """Where the folder is, and whether it was made now or stood there before."""

    folder: str
    created: bool
    sample: bool

    def show(self, console: Console) -> None:
        if not self.created:
            console.say("cli.init.stands", folder=self.folder)
        elif self.sample:
            console.say("cli.init.sample", folder=self.folder)
        else:
            console.say("cli.init.empty", folder=self.folder)


def init(
    folder: Annotated[Path, typer.Argument(help="Folder to make.")] = options.HERE,
    sample: Annotated[
        bool, typer.Option("--sample", help="Fill it with the sample centre.")
    ] = False,
    if_absent: Annotated[
        bool, typer.Option("--if-absent", help="Leave a folder that has a centre as it is.")
    ] = False,
    name: Annotated[str | None, typer.Option("--name", help="Name of the centre.")] = None,
    time_zone: Annotated[
        str | None,
        typer.Option("--time-zone", help="IANA name, such as Europe/Berlin."),
    ] = None,
    country: Annotated[
        str | None, typer.Option("--country", help="ISO code, for public holidays.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the sample.")] = 1,
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Make a folder for a centre: a commented shiftcast.toml and the files to fill."""
    with session(None, lang, as_json=json, quiet=quiet) as console:
        from ...data.errors import InputError, Problem
        from ...data.sample.workspace import write_empty, write_sample
        from ..exports.templates.library import template_text
        from ..exports.whole_file import write_whole
        from ..workspace.hand_out import HR
        from ..workspace.names import HR_TEMPLATE_FILE, SETTINGS_FILE

        if if_absent and (folder / SETTINGS_FILE).exists():
            console.deliver(InitResult(str(folder), created=False, sample=sample))
            return
        if sample:
            write_sample(folder, seed=seed, language=console.language)
        elif time_zone is None:
            raise InputError(Problem("cli.init.time_zone"))
        else:
            centre = name or folder.resolve().name
            write_empty(folder, centre, time_zone, country=country, language=console.language)
        write_whole(folder / HR_TEMPLATE_FILE, template_text(HR).encode())
        console.deliver(InitResult(str(folder), created=True, sample=sample))
