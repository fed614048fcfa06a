"""report.html in Chromium: its views are linked, their addresses can be passed on; it is fast."""

from __future__ import annotations

from pathlib import Path

import pytest
from shiftcast.cli.report.page import report_page

from tests.browser import Browser, Page
from tests.factories_plan import make_plan

PLAN = make_plan(agents=12)
THURSDAY = "#day=2026-12-03&queue=chat"
SHOWN_DAY = "document.querySelector('[name=day]:checked').value"
SHOWN_QUEUE = "document.querySelector('[name=queue]:checked').value"
ROWS = "document.querySelectorAll('#gantt .row:not(.head)').length"
MOST_SECONDS = 3.0

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(report_page(PLAN, "en"), encoding="utf-8")
    return file


def chart_range(page: Page, name: str) -> list[float]:
    """The first and last interval that a chart shows, once it is drawn."""
    page.evaluate(f"document.getElementById('chart-{name}').scrollIntoView()")
    page.until(f"document.querySelector('#chart-{name} .main-svg')")
    found: list[float] = page.evaluate(
        f"document.getElementById('chart-{name}').layout.xaxis.range.map(Math.round)"
    )
    return found


def test_a_link_shows_its_day_and_queue(browser: Browser, file: Path) -> None:
    page = browser.page().open(file, f"{THURSDAY}&part=roster")
    assert page.evaluate(SHOWN_DAY) == "3"
    assert page.evaluate(SHOWN_QUEUE) == "1"
    assert page.text("#intervals .of-queue") == "chat"
    page.until("document.querySelector('#gantt .row')")
    assert page.evaluate("document.getElementById('roster').getBoundingClientRect().top") < 100
    assert page.evaluate(ROWS) == sum(shift.day == 3 for shift in PLAN.roster.assignments)
    page.assert_quiet()


def test_a_day_of_the_list_leads_to_its_intervals_agents_and_events(
    browser: Browser, file: Path
) -> None:
    page = browser.page().open(file)
    page.click("#day [data-day='3'] a")
    page.until(f"{SHOWN_DAY} === '3'")
    assert "day=2026-12-03" in page.evaluate("location.hash")
    assert "Pre-sale: +" in page.text("#day tr.chosen")
    assert page.text("[data-details='3'] h3") == "Thu 3 Dec"
    assert page.evaluate("document.querySelectorAll('[data-details]:not([hidden])').length") == 1
    # Thursday from 07:30, when the first agents are there, until the phone closes at 23:00.
    assert chart_range(page, "coverage") == [288 + 30, 288 + 92]
    page.evaluate("document.getElementById('gantt').scrollIntoView()")
    page.until("document.querySelector('#gantt .bar-piece')")
    page.assert_quiet()


def test_the_way_back_leads_to_the_view_before(browser: Browser, file: Path) -> None:
    page = browser.page().open(file)
    page.click("label[for=day-2]")
    page.click("label[for=queue-2]")
    page.until(f"{SHOWN_QUEUE} === '2'")
    page.evaluate("history.back()")
    page.until(f"{SHOWN_QUEUE} === '0' && {SHOWN_DAY} === '2'")
    page.evaluate("history.back()")
    page.until(f"{SHOWN_DAY} === '-1'")
    page.assert_quiet()


def test_a_part_of_the_page_leaves_the_view_as_it_is(browser: Browser, file: Path) -> None:
    page = browser.page().open(file, THURSDAY)
    page.click("nav a[href='#table']")
    page.until("location.hash === '#table'")
    assert page.evaluate(SHOWN_DAY) == "3"


def test_an_address_of_nothing_here_shows_everything(browser: Browser, file: Path) -> None:
    page = browser.page().open(file, "#day=1999-01-01&queue=fax&team=none&part=nowhere")
    assert (page.evaluate(SHOWN_DAY), page.evaluate(SHOWN_QUEUE)) == ("-1", "0")
    page.assert_quiet()


def test_days_and_queues_are_chosen_with_the_keyboard(browser: Browser, file: Path) -> None:
    page = browser.page().open(file)
    page.evaluate("document.getElementById('queue-0').focus()")
    page.press("ArrowRight")
    page.until(f"{SHOWN_QUEUE} === '1'")
    page.press("Tab")
    page.press("ArrowRight")
    page.until("!document.querySelector('[data-details]').hidden")
    outline = "getComputedStyle(document.querySelector('label[for=day-0]')).outlineStyle"
    assert page.evaluate(outline) == "solid"
    page.press("Tab")
    page.press("Tab")  # past the day's table, which scrolls, to its first queue
    page.press("Enter")
    page.until("location.hash === '#day=2026-11-30&queue=phone&part=intervals'")
    page.assert_quiet()


