from pathlib import Path

import pytest

from benchmarks.folders import DATA, INSTANCES, named_folder, named_folders


def test_a_folder_that_is_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(DATA, str(tmp_path))
    assert named_folder(DATA) == tmp_path


def test_everything_missing_is_said_at_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(DATA, raising=False)
    monkeypatch.setenv(INSTANCES, str(tmp_path / "gone"))
    with pytest.raises(SystemExit) as ended:
        named_folders([DATA, INSTANCES])
    assert ended.value.code == 2
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith(f"{DATA} is not set. It names the folder with")
    assert said[1] == f"{INSTANCES} names {tmp_path / 'gone'}, which is no folder."
