"""A page for one agent, and the report without names."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from shiftcast.cli.report.agent_page import agent_pages
from shiftcast.cli.report.page import nameless, report_page
from shiftcast.data.messages import LANGUAGES
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import MeetingSpan, Roster

from tests.factories_plan import QUEUES, make_plan

PLAN = make_plan(agents=10)


def _pages(
    problem: RosterProblem = PLAN.problem, roster: Roster = PLAN.roster, language: str = "en"
) -> dict[str, str]:
    return dict(agent_pages("Riverside", problem, roster, QUEUES, language))


def _lines(page: str) -> list[str]:
    """What a reader sees, line by line."""
    body = page[page.index("<body") :]
    text = re.sub(r"<(?!/?(tr|li|h1|h2|p))[^>]+>", " ", body)
    rows = re.split(r"<[^>]+>", text)
    return [line for row in rows if (line := " ".join(row.split()))]


def test_every_agent_has_a_page_with_their_own_name_alone() -> None:
    pages = _pages()
    assert sorted(pages) == [f"a{i:03d}.html" for i in range(10)]
    others = [agent.name for agent in PLAN.centre.agents if agent.id != "a003"]
    assert "Chen Jing 3" in pages["a003.html"]
    assert [name for name in others if name in pages["a003.html"]] == []


def test_the_week_is_told_day_by_day() -> None:
    lines = _lines(_pages()["a003.html"])
    assert "Plan for Mon 30 Nov – Sun 6 Dec 2026 · 4 shifts, 32.0 h paid" in lines
    assert "Mon 30 Nov Early 09:00–17:45" in lines
    assert [line for line in lines if line.startswith("Tue 1 Dec")] == ["Tue 1 Dec leave"]
    assert "12:00–12:45 unpaid break" in lines


def test_breaks_meetings_and_queues_stand_in_order_of_time() -> None:
    shift = PLAN.roster.of_agent("a000")[0]  # 07:30–16:15
    meeting = MeetingSpan(shift.start, shift.start + 30, "Coaching <1:1>")
    met = Roster(PLAN.grid, (replace(shift, meetings=(meeting,)),))
    page = _pages(roster=met)["a000.html"]
    inside = re.findall(r"<li>(.*?)</li>", page)
    assert inside[0] == "07:30–08:00 Coaching &lt;1:1&gt;"
    assert inside == sorted(inside)


def test_bars_lie_inside_the_lane_of_the_agents_own_hours() -> None:
    """a002 works 15:30–00:15; the gap of a split shift stays empty."""
    bars = re.findall(r"left: ([\d.]+)%; width: ([\d.]+)%", _pages()["a002.html"])
    assert max(float(left) + float(width) for left, width in bars) == pytest.approx(100, abs=0.1)
    split = re.findall(r'"bar piece" style="left: ([\d.]+)%; width', _pages()["a007.html"])
    assert split[:2] == ["0.0", "66.67"]  # 09:00–13:00 and 17:00–21:00 of 12 hours


def test_requests_and_what_came_of_them() -> None:
    lines = _lines(_pages()["a001.html"])
    (wish,) = [line for line in lines if "start at 10:00 or later" in line]
    assert wish == "Wed 2 Dec start at 10:00 or later met"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_asks_nobody_anything(language: str) -> None:
    page = _pages(language=language)["a000.html"]
    assert f'lang="{language}"' in page
    assert not re.search(r"<script|src=|href=", page)


def test_the_managers_report_names_nobody() -> None:
    page = report_page(nameless(PLAN), "en")
    names = [agent.name for agent in PLAN.centre.agents]
    assert [name for name in names if name in page] == []
    assert "a003" in page
    assert any(name in report_page(PLAN, "en") for name in names)
