"""What the terminal and programs get of reasons."""

from __future__ import annotations

import json
from datetime import timedelta

import numpy as np
import pytest
from shiftcast.cli.console import Console
from shiftcast.cli.story_view import agent_called, story_result
from shiftcast.cli.why_view import show_ways, way_lines
from shiftcast.data.errors import InputError
from shiftcast.data.people import Request, RequestKind, TimeOff
from shiftcast.data.rules import Weights
from shiftcast.scheduling.rostering.problem import RosterProblem

from tests.factories import (
    FREE,
    MONDAY,
    a_contract,
    a_demand,
    a_grid,
    a_problem,
    a_roster,
    an_agent,
)

GRID = a_grid()
HOUR = GRID.minute_of_day // 60
PROBLEM: RosterProblem = a_problem(
    GRID,
    demands=(a_demand(GRID, np.where((HOUR >= 8) & (HOUR < 16), 1.0, 0.0)),),
    agents=(an_agent("A1", name="Wang Min", availability=(*(None,) * 5, (), ())),),
    contracts=(a_contract(max_days=5),),
    rules=FREE,
    weights=Weights(40.0, 4.0, evenness=0.0, fairness=0.0, steady_start=0.0, queue_change=0.0),
    requests=(
        Request("A1", MONDAY, RequestKind.DAY_OFF, 10.0),
        Request("A1", MONDAY + timedelta(days=1), RequestKind.START_FROM, minute=480),
        Request("A1", MONDAY + timedelta(days=2), RequestKind.SHIFT, shift_code="X"),
    ),
    time_off=(TimeOff("A1", MONDAY + timedelta(days=4), MONDAY + timedelta(days=4), paid=False),),
)
ROSTER = a_roster(PROBLEM, "DDDD...")


def said(capsys: pytest.CaptureFixture[str], language: str) -> str:
    console = Console(language)
    console.deliver(story_result(PROBLEM, ROSTER, PROBLEM.agents[0]))
    return capsys.readouterr().out


def test_a_week_is_told_in_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "en")
    assert "Why Wang Min works like this, Mon 30 Nov – Sun 6 Dec 2026" in told
    assert "Tue 1 Dec: D 08:00–16:00. Instead: off (+320.0 points, 8.0 h more short)." in told
    assert "Fri 4 Dec: on leave." in told
    assert "Sat 5 Dec: off. Nothing else is legal." in told
    assert "Wish refused: day off on Mon 30 Nov. To meet it: +280.0 points, 8.0 h more" in told
    assert "Wish met: start at 08:00 or later on Tue 1 Dec." in told
    assert "No roster of Wang Min that keeps the rules meets it." in told
    assert "binds most: availability. Without it: −360.0 points, 8.0 h fewer short." in told
    assert "Binds too: time off. Without it: −320.0 points, 8.0 h fewer short." in told


def test_the_story_is_told_in_chinese_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert "12月1日 周二：D 08:00–16:00。若改为：休息（+320.0 分，多缺 8.0 小时）。" in said(
        capsys, "zh-CN"
    )


def test_programs_get_the_story_with_ids(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console(as_json=True)
    console.deliver(story_result(PROBLEM, ROSTER, PROBLEM.agents[0]))
    story = json.loads(capsys.readouterr().out)["story"]
    assert story["agent"] == "A1"
    assert story["days"][1]["others"][0]["hours"] == 8
    assert story["days"][4]["ground"] == "leave"


@pytest.mark.parametrize("name", ["A1", "a1", "wang min"])
def test_agents_answer_to_id_and_name(name: str) -> None:
    assert agent_called(PROBLEM.agents, name).id == "A1"


def test_a_name_that_nobody_has_is_asked_back() -> None:
    with pytest.raises(InputError, match="Did you mean Wang Min"):
        agent_called(PROBLEM.agents, "Wang Ming")


def test_ways_are_said_with_names_on_the_terminal_only(capsys: pytest.CaptureFixture[str]) -> None:
    show_ways(Console(), way_lines(Console(), PROBLEM, ROSTER))
    told = capsys.readouterr().out
    assert "What would close the hours that are short" in told
    assert "1. Add 1 of contract full who can do phone: 24.0 h (phone 24.0)" in told
    assert "Open Wang Min (A1)'s Sat from 08:00 to 16:00: 8.0 h (phone 8.0)" in told
    lines = way_lines(Console(as_json=True), PROBLEM, ROSTER)
    assert not any("Wang Min" in line.words for line in lines)
    assert all(line.words.count("{") == 0 for line in lines)


def test_nothing_is_said_of_a_roster_that_is_not_short(capsys: pytest.CaptureFixture[str]) -> None:
    show_ways(Console(), ())
    assert capsys.readouterr().out == ""
