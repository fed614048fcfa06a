"""How chat platforms measure the replies of the shops on them: dated rules, one file a platform.

A file is named by the platform's key and holds its names, other words for it, and its rules. A
rule says the day it is documented from, the day by which it is to be compared with the platform's
own pages again, and the pages that it was read from. Platforms publish their rules to their
merchants only, and change them: what the files say comes from pages of others, and `evidence`
says how good it is.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from ..replies import ReplyUnit


@dataclass(frozen=True)
class PlatformRule:
    """One measure of a platform, as it holds from `valid_from` (None: as far as is known, ever)
    until the next rule.

    `share` is the least that the platform asks for, None where no page names one. `window` is in
    clock minutes. `evidence` is "several" where independent pages agree, else "single".
    """

    metric: dict[str, str]
    counts: ReplyUnit
    within_s: float
    share: float | None
    window: tuple[int, int]
    valid_from: date | None
    review_by: date
    evidence: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Platform:
    """A platform: `names` by language, `aliases` as planners write it, rules from old to new."""

    key: str
    names: dict[str, str]
    aliases: tuple[str, ...]
    rules: tuple[PlatformRule, ...]

    def rule_on(self, day: date) -> PlatformRule:
        """The rule that holds on a day; before the first one, the first."""
        begun = [rule for rule in self.rules if (rule.valid_from or date.min) <= day]
        return begun[-1] if begun else self.rules[0]


@cache
def platforms() -> dict[str, Platform]:
    """Every platform there is a file of, by its key, in the order of keys."""
    folder = sorted(files(__package__).iterdir(), key=lambda entry: entry.name)
    found = {}
    for file in folder:
        key, _, ending = file.name.rpartition(".")
        if ending == "toml":
            found[key] = _platform(key, tomllib.loads(file.read_text(encoding="utf-8")))
    return found


def platform_named(word: str) -> Platform | None:
    """The platform of a key, name or alias, however it is written; None if there is none."""
    folded = word.strip().casefold()
    for platform in platforms().values():
        known = (platform.key, *platform.names.values(), *platform.aliases)
        if folded in (name.casefold() for name in known):
            return platform
    return None


def _platform(key: str, table: dict[str, Any]) -> Platform:
    rules = [_rule(rule) for rule in table["rule"]]
    rules.sort(key=lambda rule: rule.valid_from or date.min)
    return Platform(key, table["names"], tuple(table.get("aliases", ())), tuple(rules))


def _rule(table: dict[str, Any]) -> PlatformRule:
    start, end = (_minute(clock) for clock in table["window"])
    return PlatformRule(
        metric=table["metric"],
        counts=ReplyUnit(table["counts"]),
        within_s=float(table["within_seconds"]),
        share=table.get("share"),
        window=(start, end),
        valid_from=table.get("valid_from"),
        review_by=table["review_by"],
        evidence=table["evidence"],
        sources=tuple(table["sources"]),
    )


def _minute(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)
