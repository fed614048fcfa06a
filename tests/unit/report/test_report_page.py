import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from markupsafe import escape
from shiftcast.cli.report.basis import Basis
from shiftcast.cli.report.closing import Closing
from shiftcast.cli.report.page import report_page, write_report
from shiftcast.data.messages import LANGUAGES, catalogue
from shiftcast.scheduling.planning.plan import Plan
from shiftcast.scheduling.rostering.why.worth import Good, Worth

from tests.factories_plan import make_plan

PLAN = make_plan(agents=12)
BASIS = Basis("2026-11-30-7d-01", datetime(2026, 11, 28, 2, tzinfo=UTC), "contacts.csv",
              {"contacts.csv": "ab" * 32})  # fmt: skip
PAGE = report_page(PLAN, "en", currency="CNY", basis=BASIS)
HOSTILE = "<script>alert(1)</script>"


class _Reader(HTMLParser):
    """Collects start tags with their attributes, and the text outside scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.data = ""
        self._inside = ""
        self._is_data = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self._inside = tag
            self._is_data = dict(attrs).get("id") == "plan-data"

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._is_data and self._inside:
            self.data += data
        elif not self._inside:
            self.words.append(data)


READ = _Reader(PAGE)
DATA: dict[str, Any] = json.loads(READ.data)


def _own(page: str) -> str:
    """The page without the chart library, which names addresses it never loads."""
    library = re.search(r'<script [^>]*id="chart-library">(.*?)</script>', page, flags=re.DOTALL)
    assert library is not None
    return page.replace(library[1], "")


def test_nothing_is_loaded_from_anywhere() -> None:
    for tag, attributes in READ.tags:
        assert tag not in ("link", "iframe", "img", "object", "embed", "base")
        assert "src" not in attributes
        href = attributes.get("href")
        assert href is None or href.startswith("#")
    own = _own(PAGE)
    assert not re.search(r"https?://|url\(|@import|fetch\(|XMLHttpRequest|sendBeacon", own)


def test_the_browser_is_told_to_load_nothing() -> None:
    policy = next(a["content"] for t, a in READ.tags if t == "meta" and "http-equiv" in a)
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "form-action 'none'" in policy


def test_charts_cannot_be_sent_to_the_makers_server() -> None:
    assert "showSendToCloud: false" in PAGE


def test_the_chart_library_is_there_once() -> None:
    assert len(re.findall(r"plotly\.js v\d", PAGE)) == 1
    assert len(PAGE) < 8_000_000


def test_every_link_of_the_page_leads_somewhere() -> None:
    ids = {attributes["id"] for _, attributes in READ.tags if "id" in attributes}
    links = {str(attributes["href"]).removeprefix("#") for t, attributes in READ.tags if t == "a"}
    views = {link for link in links if "=" in link}
    assert links - views <= ids
    told = [dict(parse_qsl(view)) for view in views]
    assert {view["part"] for view in told} <= ids
    assert {view.get("day", "all") for view in told} == {"all", *DATA["axis"]["dates"]}
    assert {view["queue"] for view in told if "queue" in view} == set(DATA["roster"]["queues"])


def test_every_element_that_the_script_asks_for_is_there() -> None:
    script = re.findall(r"<script>(.*?)</script>", PAGE, flags=re.DOTALL)[-1]
    ids = {attributes["id"] for _, attributes in READ.tags if "id" in attributes}
    asked = set(re.findall(r'element\("([\w-]+)"\)', script))
    assert asked
    assert asked <= ids
    words = set(re.findall(r"words\.(\w+)", script))
    assert words <= set(DATA["words"])


def test_the_data_has_a_set_of_charts_a_queue() -> None:
    assert [set(charts) for charts in DATA["charts"]] == [
        {"forecast", "coverage", "service", "heat"}
    ] * 3
    assert DATA["roster"]["queues"] == ["phone", "chat", "email"]
    assert len(DATA["axis"]["clock"]) == PLAN.grid.size


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_its_language(language: str) -> None:
    page = report_page(PLAN, language)
    words = catalogue(language)
    assert f'<html lang="{language}">' in page
    for key in ("report.first.title", "report.caption.roster", "report.sure.title"):
        assert escape(words[key]) in page


def test_names_cannot_become_markup() -> None:
    agents = tuple(
        replace(a, name=HOSTILE, team=HOSTILE, id=f"{HOSTILE}{i}")
        for i, a in enumerate(PLAN.centre.agents)
    )
    ids = {a.id: b.id for a, b in zip(PLAN.centre.agents, agents, strict=True)}
    page = report_page(
        _renamed(PLAN, agents, ids), "en", basis=Basis(HOSTILE, inputs={HOSTILE: HOSTILE})
    )
    assert HOSTILE not in page
    read = _Reader(page)
    assert [tag for tag, _ in read.tags] == [
        tag for tag, _ in _Reader(report_page(PLAN, "en", basis=Basis("x", inputs={"x": "y"}))).tags
    ]
    assert json.loads(read.data)["roster"]["agents"][0][1] == HOSTILE


def test_queue_names_cannot_become_markup() -> None:
    centre = replace(PLAN.centre, name=HOSTILE)
    assert HOSTILE not in report_page(replace(PLAN, centre=centre), "en")


def test_a_plan_of_one_day_and_one_without_requests_have_a_page_too() -> None:
    assert "Mon 30 Nov" in report_page(make_plan(agents=6, days=1), "en")
    without = replace(PLAN, requests=PLAN.requests.head(0), warnings=())
    assert "Nobody asked for anything" in report_page(without, "en")


def test_a_week_with_a_clock_change_has_a_page() -> None:
    # New York put its clocks back on Sunday 1 November 2026: the week has an hour more.
    plan = make_plan(agents=6, tz="America/New_York", first_day=date(2026, 10, 26))
    data = json.loads(_Reader(report_page(plan, "zh-CN")).data)
    assert data["axis"]["dayFirst"][-2:] == [6 * 96, 7 * 96 + 4]
    assert data["axis"]["days"][-1] == "11月1日 周日"


def test_the_file_is_written_whole(tmp_path: Path) -> None:
    write_report(PLAN, tmp_path / "plans" / "report.html", "en")
    assert [p.name for p in (tmp_path / "plans").iterdir()] == ["report.html"]
    written = (tmp_path / "plans" / "report.html").read_text(encoding="utf-8")
    assert written.rstrip().endswith("</html>")


def _renamed(plan: Plan, agents: tuple[Any, ...], ids: dict[str, str]) -> Plan:
    roster = replace(
        plan.roster,
        assignments=tuple(replace(a, agent=ids[a.agent]) for a in plan.roster.assignments),
    )
    requests = tuple(replace(r, agent=ids[r.agent]) for r in plan.problem.requests)
    problem = replace(plan.problem, agents=agents, time_off=(), requests=requests)
    return replace(
        plan,
        centre=replace(plan.centre, agents=agents),
        problem=problem,
        result=replace(plan.result, roster=roster),
        requests=plan.requests.replace({"agent": ids}),
    )


def test_what_one_more_would_be_worth_is_said_if_it_is_known() -> None:
    worth = Worth(Good.SKILL, {"agent": "a000", "skill": "<chat>"}, 40.0, 3.5, ())
    page = report_page(PLAN, "en", closing=Closing(worth=(worth,)))
    assert "(a000) learns &lt;chat&gt;: 3.5 agent-hours fewer short, 40 points.</li>" in page
    assert 'id="worth"' in page
    assert 'id="worth"' not in PAGE
