"""Pages opened in Chromium without a network: they show what they should, without a complaint."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from shiftcast.cli.compare_view import compare_result
from shiftcast.cli.report.agent_page import agent_pages
from shiftcast.cli.report.comparison_page import comparison_page
from shiftcast.scheduling.planning.comparing import compare_plans
from shiftcast.scheduling.rostering.roster import Roster

from tests.browser import PHONE, Browser
from tests.factories_plan import QUEUES, make_plan

PLAN = make_plan(agents=12)

pytestmark = pytest.mark.browser


def test_the_comparison_counts_who_moves(browser: Browser, tmp_path: Path) -> None:
    other = Roster(PLAN.grid, PLAN.roster.assignments[20:])
    plans = PLAN, replace(PLAN, result=replace(PLAN.result, roster=other))
    found = compare_plans(*plans)
    text = comparison_page(compare_result("one", "two", found, None), found, plans, "en")
    page = browser.page().open_text(tmp_path, text)
    moved = len(found.moved_agents)
    assert page.text("#found") == f"Agents shown: {moved}"
    page.click("#find")
    page.type("wang min 0")
    assert page.text("#found") == "Agents shown: 1"
    page.assert_quiet()


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_an_agents_page_fits_a_phone(browser: Browser, tmp_path: Path, language: str) -> None:
    pages = dict(agent_pages("Riverside", PLAN.problem, PLAN.roster, QUEUES, language))
    page = browser.page(PHONE).open_text(tmp_path, pages["a003.html"])
    said = {"en": "Your days", "zh-CN": "您的班次"}[language]
    assert page.text("#days h2") == said
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.assert_quiet()
