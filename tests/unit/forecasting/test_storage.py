from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from shiftcast.forecasting.storage import load, save


@dataclass(frozen=True)
class Inner:
    name: str
    numbers: NDArray[np.float64]


@dataclass(frozen=True)
class Whole:
    inner: Inner
    rest: tuple[Inner, ...]
    table: Mapping[tuple[str, str], float]
    names: frozenset[str]
    flags: NDArray[np.bool_]
    day: date
    maybe: Inner | None = None
    count: int = 3
    share: float = 0.25
    sure: bool = True
    found: dict[str, int] = field(default_factory=dict, init=False)


WHOLE = Whole(
    inner=Inner("一", np.array([[1.5, np.nan], [-0.0, np.inf]])),
    rest=(Inner("a", np.arange(3.0)), Inner("b", np.empty((0, 4)))),
    table={("x", "y"): 1e-300, ("x", "z"): 2.0},
    names=frozenset({"q", "p"}),
    flags=np.array([True, False]),
    day=date(2024, 2, 29),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept.npz"


def test_every_kind_of_value_comes_back(path: Path):
    save(path, WHOLE)
    found = load(path, Whole)
    assert type(found) is Whole
    assert found.inner.name == "一"
    np.testing.assert_array_equal(found.inner.numbers, WHOLE.inner.numbers)
    assert np.signbit(found.inner.numbers[1, 0])
    assert [inner.name for inner in found.rest] == ["a", "b"]
    assert found.rest[1].numbers.shape == (0, 4)
    assert found.table == WHOLE.table
    assert found.names == WHOLE.names
    assert found.flags.dtype == np.bool_
    assert found.day == WHOLE.day
    assert found.maybe is None
    assert (found.count, found.share, found.sure) == (3, 0.25, True)
    assert isinstance(found.sure, bool)


def test_no_file_is_left_aside_and_the_old_one_is_replaced(path: Path):
    save(path, Inner("old", np.zeros(1)))
    save(path, Inner("new", np.ones(1)))
    assert [file.name for file in path.parent.iterdir()] == ["kept.npz"]
    assert load(path, Inner).name == "new"


def test_what_cannot_be_stored_is_a_mistake_and_leaves_no_file(path: Path):
    with pytest.raises(TypeError, match="a complex cannot be stored"):
        save(path, Inner("a", 1j))
    assert list(path.parent.iterdir()) == []


def test_only_classes_that_are_named_are_built(path: Path):
    save(path, WHOLE)
    with pytest.raises(ValueError, match="Whole is not a class that can be read here"):
        load(path, Inner)


def test_a_pickle_is_refused_unread(path: Path):
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (pytest.fail, ("the pickle was opened",))

    path.write_bytes(pickle.dumps(Trap()))
    with pytest.raises(ValueError, match="pickle"):
        load(path, Inner)
    objects = np.empty(1, dtype=object)
    objects[0] = Trap()
    with path.open("wb") as file:
        np.savez(file, tree=objects)
    with pytest.raises(ValueError, match="allow_pickle=False"):
        load(path, Inner)


@pytest.mark.parametrize(
    "tree",
    [b"{}", b"not json", b'{"odd": 1}', b'{"array": 7}', b'{"class": "Inner", "fields": {}}'],
)
def test_an_archive_that_is_not_ours_is_refused(path: Path, tree: bytes):
    with path.open("wb") as file:
        np.savez(file, tree=np.frombuffer(tree, dtype=np.uint8))
    with pytest.raises(ValueError, match=r"stored value|not enough values|Expecting"):
        load(path, Inner)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short"])
def test_a_broken_file_cannot_be_read(path: Path, content: bytes):
    path.write_bytes(content)
    with pytest.raises((OSError, ValueError)):
        load(path, Inner)


def test_a_file_that_is_not_there_is_told(path: Path):
    with pytest.raises(OSError, match=r"kept\.npz"):
        load(path, Inner)
