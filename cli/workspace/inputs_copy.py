"""The inputs of a plan, kept with it: what the plan was made of can be read again for good."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from ...data.errors import InputError, Problem
from .names import SETTINGS_FILE

# The contacts are large and are not copied; a setting that names their file would ask for it.
_FILES_TABLE = re.compile(r"(?ms)^\[files\][^\n]*\n(.*?)(?=^\s*\[|\Z)")
_CONTACTS_KEY = re.compile(r"(?m)^(\s*)contacts(\s*=)")


def copy_inputs(files: Mapping[str, Path], target: Path) -> None:
    """Copies every input file but the contacts, so that they lie to each other as they did.

    `files` are paths by standard name (`config`, `agents`, …) as `read_centre` found them.
    """
    kept = {name: path.resolve() for name, path in files.items() if name != "contacts"}
    root = Path(os.path.commonpath([path.parent for path in kept.values()]))
    for name, path in kept.items():
        copy = target / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if name == "config":
            text = path.read_text(encoding="utf-8-sig")
            copy.write_text(_FILES_TABLE.sub(_without_contacts, text), encoding="utf-8")
        else:
            shutil.copyfile(path, copy)


def copied_centre(target: Path) -> Path:
    """The folder among copied inputs that holds the settings. InputError if there is none."""
    found = sorted(target.rglob(SETTINGS_FILE))
    if not found:
        place = f"{target.parent.name}/{target.name}/{SETTINGS_FILE}"
        raise InputError(Problem("workspace.broken_plan", file=place))
    return found[0].parent


def _without_contacts(table: re.Match[str]) -> str:
    return _CONTACTS_KEY.sub(r"\1# contacts\2", table.group(0))
