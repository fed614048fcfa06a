"""Whether JSON is of the shape that a schema says: the part of JSON Schema that results use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from shiftcast.cli.result_schemas import result_schema

_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
_KNOWN = frozenset({
    "$defs", "$ref", "$schema", "additionalProperties", "anyOf", "const", "default", "description",
    "enum", "format", "items", "maxItems", "minItems", "prefixItems", "properties", "required",
    "title", "type",
})  # fmt: skip


@cache
def schema_of(command: str) -> dict[str, Any]:
    return result_schema(command)


def faults(value: Any, schema: Any, whole: Mapping[str, Any], at: str = "$") -> Iterator[str]:
    """What of a value is not as its schema says, with its place."""
    assert set(schema) <= _KNOWN, f"{at}: the schema uses {set(schema) - _KNOWN}"
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        yield from faults(value, whole["$defs"][name], whole, at)
    if "anyOf" in schema:
        tried = [list(faults(value, one, whole, at)) for one in schema["anyOf"]]
        if all(tried):
            yield min(tried, key=len)[0]
    if "const" in schema and value != schema["const"]:
        yield f"{at} is {value!r}, not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at} is {value!r}, none of {schema['enum']}"
    if "type" in schema and not _is_one_of(value, schema["type"]):
        yield f"{at} is {value!r}, not {schema['type']}"
    elif isinstance(value, dict):
        yield from _object_faults(value, schema, whole, at)
    elif isinstance(value, list):
        inner = schema.get("prefixItems") or [schema.get("items", {})] * len(value)
        if len(inner) != len(value):
            yield f"{at} has {len(value)} entries, not {len(inner)}"
        for i, (item, shape) in enumerate(zip(value, inner, strict=False)):
            yield from faults(item, shape, whole, f"{at}[{i}]")


def _object_faults(
    value: Mapping[str, Any], schema: Any, whole: Mapping[str, Any], at: str
) -> Iterator[str]:
    shapes = schema.get("properties", {})
    others = schema.get("additionalProperties", "properties" not in schema)
    for key in schema.get("required", ()):
        if key not in value:
            yield f"{at} has no {key}"
    for key, item in value.items():
        if key in shapes:
            yield from faults(item, shapes[key], whole, f"{at}.{key}")
        elif isinstance(others, dict):
            yield from faults(item, others, whole, f"{at}.{key}")
        elif not others:
            yield f"{at} has {key}, which the schema does not know"


def _is_one_of(value: Any, types: str | list[str]) -> bool:
    names = [types] if isinstance(types, str) else types
    if isinstance(value, bool):
        return "boolean" in names
    return any(isinstance(value, _TYPES[name]) for name in names)
