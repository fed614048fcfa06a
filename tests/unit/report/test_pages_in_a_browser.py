"""Pages opened in Chromium without a network: they show what they should, without a complaint."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from shiftcast.cli.compare_view import compare_result
from shiftcast.cli.report.agent_page import agent_pages
from shiftcast.cli.report.comparison_page import comparison_page
from shiftcast.cli.report.sweep_page import sweep_page
from shiftcast.scheduling.planning.comparing import compare_plans
from shiftcast.scheduling.rostering.roster import Roster

from tests.factories_plan import QUEUES, make_plan
from tests.unit.report.test_whatif_pages import GOOD

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")  # as tests/install_browser
PLAN = make_plan(agents=12)

pytestmark = pytest.mark.browser


def opened(page: str, folder: Path) -> str:
    """The page's elements after its scripts have run; anything on the console fails."""
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    assert browser is not None, "no Chromium: run tests/install_browser, or pytest -m 'not browser'"
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    done = subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--enable-logging=stderr",
            f"--user-data-dir={folder / 'profile'}",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--dump-dom",
            file.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert [line for line in done.stderr.splitlines() if "CONSOLE" in line] == []
    return done.stdout


def test_the_comparison_counts_who_moves(tmp_path: Path) -> None:
    other = Roster(PLAN.grid, PLAN.roster.assignments[20:])
    plans = PLAN, replace(PLAN, result=replace(PLAN.result, roster=other))
    found = compare_plans(*plans)
    page = comparison_page(compare_result("one", "two", found, None), found, plans, "en")
    assert f"Agents shown: {len(found.moved_agents)}" not in page
    assert f"Agents shown: {len(found.moved_agents)}" in opened(page, tmp_path)


def test_the_curves_of_a_sweep_are_drawn(tmp_path: Path) -> None:
    page = sweep_page(GOOD, PLAN.centre, "one week", "zh-CN")
    assert opened(page, tmp_path).count('class="main-svg"') >= 2


def test_an_agents_page_opens(tmp_path: Path) -> None:
    pages = dict(agent_pages("Riverside", PLAN.problem, PLAN.roster, QUEUES, "zh-CN"))
    assert "您的班次" in opened(pages["a003.html"], tmp_path)
