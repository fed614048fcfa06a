"""Request bodies (JSON) of a template: what a program sends to another system's interface."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from .cells import rows_of, written
from .rows import BreakRow, ShiftRow, Source
from .template import Column, Each, Template


def body_files(template: Template, source: Source) -> dict[str, bytes]:
    """One file a request, numbered in the order they are to be sent."""
    bodies = request_bodies(template, source)
    digits = max(3, len(str(len(bodies))))
    return {
        f"{template.file_name.removesuffix('.json')}/{number:0{digits}d}.json": _text(body)
        for number, body in enumerate(bodies, start=1)
    }


def request_bodies(template: Template, source: Source) -> list[dict[str, Any]]:
    """The bodies: objects of the rows in batches, each batch in its envelope."""
    if not template.list_key:
        return [
            _object((*template.envelope, *template.columns), template, row, source, number)
            for number, row in enumerate(rows_of(template, source), start=1)
        ]
    envelopes: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {}
    for number, row in enumerate(rows_of(template, source), start=1):
        envelope = _object(template.envelope, template, row, source, number)
        _, inside = envelopes.setdefault(json.dumps(envelope), (envelope, []))
        inside.append(_object(template.columns, template, row, source, number))
    return [
        {**envelope, template.list_key: batch}
        for envelope, inside in envelopes.values()
        for batch in _batches(inside, template.batch or len(inside))
    ]


def _object(
    columns: Iterable[Column], template: Template, row: object, source: Source, number: int
) -> dict[str, Any]:
    """An object with the columns' values at their keys; a key without a value is left out."""
    found: dict[str, Any] = {}
    for column in columns:
        value: Any = written(column, template, row, number)
        if column.each is Each.BREAK and isinstance(row, ShiftRow):
            pauses = [BreakRow(row, pause) for pause in row.breaks()]
            value = [_object(column.columns, template, one, source, number) for one in pauses]
        if value is None:
            continue
        *outer, last = column.title(source.language).split(".")
        place = found
        for key in outer:
            place = place.setdefault(key, {})
        place[last] = value
    return found


def _batches(objects: list[dict[str, Any]], size: int) -> list[list[dict[str, Any]]]:
    return [objects[at : at + size] for at in range(0, len(objects), size)]


def _text(body: dict[str, Any]) -> bytes:
    return (json.dumps(body, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()
