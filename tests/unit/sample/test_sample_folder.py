from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from shiftcast.data.errors import InputError
from shiftcast.data.sample.folder import write_folder

FILES = {"a.txt": b"one", "inner/b.txt": b"two"}


def content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_new_folder_and_its_parents_are_made(tmp_path: Path) -> None:
    write_folder(tmp_path / "deep" / "centre", FILES)
    assert content(tmp_path) == {f"deep/centre/{name}": data for name, data in FILES.items()}


def test_an_empty_folder_is_filled_and_stays_the_same_folder(tmp_path: Path) -> None:
    folder = tmp_path / "centre"
    folder.mkdir()
    before = folder.stat().st_ino
    write_folder(folder, FILES)
    assert content(tmp_path) == {f"centre/{name}": data for name, data in FILES.items()}
    assert folder.stat().st_ino == before


def test_a_folder_in_use_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(b"precious")
    with pytest.raises(InputError) as error:
        write_folder(tmp_path, FILES)
    (problem,) = error.value.problems
    assert problem.message() == f"The folder {tmp_path} is not empty; nothing was written."
    assert problem.hint() == "Name a new or an empty folder."
    assert content(tmp_path) == {"mine.txt": b"precious"}


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    path = tmp_path / "centre"
    path.write_bytes(b"")
    with pytest.raises(InputError, match="is a file; nothing was written"):
        write_folder(path, FILES)


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    """The second file cannot be written: the first one is gone too."""
    with pytest.raises(TypeError):
        write_folder(tmp_path / "centre", {"a.txt": b"one", "b.txt": cast(bytes, None)})
    assert list(tmp_path.iterdir()) == []
