"""The message catalogue: every language says the same things, and the code asks for no others."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from shiftcast.data.cleaning_report import FindingKind
from shiftcast.data.messages import LANGUAGES, catalogue, text
from shiftcast.data.people import RequestKind
from shiftcast.data.replies import ReplyUnit
from shiftcast.data.targets import Channel, ServiceLevelDefinition
from shiftcast.scheduling.rostering.objective import CostBreakdown
from shiftcast.scheduling.rostering.roster import SolveStatus
from shiftcast.scheduling.rostering.rules import RULES

ROOT = Path(__file__).parents[2]
ROOMS = ("data", "forecasting", "scheduling", "cli")
OTHERS = [language for language in LANGUAGES if language != "en"]

# Keys that are put together from a prefix and a name that the code knows.
FAMILIES = {
    "rule.{}.name": [rule.name for rule in RULES],
    "cleaning.{}": list(FindingKind),
    "cleaning.{}.action": list(FindingKind),
    "cli.status.{}": [SolveStatus.OPTIMAL, SolveStatus.FEASIBLE],  # a stored plan has a roster
    "report.cost.{}": [field.name for field in fields(CostBreakdown)],
    "report.channel.{}": list(Channel),
    "report.definition.{}": list(ServiceLevelDefinition),
    "report.replied.{}": list(ReplyUnit),
    "report.wish.{}": list(RequestKind),
}
# Functions that tell of a problem: what they are given needs a remedy too.
TELLERS = {"Problem", "ConflictProblem", "BadValueError", "add", "warn", "tell", "tell_of", "_tell"}
KEY = re.compile(r"[a-z]\w*(\.\w+)+")
FILE_ENDS = (".csv", ".json", ".toml", ".html", ".css", ".js", ".xlsx", ".parquet", ".part")


@dataclass(frozen=True)
class Asked:
    """A text that the code asks for: where, by which function, and the keys that would do."""

    place: str
    function: str
    key: re.Pattern[str]


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_keys(language: str) -> None:
    assert catalogue(language).keys() == catalogue("en").keys()


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_placeholders(language: str) -> None:
    theirs = catalogue(language)
    different = {
        key: (placeholders(template), placeholders(theirs[key]))
        for key, template in catalogue("en").items()
        if placeholders(template) != placeholders(theirs[key])
    }
    assert different == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_separators_are_without_words(language: str) -> None:
    blank = [key for key, template in catalogue(language).items() if not template.strip()]
    assert set(blank) <= {"report.list_space", "report.sentence_join"}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_member_of_a_family_has_its_words(family: str) -> None:
    words = catalogue("en")
    assert [name for name in FAMILIES[family] if family.format(name) not in words] == []


def test_the_code_asks_for_no_text_that_is_not_there() -> None:
    asked = all_asked()
    assert len(asked) > 250
    assert [f"{one.place}: {one.key.pattern}" for one in asked if not meant(one)] == []


def test_every_problem_has_a_remedy() -> None:
    words = catalogue("en")
    told = [one for one in all_asked() if one.function in TELLERS]
    assert len(told) > 100
    missing = [
        f"{one.place}: {key}.hint"
        for one in told
        for key in meant(one)
        if not key.endswith(".hint") and f"{key}.hint" not in words
    ]
    assert missing == []


def test_no_text_is_left_that_nobody_asks_for() -> None:
    asked = {one.key for one in all_asked()} | remarks() | faults()
    joined = re.compile("|".join(f"(?:{key.pattern})" for key in asked))
    unused = {key.removesuffix(".hint") for key in catalogue("en")}
    assert {key for key in unused if not joined.fullmatch(key)} == set()


def test_a_text_says_what_it_is_given() -> None:
    assert text("place.row", "en", row=7) == "row 7"
    with pytest.raises(KeyError):
        text("place.nowhere")
    with pytest.raises(ValueError, match="zh-CN"):
        catalogue("fr")


def meant(one: Asked) -> list[str]:
    """The keys of the catalogue that an asked text may be."""
    return re.findall(rf"(?m)^{one.key.pattern}$", "\n".join(catalogue("en")))


def remarks() -> set[re.Pattern[str]]:
    """The sentences that the templates of a new centre's files ask for."""
    found = set()
    for template in (ROOT / "data" / "sample" / "templates").glob("*.toml"):
        found |= set(re.findall(r"#: (\S+)", template.read_text(encoding="utf-8")))
    return {re.compile(re.escape(f"template.{key}")) for key in found}


def faults() -> set[re.Pattern[str]]:
    """The faults that rules tell apart: every word that stands in quotes in a rule's file."""
    found = set()
    for rule in RULES:
        path = ROOT / "scheduling" / "rostering" / "rules" / f"{rule.name}.py"
        words = set(re.findall(r'"([a-z_]+)"', path.read_text(encoding="utf-8")))
        found |= {re.compile(rf"rule\.{rule.name}\.violation\.{word}") for word in words}
    return found


@cache
def subjects() -> frozenset[str]:
    return frozenset(key.partition(".")[0] for key in catalogue("en"))


@cache
def all_asked() -> tuple[Asked, ...]:
    """Every literal in the code that has the form of a key, f-strings included."""
    found: list[Asked] = []
    for path in (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = _functions(tree)
        for node in ast.walk(tree):
            place = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
            found += _asked(node, place, called.get(id(node), ""))
    return tuple(found)


def _functions(tree: ast.AST) -> dict[int, str]:
    """The function that each literal is the first argument of, by the literal's id."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            for argument in node.args[:2]:
                found[id(argument)] = name
    return found


def _asked(node: ast.AST, place: str, function: str) -> Iterator[Asked]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        key, pattern = node.value, re.escape(node.value)
    elif isinstance(node, ast.JoinedStr):
        # What a placeholder stands for is a part of the key, or several.
        parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
        key = "".join("x" if part is None else str(part) for part in parts)
        pattern = "".join(r"[\w.]+" if part is None else re.escape(str(part)) for part in parts)
        if parts[0] is None:
            return
    else:
        return
    if not KEY.fullmatch(key) or key.endswith(FILE_ENDS):
        return
    if function in ("say", "count") and key.partition(".")[0] not in subjects():
        pattern = rf"report\.{pattern}"  # `Wording` says what is below report
    elif key.partition(".")[0] not in subjects():
        return
    if function == "count":
        pattern += r"\.(?:one|many)"
    elif key.endswith("_"):
        pattern += r"\w+"
    yield Asked(place, function, re.compile(pattern))
