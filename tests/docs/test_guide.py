"""The guide's commands, typed in order: the first page in an empty folder, the others in the sample
centre with one plan (which the index makes, see `sample_once`)."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from shiftcast.cli.exports.templates.catalogue import built_in_names
from shiftcast.data.messages import text
from shiftcast.data.rules import Weights
from shiftcast.scheduling.planning.pay_hours import PayCode
from shiftcast.scheduling.rostering.rules import RULES

from tests.docs.own_centre import GETTING_STARTED, correct, write_workbook
from tests.docs.pages import INDEX, PAGES, ROOT, Command, blocks, steps
from tests.docs.terminal import Terminal

OWN_TEST = {GETTING_STARTED, INDEX, ROOT / "README.md"}
WITH_COMMANDS = [
    page
    for page in PAGES
    if page not in OWN_TEST and any(isinstance(step, Command) for step in steps(page))
]


def test_getting_started(tmp_path: Path) -> None:
    def bring_history(folder: Path) -> None:
        write_workbook(folder / "contacts.xlsx")

    by_hand = {"rm contacts.csv": bring_history, "shiftcast check": correct}
    terminal = Terminal(tmp_path, after=by_hand)
    for step in steps(GETTING_STARTED):
        terminal.follow(step)


def test_the_history_of_getting_started_is_the_one_it_shows(tmp_path: Path) -> None:
    write_workbook(tmp_path / "contacts.xlsx")
    sheet = load_workbook(tmp_path / "contacts.xlsx").active
    assert sheet is not None
    written = [
        " ".join(f"{c:%Y-%m-%d %H:%M}" if isinstance(c, datetime) else str(c) for c in row)
        for row in sheet.iter_rows(max_row=3, values_only=True)
    ]
    (shown,) = (b for b in blocks(GETTING_STARTED.read_text(encoding="utf-8")) if b.mark == "text")
    assert [" ".join(line.split()) for line in shown.lines[:-1]] == written


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.stem)
def test_a_page_in_the_sample_centre(page: Path, sample: Path) -> None:
    terminal = Terminal(sample, after={"cp ": edit_by_hand})
    for step in steps(page):
        terminal.follow(step)


def edit_by_hand(folder: Path) -> None:
    """What the guide does to `edited.csv`: Chen Xinyi's shifts begin an hour and a half early."""
    edited = folder / "edited.csv"
    lines = edited.read_text(encoding="utf-8-sig").splitlines()
    mine = next(i for i, line in enumerate(lines) if line.startswith("A002,"))
    lines[mine] = lines[mine].replace(",E8,", ",D8,", 1)
    edited.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")


def test_every_page_of_the_guide_has_something_to_type() -> None:
    guide = {page for page in PAGES if page.parent.name == "guide"}
    assert {page.name for page in guide - set(WITH_COMMANDS)} == {"getting-started.md"}


def test_the_page_of_rules_names_every_rule_and_its_price() -> None:
    page = (ROOT / "docs" / "guide" / "rules.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| ([^|`]+?) \| .+ \| (.+) \| (.+) \|$", page)
    assert [row[0] for row in rows[1:]] == [text(f"rule.{rule.name}.name") for rule in RULES]
    priced = [f"`{rule.name}`" if rule.unit else "–" for rule in RULES]
    assert [row[1] for row in rows[1:]] == priced
    assert [row[2] == "–" for row in rows[1:]] == [rule.unit is None for rule in RULES]


def test_the_roster_page_names_every_weight() -> None:
    page = (ROOT / "docs" / "guide" / "roster.md").read_text(encoding="utf-8")
    weights = re.findall(r"(?m)^\| `(\w+)` \|", page)
    named = [field.name for field in fields(Weights)]
    assert weights[: len(named)] == named


def test_the_roster_page_says_what_a_plan_says() -> None:
    page = (ROOT / "docs" / "guide" / "roster.md").read_text(encoding="utf-8")
    (said,) = re.findall(r"The plan says: \*(.+?)\*", page)
    pattern = r"costs (\S+) points.* less than (\S+): .* worth (\S+) agent-hours.* (\S+%) of"
    numbers = re.search(pattern, said)
    assert numbers is not None
    cost, bound, hours, share = numbers.groups()
    assert said == text("report.sure.gap", cost=cost, bound=bound, hours=hours, share=share)


def test_the_page_of_exports_names_every_template() -> None:
    page = (ROOT / "docs" / "guide" / "exports.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| ((?:`[\w-]+`(?:, )?)+) \| .* \|.*\|$", page)
    named = [name for row in rows for name in re.findall(r"`([\w-]+)`", row)]
    codes = [code.value for code in PayCode]
    assert sorted(named) == sorted([*built_in_names(), *codes])
