"""shiftcast compare: two plans side by side."""

from __future__ import annotations

from typing import Annotated

import typer

from .. import options
from ..completion import plan_names
from ..console import session


def compare(
    first: Annotated[
        str, typer.Argument(metavar="PLAN", help="Name of a plan.", autocompletion=plan_names)
    ],
    second: Annotated[
        str | None,
        typer.Argument(
            metavar="[PLAN]",
            help="Name of another.",
            show_default="the newest",
            autocompletion=plan_names,
        ),
    ] = None,
    workspace: options.Workspace = options.HERE,
    output: options.Page = None,
    audience: options.Audience = "planner",
    lang: options.Lang = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Set two plans side by side: service, hours, cost, rules, and who works otherwise."""
    with session(workspace, lang, as_json=json, quiet=quiet) as console:
        if audience == "manager" and output is None:
            raise typer.BadParameter("--audience manager needs --output")
        from ...data.errors import InputError, Problem
        from ...scheduling.planning.comparing import compare_plans
        from ..compare_view import compare_result
        from ..report.comparison_page import write_comparison
        from ..report.page import nameless
        from ..workspace.folder import check_workspace
        from ..workspace.load import load_plan
        from ..workspace.plans import find_plan

        check_workspace(workspace)
        stored = find_plan(workspace, first), find_plan(workspace, second)
        if stored[0].name == stored[1].name:
            raise InputError(Problem("cli.compare.same", {"plan": stored[0].name}))
        with console.progress() as progress:
            progress.stage("read")
            plans = load_plan(workspace, stored[0]), load_plan(workspace, stored[1])
        found = compare_plans(*plans)
        page = None if output is None else str(output)
        result = compare_result(stored[0].name, stored[1].name, found, page)
        if output is not None:
            shown = plans if audience == "planner" else (nameless(plans[0]), nameless(plans[1]))
            write_comparison(output, result, found, shown, console.language)
        console.warn([warning for plan in plans for warning in plan.warnings])
        console.deliver(result)
