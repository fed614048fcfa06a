"""The page of the weeks to come: what it says, and what its charts hold."""

from __future__ import annotations

import re
from dataclasses import replace

from shiftcast.cli.report.capacity_figures import hours_figure, skills_figure
from shiftcast.cli.report.capacity_page import capacity_page
from shiftcast.cli.workspace.capacity import MadeCapacity

from tests.unit.planning.test_capacity import CENTRE, capacity

NEEDED = {"phone": [70.0, 70.0, 105.0], "chat": [0.0, 105.0, 140.0]}
FOUND = capacity(NEEDED, fit=0.9)
MADE = MadeCapacity(CENTRE, None, FOUND, ())
WEEKS = ["one", "two", "three"]


def cells(page: str, section: str) -> list[list[str]]:
    """The cells of the table of a section, row by row."""
    (part,) = re.findall(rf'(?s)<section id="{section}">(.*?)</section>', page)
    rows = re.findall(r"(?s)<tr>(.*?)</tr>", part.split("<tbody>")[1])
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


def test_it_says_whom_to_hire_and_by_when() -> None:
    """Chat has one agent of 31.5 hours that are counted on; from the fifth week on three more would
    have to be there, which is three weeks after hiring. Two of the four phone agents are free."""
    found = capacity({"phone": [60] * 6, "chat": [0, 0, 0, 0, 120, 126]}, fit=0.9)
    page = capacity_page(MadeCapacity(CENTRE, None, found, ()), "en")
    chat = ["chat", "Mon 4 Jan", "Sun 17 Jan", "3", "94", "Mon 14 Dec", "2"]
    assert cells(page, "hire") == [chat]
    assert "Hire by Mon 14 Dec." in page


def test_a_date_that_has_passed_is_marked() -> None:
    late = MadeCapacity(CENTRE, None, capacity({"phone": [70], "chat": [105]}), ())
    assert cells(capacity_page(late, "en"), "hire")[0][5] == "Mon 16 Nov (passed)"


def test_every_week_has_its_hours_and_agents() -> None:
    """Of 175 hours 70 are needed, which 70 ÷ 0.9 of them serve."""
    week = cells(capacity_page(MADE, "en"), "weeks")[0]
    assert week[:5] == ["Mon 7 Dec", "70", "175", "0", "97"]
    assert week[5:] == ["2.2", "5.0", "–", "0.0", "1.0", "–"]


def test_without_a_shortage_there_is_nobody_to_hire() -> None:
    enough = MadeCapacity(CENTRE, "Fewer", capacity({"phone": [70], "chat": [0]}), ())
    page = capacity_page(enough, "en")
    assert 'id="hire"' not in page
    assert "On top of the scenario Fewer." in page


def test_names_of_queues_are_escaped() -> None:
    (first, *_), *_ = (week.queues for week in FOUND.weeks)
    week = replace(FOUND.weeks[0], queues=(replace(first, queue="<b>"),))
    made = replace(MADE, capacity=replace(FOUND, weeks=(week,), shortages=()))
    assert "<b>" not in capacity_page(made, "en").split("<main>")[1].split("</main>")[0]


def test_hours_are_stacked_against_those_counted_on() -> None:
    phone, chat, at_hand, counted_on = hours_figure(FOUND, WEEKS, "en").data
    assert (list(phone.y), list(chat.y)) == (NEEDED["phone"], NEEDED["chat"])
    assert list(at_hand.y) == [175, 175, 175]
    assert list(counted_on.y) == [157.5, 157.5, 157.5]


def test_agents_short_stand_on_top_of_those_there() -> None:
    served, short, skilled = skills_figure(FOUND, WEEKS, "en").data[3:]
    together = [there + lacking for there, lacking in zip(served.y, short.y, strict=True)]
    assert together == [line.queues[1].needed_agents for line in FOUND.weeks]
    assert short.y[1] > 0
    assert list(skilled.y) == [1, 1, 1]
