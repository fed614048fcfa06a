"""Pages opened in Chromium without a network: they show what they should, without a complaint."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from shiftcast.cli.compare_view import compare_result
from shiftcast.cli.report.agent_page import agent_pages
from shiftcast.cli.report.capacity_page import capacity_page
from shiftcast.cli.report.comparison_page import comparison_page
from shiftcast.cli.report.sweep_page import sweep_page
from shiftcast.cli.report.track_page import track_page
from shiftcast.cli.report.whatif_page import whatif_page
from shiftcast.scheduling.planning.comparing import compare_plans
from shiftcast.scheduling.rostering.roster import Roster

from tests.browser import LAPTOP, PHONE, Browser
from tests.factories_plan import QUEUES, make_plan
from tests.factories_track import a_track
from tests.unit.report.test_capacity_page import MADE as WEEKS_TO_COME
from tests.unit.report.test_whatif_pages import GOOD, OTHER, what_if
from tests.unit.report.test_whatif_pages import PLAN as WHAT_IF_PLAN

PLAN = make_plan(agents=12)

pytestmark = pytest.mark.browser


@pytest.fixture(params=["en", "zh-CN"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_comparison_counts_who_moves(browser: Browser, tmp_path: Path, language: str) -> None:
    other = Roster(PLAN.grid, PLAN.roster.assignments[20:])
    plans = PLAN, replace(PLAN, result=replace(PLAN.result, roster=other))
    found = compare_plans(*plans)
    text = comparison_page(compare_result("one", "two", found, None), found, plans, language)
    page = browser.page().open_text(tmp_path, text)
    assert str(len(found.moved_agents)) in page.text("#found")
    page.click("#find")
    page.type("wang min 0")
    assert page.evaluate("document.querySelectorAll('.moves tbody:not([hidden])').length") == 1
    assert page.nameless() == []
    page.assert_quiet()


def test_the_comparison_can_leave_out_what_is_the_same(browser: Browser, tmp_path: Path) -> None:
    plans = PLAN, replace(PLAN, kpis=replace(PLAN.kpis, paid_hours=PLAN.kpis.paid_hours + 8))
    found = compare_plans(*plans)
    text = comparison_page(compare_result("one", "two", found, None), found, plans, "en")
    page = browser.page().open_text(tmp_path, text)
    rows = "[...document.querySelectorAll('.compared tbody tr')].filter((r) => r.offsetHeight)"
    everything = page.evaluate(f"{rows}.length")
    page.click("#changed")
    assert 0 < page.evaluate(f"{rows}.length") < everything
    assert page.evaluate(f"{rows}.map((r) => r.cells[0].innerText.trim())") == ["paid hours"]
    page.assert_quiet()


def test_the_comparison_is_filtered_by_its_address(browser: Browser, tmp_path: Path) -> None:
    other = Roster(PLAN.grid, PLAN.roster.assignments[30:])
    plans = PLAN, replace(PLAN, result=replace(PLAN.result, roster=other))
    found = compare_plans(*plans)
    text = comparison_page(compare_result("one", "two", found, None), found, plans, "en")
    page = browser.page().open_text(tmp_path, text, "#queue=chat&team=North&skill=phone")
    shown = "[...document.querySelectorAll('.compared tbody tr:not([hidden])')]"
    queues = page.evaluate(f"[...new Set({shown}.map((row) => row.cells[1].textContent))]")
    assert set(queues) == {"chat", "all"}
    first = f"{shown}.filter((row, i, all) => !i || row.parentNode !== all[i - 1].parentNode)"
    assert page.evaluate(f"{first}.every((row) => !row.querySelector('.unseen'))")
    people = "[...document.querySelectorAll('.moves tbody:not([hidden]) small')]"
    ids = page.evaluate(f"{people}.map((one) => one.textContent.split(' ')[0])")
    moved = set(found.moved_agents)
    north = {a.id for a in PLAN.centre.agents if a.team == "North" and "phone" in a.skills}
    assert set(ids) == moved & north != set()
    page.evaluate("location.hash = ''")
    page.until(f"{people}.length === {len(moved)}")
    page.assert_quiet()


def test_a_track_page_shows_a_day_of_a_queue(
    browser: Browser, tmp_path: Path, language: str
) -> None:
    forecast, actuals, result = a_track()
    text = track_page(result, forecast, actuals, None, language)
    page = browser.page().open_text(tmp_path, text, "#day=2026-12-01&queue=chat")
    page.until("document.querySelector('#chart-came .main-svg')")
    shown = "document.getElementById('chart-came').layout.xaxis.range.map(Math.round)"
    assert page.evaluate(shown) == [96 + 32, 192]  # chat opens at 08:00
    assert page.text(".of-queue") == "chat"
    page.click("label[for=queue-2]")
    page.until("location.hash.includes('queue=email')")
    assert page.nameless() == []
    page.assert_quiet()


def test_an_agents_page_fits_a_phone(browser: Browser, tmp_path: Path, language: str) -> None:
    pages = dict(agent_pages("Riverside", PLAN.problem, PLAN.roster, QUEUES, language))
    page = browser.page(PHONE).open_text(tmp_path, pages["a003.html"])
    said = {"en": "Your days", "zh-CN": "您的班次"}[language]
    assert page.text("#days h2") == said
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.assert_quiet()


def test_the_curves_of_a_sweep_are_drawn(browser: Browser, tmp_path: Path, language: str) -> None:
    page = browser.page().open_text(tmp_path, sweep_page(GOOD, PLAN.centre, "one week", language))
    assert page.evaluate("document.querySelectorAll('.main-svg').length") >= 2
    assert page.nameless() == []
    page.assert_quiet()


def test_the_weeks_to_come_are_drawn(browser: Browser, tmp_path: Path, language: str) -> None:
    page = browser.page().open_text(tmp_path, capacity_page(WEEKS_TO_COME, language))
    page.until("document.querySelectorAll('#chart-skills .subplot').length === 2")
    assert page.evaluate("document.querySelectorAll('#chart-hours .barlayer .trace').length") == 2
    assert page.evaluate("document.documentElement.scrollWidth") <= LAPTOP[0]
    assert page.nameless() == []
    page.assert_quiet()


def test_a_what_if_opens(browser: Browser, tmp_path: Path, language: str) -> None:
    found = [what_if(OTHER, "Flu")]
    text = whatif_page("p", WHAT_IF_PLAN, found, language, currency="", with_names=True)
    page = browser.page().open_text(tmp_path, text)
    assert "Flu" in page.text("#short")
    assert page.nameless() == []
    page.assert_quiet()
