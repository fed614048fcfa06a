"""The plans of a workspace: one folder a plan, written whole and never changed afterwards."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ...data.errors import InputError, Problem
from ...data.readers.values import suggestion
from .manifest import MANIFEST_FILE, Manifest, read_manifest
from .names import PLANS_FOLDER

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-(\d+)d-(\d+)")


@dataclass(frozen=True)
class StoredPlan:
    """A plan on disk."""

    folder: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def inputs(self) -> Path:
        """Copies of the inputs it was made of, contacts left out."""
        return self.folder / "inputs"

    @property
    def roster(self) -> Path:
        return self.folder / "roster.csv"

    @property
    def forecast(self) -> Path:
        return self.folder / "forecast.csv"

    @property
    def paths(self) -> Path:
        return self.folder / "paths.parquet"

    @property
    def kpis(self) -> Path:
        return self.folder / "kpis.csv"

    @property
    def report(self) -> Path:
        return self.folder / "report.html"


def store(
    workspace: Path, start: date, days: int, write: Callable[[Path, str], None]
) -> StoredPlan:
    """Makes a new plan folder: `write` fills it, given the folder and the plan's name.

    The folder is filled under another name and renamed when complete; on any failure, Ctrl-C
    included, nothing is left behind.
    """
    plans = workspace / PLANS_FOLDER
    plans.mkdir(exist_ok=True)
    name = _next_name(plans, start, days)
    aside = plans / f".{name}.{os.getpid()}.part"
    try:
        aside.mkdir()
        write(aside, name)
        aside.rename(plans / name)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        if not any(plans.iterdir()):
            plans.rmdir()
        raise
    return StoredPlan(plans / name, read_manifest(plans / name))


def all_plans(workspace: Path) -> tuple[StoredPlan, ...]:
    """Every plan, oldest first. Raises InputError with every plan that cannot be read."""
    found: list[StoredPlan] = []
    problems: list[Problem] = []
    for folder in _folders(workspace):
        try:
            found.append(StoredPlan(folder, read_manifest(folder)))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return tuple(sorted(found, key=lambda plan: (plan.manifest.created, plan.name)))


def find_plan(workspace: Path, name: str | None) -> StoredPlan:
    """The plan of a name (a path to its folder will do), or the newest. InputError if none."""
    names = [folder.name for folder in _folders(workspace)]
    if not names:
        raise InputError(Problem("workspace.no_plans"))
    if name is None:
        return all_plans(workspace)[-1]
    wanted = Path(name).name
    if wanted not in names:
        near = suggestion(wanted, names) or names[-1]
        raise InputError(Problem("workspace.no_such_plan", {"name": name, "suggestion": near}))
    folder = workspace / PLANS_FOLDER / wanted
    return StoredPlan(folder, read_manifest(folder))


def _folders(workspace: Path) -> list[Path]:
    plans = workspace / PLANS_FOLDER
    if not plans.is_dir():
        return []
    return sorted(
        folder
        for folder in plans.iterdir()
        if _NAME.fullmatch(folder.name) and (folder / MANIFEST_FILE).exists()
    )


def _next_name(plans: Path, start: date, days: int) -> str:
    """`<start>-<days>d-<nn>` with the next number of this start and length."""
    prefix = f"{start.isoformat()}-{days}d-"
    numbers = [
        int(match[3])
        for folder in plans.iterdir()
        if folder.name.startswith(prefix) and (match := _NAME.fullmatch(folder.name))
    ]
    return f"{prefix}{max(numbers, default=0) + 1:02d}"
