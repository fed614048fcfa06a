"""Frozen dataclasses of arrays, kept in a file and read back: no code in it, numbers and text only.

One file is a NumPy archive: the arrays, and a tree of the rest as JSON. Only classes that the
reader names are built again, so that a file from elsewhere can do nothing but be wrong.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

_TREE = "tree"


def save(path: Path, value: object) -> None:
    """Writes a dataclass of dataclasses, tuples, mappings by text, arrays, dates and plain values.

    TypeError for anything else. The folder must be there; the file is written aside, then renamed.
    """
    arrays: list[NDArray[Any]] = []
    tree = json.dumps(_packed(value, arrays)).encode()
    named: dict[str, Any] = {f"a{number}": array for number, array in enumerate(arrays)}
    named[_TREE] = np.frombuffer(tree, dtype=np.uint8)
    aside = path.with_name(f"{path.name}.{os.getpid()}.part")
    with aside.open("wb") as file:
        np.savez(file, **named)
    aside.replace(path)


def load(path: Path, *classes: type) -> Any:
    """What `save` wrote; only `classes`, and the dataclasses that their fields name, are built.

    OSError if the file cannot be read, ValueError if it is not one of ours or names other classes.
    """
    known: dict[str, type] = {}
    for one in classes:
        _collect(one, known)
    try:
        with np.load(path, allow_pickle=False) as archive:
            tree = json.loads(archive[_TREE].tobytes())
            return _unpacked(tree, archive, known)
    except (KeyError, TypeError, EOFError, BadZipFile) as error:
        raise ValueError(f"{path.name} is not a stored value") from error


def _packed(value: object, arrays: list[NDArray[Any]]) -> object:
    packed: object
    if isinstance(value, np.ndarray):
        arrays.append(value)
        packed = {"array": len(arrays) - 1}
    elif isinstance(value, bool | int | float | str) or value is None:
        packed = value
    elif isinstance(value, date):
        packed = {"date": value.isoformat()}
    elif isinstance(value, tuple | list):
        packed = {"tuple": [_packed(item, arrays) for item in value]}
    elif isinstance(value, frozenset):
        packed = {"set": [_packed(item, arrays) for item in sorted(value)]}
    elif isinstance(value, Mapping):
        pairs = value.items()
        packed = {"map": [[_packed(key, arrays), _packed(item, arrays)] for key, item in pairs]}
    elif is_dataclass(value):
        given = [field.name for field in fields(value) if field.init]
        content = {name: _packed(getattr(value, name), arrays) for name in given}
        packed = {"class": type(value).__name__, "fields": content}
    else:
        raise TypeError(f"a {type(value).__name__} cannot be stored")
    return packed


def _collect(hint: Any, known: dict[str, type]) -> None:
    """Puts a dataclass, and those in its fields' types, among the known ones."""
    for part in get_args(hint):
        _collect(part, known)
    if isinstance(hint, type) and is_dataclass(hint) and hint.__name__ not in known:
        known[hint.__name__] = hint
        for part in get_type_hints(hint).values():
            _collect(part, known)


def _unpacked(tree: Any, arrays: Mapping[str, Any], classes: Mapping[str, type]) -> Any:
    if not isinstance(tree, dict):
        return tree
    if "class" in tree:
        if tree["class"] not in classes:
            raise ValueError(f"{tree['class']} is not a class that can be read here")
        given = {name: _unpacked(part, arrays, classes) for name, part in tree["fields"].items()}
        return classes[tree["class"]](**given)
    ((kind, content),) = tree.items()
    match kind:
        case "array":
            return arrays[f"a{content}"]
        case "date":
            return date.fromisoformat(content)
        case "map":
            pairs = [[_unpacked(part, arrays, classes) for part in pair] for pair in content]
            return dict(pairs)
        case "set":
            return frozenset(_unpacked(item, arrays, classes) for item in content)
        case "tuple":
            return tuple(_unpacked(item, arrays, classes) for item in content)
        case _:
            raise ValueError(f"{kind} is not a kind of stored value")
