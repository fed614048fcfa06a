"""shiftcast.toml and the scenario files: valid, fully explained, the same in every language."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
from shiftcast.data.messages import LANGUAGES, catalogue
from shiftcast.data.sample.config import Value, render

VALUES: dict[str, dict[str, Value]] = {
    "sample": {"name": "Sample", "time_zone": "Asia/Shanghai", "language": "en"},
    "empty": {
        "name": "Mine",
        "time_zone": "Europe/Berlin",
        "country": "DE",
        "interval_minutes": 30,
        "first_weekday": "sunday",
        "language": "en",
    },
    "double12_twice_as_big": {"name": "Twice"},
    "five_away": {"name": "Five", "first_day": date(2026, 12, 7), "last_day": date(2026, 12, 13)},
}
TEMPLATES = list(VALUES)
SETTING_NOT_IN_USE = re.compile(r"^# (?=\[|[\w\"一-鿿]+ = )")


def read(template: str, language: str = "en") -> dict[str, Any]:
    return tomllib.loads(render(template, VALUES[template], language))


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_is_valid_and_the_same_in_every_language(template: str) -> None:
    assert [read(template, language) for language in LANGUAGES] == [read(template)] * 2


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_settings_not_in_use_can_be_taken_into_use(template: str, language: str) -> None:
    """Every setting behind a # is valid TOML once the # is gone."""
    lines = render(template, VALUES[template], language).splitlines()
    used = [SETTING_NOT_IN_USE.sub("", line) for line in lines]
    assert used != lines
    assert len(tomllib.loads("\n".join(used))) >= len(read(template))


def test_templates_and_names_are_the_known_ones() -> None:
    folder = files("shiftcast.data.sample").joinpath("templates")
    assert {entry.name for entry in folder.iterdir()} == {f"{name}.toml" for name in TEMPLATES}


def test_no_remark_of_the_catalogue_is_left_over() -> None:
    folder = files("shiftcast.data.sample").joinpath("templates")
    sources = [entry.read_text(encoding="utf-8") for entry in folder.iterdir()]
    used = {key for source in sources for key in re.findall(r"#: (\S+)", source)}
    used |= {"scenario.double12_twice_as_big", "scenario.five_away"}  # the scenarios' names
    known = {key.removeprefix("template.") for key in catalogue() if key.startswith("template.")}
    assert used == known


@pytest.mark.parametrize("template", ["sample", "empty"])
def test_every_setting_is_explained_once(template: str) -> None:
    """A line that sets something has a remark, unless an earlier line with the same key has it."""
    explained: set[str] = set()
    for line in render(template, VALUES[template]).splitlines():
        setting = re.match(r"(?:# )?(\w[\w-]*) = ", line)
        if setting and setting[1] not in explained and setting[1] not in ("timestamp", "offered"):
            if "mon" not in setting[1] and setting[1] not in ("sat", "sun"):
                assert "  # " in line, line
            explained.add(setting[1])


def test_a_value_is_written_as_toml() -> None:
    values = {**VALUES["empty"], "name": 'The "best" \\ centre'}
    assert tomllib.loads(render("empty", values))["centre"]["name"] == 'The "best" \\ centre'


def test_a_value_of_none_is_a_setting_not_in_use() -> None:
    written = render("empty", {**VALUES["empty"], "country": None})
    assert "country" not in tomllib.loads(written)["centre"]
    assert '\n# country = "…"  ' in written


def test_remarks_line_up_under_chinese_names_too() -> None:
    values = {**VALUES["empty"], "name": "客服中心"}
    name, zone = render("empty", values, "zh-CN").splitlines()[5:7]
    # Four characters of the name take eight columns on the screen.
    assert name.index(" # ") + 4 == zone.index(" # ")


def test_a_missing_value_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="time_zone"):
        render("sample", {"name": "x", "language": "en"})
