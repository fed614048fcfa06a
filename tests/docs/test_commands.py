"""docs/reference/commands.md is what the program makes of its commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from shiftcast.cli.app import COMMANDS
from shiftcast.data.messages import catalogue

from docs.reference.generate_commands import COMMON, PAGE, page
from tests.docs.pages import PAGES, Command, steps
from tests.docs.terminal import run

NAMES = [command.__name__ for command in COMMANDS]


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "run `python -m docs.reference.generate_commands`"
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_option_of_the_help_is_on_the_page(name: str) -> None:
    status, output = run([name, "--help"])
    assert status == 0
    section = page().split(f"\n## {name}\n")[1].split("\n## ")[0]
    options = set(re.findall(r"--[a-z][a-z-]+", output)) - {"--help"}
    told = set(re.findall(r"--[a-z][a-z-]+", section)) | set(COMMON)
    assert options <= told


def test_every_command_is_typed_somewhere_in_the_guide() -> None:
    typed = {
        step.text.split()[1]
        for page_ in PAGES
        for step in steps(page_)
        if isinstance(step, Command) and step.text.startswith("shiftcast ")
    }
    assert typed == set(NAMES)


@pytest.mark.parametrize("page_", PAGES, ids=lambda page_: page_.stem)
def test_no_page_names_a_command_that_is_not_there(page_: Path) -> None:
    named = set(re.findall(r"`shiftcast ([a-z]+)", page_.read_text(encoding="utf-8")))
    assert named <= {*NAMES, "init"}


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_no_message_names_a_command_that_is_not_there(language: str) -> None:
    words = " ".join(catalogue(language).values())
    assert set(re.findall(r"`shiftcast ([a-z]+)", words)) <= set(NAMES)
