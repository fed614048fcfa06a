"""Working-time law as data: one file a country or state, every number with its article.

A file says when it was compared with its sources and by when that is to be done again. `evidence`
tells how good they are: "article" where the article itself was read (in a reprint), "pages"
where pages about it were. It is a planner's aid, not legal advice: agreements and permits may
allow or ask for something else, which the planner enters as an adjustment.

A law holds *limits*, which become limits of the roster; duties to give *breaks*, which shift
templates are checked against; and what is only *told*, because no roster can hold it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

MINUTES_AN_HOUR = 60


@dataclass(frozen=True)
class Article:
    """Where a law says something: the article, its content by language, the day since which it
    holds, and what it was read from."""

    article: str
    text: Mapping[str, str]
    since: date
    evidence: str
    sources: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.evidence not in ("article", "pages"):
            raise ValueError(f"{self.article}: evidence is {self.evidence}")
        if set(self.text) != {"en", "zh-CN"} or not self.sources:
            raise ValueError(f"{self.article} lacks a language or a source")


@dataclass(frozen=True)
class LawLimit:
    """A limit by its name in `Rules` or, for `max_days` and `max_minutes`, `Contract`; in minutes
    or days. An average is taken over `weeks`. With `opt_out` it does not hold for who has agreed in
    writing to do without it."""

    article: Article
    limit: str
    value: int
    weeks: int | None = None
    opt_out: bool = False


@dataclass(frozen=True)
class BreakDuty:
    """Breaks that a shift of `from_min` paid minutes or more has to have; all in minutes.

    `minutes` in all, in pieces of `piece` or longer, `paid` where only paid ones count, complete
    by a break that starts `latest_start` after the shift at the latest, none of them at an end of
    the shift (`inside`). `longest_stretch` is the longest time without one. Unpaid breaks up to
    `short_breaks_paid` are not allowed. Up to `waivable_min` paid minutes both sides may agree to
    do without.
    """

    article: Article
    from_min: int = 0
    minutes: int = 0
    piece: int = 1
    paid: bool = False
    inside: bool = False
    latest_start: int | None = None
    longest_stretch: int | None = None
    short_breaks_paid: int = 0
    waivable_min: int = 0


@dataclass(frozen=True)
class Told:
    """What the law says and no roster can hold; `why` is a key of the catalogue, ``law.why.``."""

    article: Article
    why: str


@dataclass(frozen=True)
class Law:
    """The law of a place: names and titles by language, other words for it, the keys of laws that
    hold beside it, and its content."""

    key: str
    names: Mapping[str, str]
    title: Mapping[str, str]
    aliases: tuple[str, ...]
    beside: tuple[str, ...]
    checked: date
    review_by: date
    limits: tuple[LawLimit, ...]
    breaks: tuple[BreakDuty, ...]
    told: tuple[Told, ...]


@cache
def laws() -> dict[str, Law]:
    """Every law there is a file of, by its key, in the order of keys."""
    found = {}
    for file in files(__package__).iterdir():
        key, _, ending = file.name.rpartition(".")
        if ending == "toml":
            found[key] = _law(key, tomllib.loads(file.read_text(encoding="utf-8")))
    return dict(sorted(found.items()))


def law_named(word: str) -> Law | None:
    """The law of a key, name or alias, however it is written; None if there is none."""
    folded = word.strip().casefold()
    for law in laws().values():
        known = (law.key, *law.names.values(), *law.aliases)
        if folded in (name.casefold() for name in known):
            return law
    return None


def with_beside(chosen: tuple[Law, ...]) -> tuple[Law, ...]:
    """The laws chosen and those that hold beside them, each once."""
    keys = dict.fromkeys(key for law in chosen for key in (law.key, *law.beside))
    return tuple(laws()[key] for key in keys)


def _law(key: str, table: Mapping[str, Any]) -> Law:
    return Law(
        key,
        table["names"],
        table["title"],
        tuple(table.get("aliases", ())),
        tuple(table.get("with", ())),
        table["checked"],
        table["review_by"],
        tuple(_limit(entry) for entry in table.get("limit", ())),
        tuple(_duty(entry) for entry in table.get("break", ())),
        tuple(Told(_article(entry), entry["why"]) for entry in table.get("told", ())),
    )


def _article(table: Mapping[str, Any]) -> Article:
    return Article(
        table["article"],
        table["text"],
        table["since"],
        table["evidence"],
        tuple(table["sources"]),
    )


def _limit(table: Mapping[str, Any]) -> LawLimit:
    value = table["days"] if "days" in table else _minutes(table["hours"])
    return LawLimit(
        _article(table),
        table["limit"],
        value,
        weeks=table.get("weeks"),
        opt_out=table.get("opt_out", False),
    )


def _duty(table: Mapping[str, Any]) -> BreakDuty:
    more_than = table.get("above_hours")
    least = _minutes(table.get("from_hours", 0)) if more_than is None else _minutes(more_than) + 1
    latest, stretch = table.get("latest_start_hours"), table.get("stretch_hours")
    return BreakDuty(
        _article(table),
        from_min=least,
        minutes=table.get("minutes", 0),
        piece=table.get("piece", 1),
        paid=table.get("paid", False),
        inside=table.get("inside", False),
        latest_start=None if latest is None else _minutes(latest),
        longest_stretch=None if stretch is None else _minutes(stretch),
        short_breaks_paid=table.get("short_breaks_paid", 0),
        waivable_min=_minutes(table.get("waivable_hours", 0)),
    )


def _minutes(hours: float) -> int:
    return round(hours * MINUTES_AN_HOUR)
