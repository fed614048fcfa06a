"""Every template of ours can be read, said and copied; the workspace's own go before them."""

from __future__ import annotations

from pathlib import Path

import pytest
from shiftcast.cli.exports.templates.catalogue import built_in_names, template_names
from shiftcast.cli.exports.templates.library import all_templates, find_template
from shiftcast.cli.exports.templates.template import FileFormat
from shiftcast.data.errors import InputError
from shiftcast.data.messages import LANGUAGES

NOWHERE = Path("none")


@pytest.mark.parametrize("name", built_in_names())
def test_a_template_of_ours_reads_and_says_what_it_is(name: str) -> None:
    template = find_template(name, NOWHERE)
    assert template.name == name
    assert template.about.keys() == LANGUAGES.keys()
    for column in template.columns:
        assert set(column.heading) in ({""}, set(LANGUAGES))


def test_only_the_calendar_has_no_columns() -> None:
    bare = {t.name for t in all_templates(NOWHERE) if not t.columns}
    assert bare == {"calendar"}
    assert find_template("calendar", NOWHERE).format is FileFormat.ICS


def test_a_template_of_the_workspace_goes_before_ours(tmp_path: Path) -> None:
    column = '[[column]]\nheading = "ID"\nfield = "agent_id"\n'
    (tmp_path / "infor.toml").write_text(column)
    (tmp_path / "mine.toml").write_text(column)
    assert [c.title("en") for c in find_template("infor", tmp_path).columns] == ["ID"]
    assert find_template("mine", tmp_path).file_name == "mine.csv"
    (tmp_path / "each.toml").write_text(f'[file]\nper = "agent"\n{column}')
    assert find_template("each", tmp_path).file_name == "each"
    assert set(template_names(tmp_path)) == {*built_in_names(), "each", "mine"}


@pytest.mark.parametrize("name", ["deputi", "../templates/mine", "nothing like it"])
def test_a_name_that_is_none_is_answered_with_the_nearest(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="There is no template"):
        find_template(name, tmp_path)


def test_everything_wrong_with_any_template_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text("colour = 1")
    (tmp_path / "two.toml").write_text("[file]")
    with pytest.raises(InputError) as caught:
        all_templates(tmp_path)
    assert {problem.file for problem in caught.value.problems} == {"one.toml", "two.toml"}
