"""A browser for the tests of pages, started with the first that asks for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser import Browser, running_browser


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with running_browser(tmp_path_factory.mktemp("browser")) as found:
        yield found