def test_everything_that_can_be_focused_has_a_name(browser: Browser, file: Path) -> None:
    page = browser.page().open(file, f"{THURSDAY}&part=roster")
    page.until("document.querySelector('#gantt .row')")
    assert page.nameless() == []


@pytest.mark.parametrize(
    ("filters", "agents"),
    [
        ("team=North", [a.id for a in PLAN.centre.agents if a.team == "North"]),
        ("skill=email", [a.id for a in PLAN.centre.agents if "email" in a.skills]),
        ("find=Wang%20Min", ["a000", "a007"]),
        ("on=email", sorted({s.agent for s in PLAN.roster.assignments for q in s.queues
                             if q.queue == "email"})),
    ],
)  # fmt: skip
def test_filters_leave_the_agents_they_name(
    browser: Browser, file: Path, filters: str, agents: list[str]
) -> None:
    page = browser.page().open(file, f"#day=all&queue=phone&{filters}&part=roster")
    page.until("document.querySelector('#gantt .row')")
    names = "[...document.querySelectorAll('#gantt .who[title]')].map((who) => who.title)"
    assert page.evaluate(names) == agents
    page.assert_quiet()


def test_filters_are_set_by_hand_and_kept_in_the_address(browser: Browser, file: Path) -> None:
    page = browser.page().open(file, f"{THURSDAY}&part=roster")
    page.click("#roster-find")
    page.type("a004")
    page.until(f"{ROWS} === 1")
    assert "find=a004" in page.evaluate("location.hash")
    people = "document.querySelectorAll('#people tr[data-agent]:not([hidden])').length"
    assert page.evaluate(people) == 1
    page.assert_quiet()


def test_an_agents_name_leads_to_all_their_days(browser: Browser, file: Path) -> None:
    page = browser.page().open(file, f"{THURSDAY}&part=roster")
    page.until("document.querySelector('#gantt .name')")
    name = page.text("#gantt .name")
    page.click("#gantt .name")
    page.until(f"{SHOWN_DAY} === '-1' && {ROWS} === 1")
    assert page.text("#gantt .name") == name


def test_the_coverage_map_leads_to_a_day(browser: Browser, file: Path) -> None:
    page = browser.page().open(file)
    page.evaluate("document.getElementById('chart-heat').scrollIntoView()")
    page.until("document.querySelector('#chart-heat .nsewdrag')")
    page.hover("#chart-heat .nsewdrag")  # its middle is Thursday
    page.until("document.querySelector('#chart-heat .hovertext')")
    page.click("#chart-heat .nsewdrag")
    page.until(f"{SHOWN_DAY} === '3'")
    page.assert_quiet()


def test_the_chosen_day_of_a_long_plan_is_seen_in_the_bar(browser: Browser, tmp_path: Path) -> None:
    text = report_page(make_plan(agents=6, days=28), "en")
    page = browser.page().open_text(tmp_path, text, "#day=2026-12-24&queue=chat&part=day")
    seen = """(() => {
      const label = document.querySelector("label[for=day-24]").getBoundingClientRect();
      const group = document.getElementById("day-choice").getBoundingClientRect();
      return label.left >= group.left && label.right <= group.right;
    })()"""
    assert page.evaluate(seen)
    assert page.text("[data-details]:not([hidden]) h3") == "Thu 24 Dec"
    page.assert_quiet()


def test_paper_has_every_chart_and_the_rows_of_the_view(
    browser: Browser, file: Path, tmp_path: Path
) -> None:
    page = browser.page().open(file, f"{THURSDAY}&team=North")
    page.print(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert page.evaluate("document.querySelectorAll('.chart .main-svg').length") >= 4
    north = {agent.id for agent in PLAN.centre.agents if agent.team == "North"}
    there = [s for s in PLAN.roster.assignments if s.day == 3 and s.agent in north]
    assert page.evaluate(ROWS) == len(there)
    page.assert_quiet()


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_thousand_agents_load_in_time(browser: Browser, tmp_path: Path, language: str) -> None:
    text = report_page(make_plan(agents=1000), language)
    page = browser.page().open_text(tmp_path, text)
    assert page.evaluate("performance.getEntriesByName('ready')[0].startTime") < MOST_SECONDS * 1000
    assert page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd") < (
        MOST_SECONDS * 1000
    )
    page.evaluate("document.getElementById('gantt').scrollIntoView()")
    page.until(f"{ROWS} === 1000")
    page.assert_quiet()
