"""The headings of a contact export → the fields we read (`contact_fields`).

A mapping that the planner gives (`[contacts.columns]`) goes before every list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..errors import Problems
from .contact_fields import ALIASES

_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NOT_A_LETTER = re.compile(r"[\W_]+")
_SCALES = (
    (re.compile(r"[(\[_ ](ms|msec|milliseconds?|毫秒)\b"), 0.001),
    (re.compile(r"[(\[_ ](mins?|minutes?|分钟|分)\b"), 60.0),
    (re.compile(r"[(\[_ ](hrs?|hours?|小时)\b"), 3600.0),
)


@dataclass(frozen=True)
class FieldPlaces:
    """Where each field of a contact export is: `index` of its column and its `heading`."""

    index: Mapping[str, int]
    heading: Mapping[str, str]

    def __contains__(self, field: str) -> bool:
        return field in self.index

    def has_any(self, *fields: str) -> bool:
        return any(field in self.index for field in fields)


def normal(heading: str) -> str:
    """A heading without case, width, spaces, signs and what stands in brackets."""
    folded = unicodedata.normalize("NFKC", heading).casefold()
    return _NOT_A_LETTER.sub("", _IN_BRACKETS.sub("", folded)) or _NOT_A_LETTER.sub("", folded)


def seconds_a_unit(heading: str) -> float:
    """How many seconds a bare number under a heading means: 60 under `AHT (min)`, else 1."""
    folded = unicodedata.normalize("NFKC", heading).casefold()
    return next((scale for pattern, scale in _SCALES if pattern.search(folded)), 1.0)


def counts_utc(heading: str) -> bool:
    """Whether a heading says that its clock is UTC, as `Interval Start UTC Date` does."""
    return "utc" in heading.casefold()


def find_fields(
    file: str, headings: Sequence[str], mapping: Mapping[str, str], problems: Problems
) -> FieldPlaces:
    """The column of each field: the planner's mapping first, then the field's own name, then the
    aliases in their order. Two headings of equal rank, and a mapping to a heading that the file
    lacks, are told."""
    places: dict[str, list[int]] = {}
    for index, heading in enumerate(headings):
        places.setdefault(normal(heading), []).append(index)
    index_of: dict[str, int] = {}
    for field, heading in mapping.items():
        matches = places.get(normal(heading), [])
        if matches:
            index_of[field] = matches[0]
        else:
            problems.add(
                "input.mapped_heading_missing",
                file=file,
                column=heading,
                field=field,
                found=", ".join(headings),
            )
    taken = set(index_of.values())
    for field, aliases in ALIASES.items():
        if field in mapping:
            continue
        found = _match(file, field, aliases, places, taken, headings, problems)
        if found is not None:
            index_of[field] = found
            taken.add(found)
    if "time" in index_of and not index_of.keys() & {"timestamp", "date"}:
        index_of["timestamp"] = index_of.pop("time")  # a lone time has the date in it
    return FieldPlaces(index_of, {field: headings[i] for field, i in index_of.items()})


def _match(
    file: str,
    field: str,
    aliases: tuple[str, ...],
    places: Mapping[str, list[int]],
    taken: set[int],
    headings: Sequence[str],
    problems: Problems,
) -> int | None:
    own = [i for i in places.get(normal(field), []) if i not in taken]
    others = [
        i
        for alias in dict.fromkeys(normal(alias) for alias in aliases)
        for i in places.get(alias, [])
        if i not in taken
    ]
    candidates = own or others
    volume = field in ("offered", "handled", "abandoned")
    if len(own) > 1 or (not own and volume and len(others) > 1):
        problems.add(
            "input.ambiguous_heading",
            file=file,
            column=field,
            field=field,
            headings=", ".join(headings[i] for i in candidates),
        )
    return candidates[0] if candidates else None
