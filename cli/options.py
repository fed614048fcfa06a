"""Options that several commands share, named and worded once."""

from __future__ import annotations

import shlex
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from .completion import plan_names

HERE = Path()


def a_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text} is not a date; write it as 2026-11-30") from None


def a_moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text} is not a time; write it as 2026-12-09T12:00") from None


def publish_command(plan: str, workspace: Path) -> str:
    """What to type to publish a plan."""
    place = "" if workspace == HERE else f" --workspace {shlex.quote(str(workspace))}"
    return f"shiftcast publish {plan}{place}"


Page = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="HTML page to write.", show_default="none"),
]
Audience = Annotated[
    Literal["planner", "manager"],
    typer.Option("--audience", help="Who reads the page; manager: without names."),
]
Workspace = Annotated[
    Path,
    typer.Option("--workspace", "-w", help="Folder of the centre.", show_default="this folder"),
]
Lang = Annotated[
    Literal["en", "zh-CN"] | None,
    typer.Option("--lang", help="Language of messages and report.", show_default="the centre's"),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON result for programs.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Check everything and say what would be written.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")]
Start = Annotated[
    date | None,
    typer.Option(
        "--start",
        parser=a_date,
        metavar="YYYY-MM-DD",
        help="First day.",
        show_default="first week that is not published yet",
    ),
]
Days = Annotated[int, typer.Option("--days", min=1, max=400, help="Number of days.")]
Seconds = Annotated[
    float | None,
    typer.Option(
        "--seconds",
        min=1,
        help="Time limit of the roster search.",
        show_default="as in shiftcast.toml",
    ),
]
Rounds = Annotated[
    int | None,
    typer.Option(
        "--rounds",
        min=1,
        help="Stop the roster search after this many rounds: the same roster on every machine.",
        show_default="no such limit",
    ),
]
Seed = Annotated[
    int | None,
    typer.Option(
        "--seed", min=0, help="Seed of everything random.", show_default="as in shiftcast.toml"
    ),
]
Prefer = Annotated[
    Literal["coverage", "cost", "people"] | None,
    typer.Option(
        "--prefer",
        help="What matters most: moves the weights that you left as they usually are.",
        show_default="as in shiftcast.toml",
    ),
]
Correct = Annotated[
    int | None,
    typer.Option(
        "--correct",
        min=0,
        max=10,
        help="Rounds in which the requirement is raised where the simulated roster misses a "
        "target; 0: none.",
        show_default="as in shiftcast.toml",
    ),
]
Previous = Annotated[
    Path | None,
    typer.Option(
        "--previous",
        metavar="FILE",
        help="roster.csv of the weeks before.",
        show_default="what was published",
    ),
]
PlanName = Annotated[
    str | None,
    typer.Argument(
        metavar="[PLAN]",
        help="Name of a plan.",
        show_default="the newest",
        autocompletion=plan_names,
    ),
]
HistoryFile = Annotated[
    Path | None,
    typer.Option(
        "--history",
        metavar="FILE",
        help="timestamp, queue, offered, perhaps aht_s; needs no workspace.",
        show_default="the workspace's contacts",
    ),
]
CalendarFile = Annotated[
    Path | None,
    typer.Option("--calendar", metavar="FILE", help="Special days, with --history."),
]
ForecastSettingsFile = Annotated[
    Path | None,
    typer.Option(
        "--settings",
        metavar="FILE",
        help="Forecast settings chosen by `backtest --tune`, with --history.",
        show_default="the workspace's forecast_settings.json",
    ),
]
Country = Annotated[
    str | None,
    typer.Option("--country", help="ISO code: adds public holidays, with --history."),
]
Interval = Annotated[
    int | None,
    typer.Option(
        "--interval",
        metavar="MIN",
        help="Minutes of an interval, with --history; 1440 is daily.",
        show_default="the history's",
    ),
]
