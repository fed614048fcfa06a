"""The names of the templates there are, read from folders alone: a shell asks at every tab."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

TEMPLATES_FOLDER = "templates"  # of the workspace's own, in its exports


def built_in(name: str) -> Traversable:
    """The file of a template of ours."""
    return files(__package__).joinpath("builtin", f"{name}.toml")


def built_in_names() -> tuple[str, ...]:
    entries = files(__package__).joinpath("builtin").iterdir()
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in entries))


def template_names(folder: Path) -> tuple[str, ...]:
    """Every name; `folder` is where the workspace's own templates are."""
    own = {path.stem for path in folder.glob("*.toml")}
    return tuple(sorted({*built_in_names(), *own}))
