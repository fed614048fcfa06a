from __future__ import annotations

from pathlib import Path

import pytest
from shiftcast.data.sample import write_sample


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample centre as `shiftcast init --sample` writes it; not to be changed by a test."""
    folder = tmp_path_factory.mktemp("sample") / "centre"
    write_sample(folder)
    return folder
