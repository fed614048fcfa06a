"""Writes a folder of files whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from ..errors import InputError, Problem


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files (content by path within the folder) into a new or empty folder.

    They are written beside the folder first and then moved, so that a failure leaves nothing
    behind. InputError if the folder holds anything or is a file.
    """
    folder = folder.resolve()
    if folder.exists() and not folder.is_dir():
        raise InputError(Problem("sample.not_a_folder", {"folder": folder}))
    if folder.exists() and any(folder.iterdir()):
        raise InputError(Problem("sample.folder_in_use", {"folder": folder}))
    folder.parent.mkdir(parents=True, exist_ok=True)
    stage = folder.with_name(f".{folder.name}.{os.getpid()}.new")
    stage.mkdir()
    try:
        for name, content in files.items():
            path = stage / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        _move(stage, folder)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _move(stage: Path, folder: Path) -> None:
    """An existing folder is kept (somebody may stand in it) and gets the entries one by one."""
    if not folder.exists():
        stage.replace(folder)
        return
    for entry in sorted(stage.iterdir()):
        entry.replace(folder / entry.name)
