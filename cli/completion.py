"""What a shell offers after a tab: names of plans and templates, without reading any of them."""

from __future__ import annotations

from pathlib import Path

import typer

from .exports.templates.catalogue import TEMPLATES_FOLDER, template_names
from .workspace.names import EXPORTS_FOLDER, PLANS_FOLDER


def plan_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """The plans of the workspace that begin with what is typed, newest week first."""
    plans = _workspace(ctx) / PLANS_FOLDER
    names = [path.name for path in plans.iterdir() if path.is_dir()] if plans.is_dir() else []
    fitting = [name for name in names if name.startswith(incomplete) and name[0] != "."]
    return sorted(fitting, reverse=True)


def export_templates(ctx: typer.Context, incomplete: str) -> list[str]:
    """The templates of the workspace and ours that begin with what is typed."""
    folder = _workspace(ctx) / EXPORTS_FOLDER / TEMPLATES_FOLDER
    return [name for name in template_names(folder) if name.startswith(incomplete)]


def _workspace(ctx: typer.Context) -> Path:
    """The folder named on the line so far, else this one."""
    return Path(ctx.params.get("workspace") or Path())
