"""A plan keeps its inputs: they can be read again whatever becomes of the originals."""

from __future__ import annotations

from pathlib import Path

import pytest
from shiftcast.cli.workspace.inputs_copy import copied_centre, copy_inputs
from shiftcast.data.errors import InputError


def test_all_but_the_contacts_are_copied(tmp_path: Path) -> None:
    centre = tmp_path / "centre"
    centre.mkdir()
    files = {}
    for name in ("contacts.csv", "agents.csv"):
        files[name.removesuffix(".csv")] = centre / name
        (centre / name).write_text(name)
    files["config"] = centre / "shiftcast.toml"
    files["config"].write_text('[files]\ncontacts = "contacts.csv"\nagents = "agents.csv"\n[x]\n')
    target = tmp_path / "kept"
    copy_inputs(files, target)
    assert {path.name for path in target.iterdir()} == {"agents.csv", "shiftcast.toml"}
    # What is not there must not be asked for; the other names stay.
    assert (target / "shiftcast.toml").read_text() == (
        '[files]\n# contacts = "contacts.csv"\nagents = "agents.csv"\n[x]\n'
    )
    assert copied_centre(target) == target


def test_files_beside_the_folder_keep_their_place(tmp_path: Path) -> None:
    """`agents = "../hr/agents.csv"` means the copy that lies beside the copied folder."""
    (tmp_path / "centre").mkdir()
    (tmp_path / "hr").mkdir()
    config, agents = tmp_path / "centre" / "shiftcast.toml", tmp_path / "hr" / "agents.csv"
    config.write_text('[files]\nagents = "../hr/agents.csv"\n')
    agents.write_text("id\n")
    target = tmp_path / "kept"
    copy_inputs({"config": config, "agents": tmp_path / "centre/../hr/agents.csv"}, target)
    centre = copied_centre(target)
    assert (centre / "../hr/agents.csv").read_text() == "id\n"


def test_a_contacts_table_of_its_own_is_left_alone(tmp_path: Path) -> None:
    config = tmp_path / "shiftcast.toml"
    content = '[files]\nagents = "a.csv"\n[contacts]\nunit = "contacts"\n'
    config.write_text(content)
    copy_inputs({"config": config}, tmp_path / "kept")
    assert (tmp_path / "kept" / "shiftcast.toml").read_text() == content


def test_inputs_that_were_taken_away_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"The plan's folder is not complete\."):
        copied_centre(tmp_path)
