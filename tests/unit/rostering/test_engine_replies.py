"""Best replies of one agent after another: legal, never worse, and what is fixed stays."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from shiftcast.scheduling.rostering.engine.columns.cells import Cells, cells_of
from shiftcast.scheduling.rostering.engine.columns.column import FREE, Column, IntArray, totals
from shiftcast.scheduling.rostering.engine.columns.generation import Left
from shiftcast.scheduling.rostering.engine.columns.replies import (
    Replies,
    come_to_rest,
    wander,
)
from shiftcast.scheduling.rostering.engine.columns.window import Window
from shiftcast.scheduling.rostering.engine.compile import compile_problem

from tests.unit.rostering.long_crew import MISSING, Want, a_long_crew, endless, shifts_in

DAYS = 7
AGENTS = "ABC"
SEEDS = pytest.mark.parametrize("seed", range(6))


def a_week(seed: int) -> tuple[Window, Cells]:
    """A week of three agents who work two to four days, in runs of two at the least."""
    rng = np.random.default_rng(seed)
    wanted = [Want(day, number=int(rng.integers(0, 3))) for day in range(DAYS)]
    contract = shifts_in(1, least=2, most=4, min_run_days=2)
    compiled = compile_problem(a_long_crew(AGENTS, 1, contract, wanted))
    window = Window(compiled, compiled.nobody(), 0, DAYS)
    return window, cells_of(compiled).some(window.cells)


def nothing_fixed() -> IntArray:
    return np.full((len(AGENTS), DAYS), FREE)


def anyhow(window: Window, seed: int) -> list[Column]:
    """Legal columns that know nothing of each other."""
    duals = np.random.default_rng(seed).uniform(-50, 50, (len(AGENTS), len(window.cells)))
    return [window.price(duals[a], [a])[0].column for a in range(len(AGENTS))]


def points(columns: list[Column], cells: Cells) -> float:
    together = cells.points(totals(columns, len(cells.wanted))).sum()
    return float(together) + sum(column.points for column in columns)


def rested(
    window: Window, columns: list[Column], fixed: IntArray, cells: Cells, left: Left = endless
) -> list[Column]:
    replies = Replies(window, columns, fixed, cells)
    come_to_rest(replies, left)
    return replies.columns


def ways(window: Window, agent: int) -> list[Column]:
    """All legal columns of an agent, by trying every pattern of days."""
    options, found = window.price(np.full(DAYS, 1e4), [agent])[0].column.option, []
    first = int(options.max()) - int(options.argmax())
    for worked in product((False, True), repeat=DAYS):
        fixed = nothing_fixed()
        fixed[agent] = [first + day if works else -1 for day, works in enumerate(worked)]
        found += [p.column for p in window.price(np.zeros(DAYS), [agent], fixed)]
    return found


@SEEDS
def test_no_agent_alone_does_better_after_replies(seed: int) -> None:
    window, cells = a_week(seed)
    before = anyhow(window, seed)
    after = rested(window, before, nothing_fixed(), cells)
    assert [column.agent for column in after] == [0, 1, 2]
    assert points(after, cells) < points(before, cells)
    for agent in range(len(AGENTS)):
        others = [column for column in after if column.agent != agent]
        every = ways(window, agent)
        assert len(every) > 10
        assert points(after, cells) <= min(points([*others, way], cells) for way in every) + 1e-6


@SEEDS
def test_what_is_fixed_stays(seed: int) -> None:
    window, cells = a_week(seed)
    before, fixed = anyhow(window, seed), nothing_fixed()
    for column in before:
        fixed[column.agent, :5] = column.option[:5]
    after = rested(window, before, fixed, cells)
    for mine, then in zip(after, before, strict=True):
        assert mine.option[:5].tolist() == then.option[:5].tolist()


def test_when_time_is_over_every_agent_has_replied_once() -> None:
    window, cells = a_week(0)
    before = anyhow(window, 0)
    replies = Replies(window, before, nothing_fixed(), cells)
    for place in range(len(AGENTS)):
        replies.answer(place)
    after = rested(window, before, nothing_fixed(), cells, lambda: 0.0)
    assert [column.key for column in after] == [column.key for column in replies.columns]


def test_noise_never_makes_a_roster_dearer_and_finds_other_days_as_good() -> None:
    window, cells = a_week(0)
    replies, rng = (
        Replies(window, anyhow(window, 0), nothing_fixed(), cells),
        np.random.default_rng(1),
    )
    now, seen = points(replies.columns, cells), set()
    for turn in range(200):
        less = replies.answer(turn % len(AGENTS), rng.uniform(-30, 30, len(window.cells)))
        assert points(replies.columns, cells) == pytest.approx(now - less)
        assert less >= 0
        now -= less
        seen.add(tuple(column.key for column in replies.columns))
    assert now <= points(rested(window, anyhow(window, 0), nothing_fixed(), cells), cells)
    assert len(seen) > 5


def test_noise_is_small_and_large() -> None:
    window, cells = a_week(0)
    replies, rng = (
        Replies(window, anyhow(window, 0), nothing_fixed(), cells),
        np.random.default_rng(1),
    )
    most = np.array([np.abs(replies.noise(rng)).max() for _ in range(500)]) / MISSING
    assert (most <= 0.2).all()
    assert (most < 0.005).mean() > 0.1
    assert (most > 0.08).mean() > 0.1


def test_one_person_too_many_is_welcome_where_cells_are_eager() -> None:
    wanted, under, over = np.array([2.0, 2.0, 2.0, 2.0]), np.full(4, 100.0), np.full(4, 3.0)
    there = np.array([1.0, 2.0, 3.0, 5.0])
    assert Cells(wanted, under, over).points(there).tolist() == [100, 0, 3, 9]
    assert Cells(wanted, under, over).eager(1.0).points(there).tolist() == [100, 0, -1, 5]


@SEEDS
def test_all_hours_are_worked_where_cells_are_eager_and_none_too_many_at_rest(seed: int) -> None:
    window, cells = a_week(seed)
    before = anyhow(window, seed)
    eager = rested(window, before, nothing_fixed(), cells.eager(1.0))
    plain = rested(window, before, nothing_fixed(), cells)
    assert sum(len(c.rows) for c in eager) >= sum(len(c.rows) for c in plain)
    after = rested(window, eager, nothing_fixed(), cells)
    assert points(after, cells) <= points(eager, cells)


@SEEDS
def test_rounds_end_when_they_have_gained_nothing_for_so_long(seed: int) -> None:
    window, cells = a_week(seed)
    before = anyhow(window, seed)
    replies = Replies(window, before, nothing_fixed(), cells)
    gained = list(wander(replies, np.random.default_rng(1), 4, endless))
    assert gained[0] > 0
    assert gained[-4:] == [0, 0, 0, 0]
    assert points(before, cells) - points(replies.columns, cells) == pytest.approx(sum(gained))


def test_without_time_there_is_no_round() -> None:
    window, cells = a_week(0)
    replies = Replies(window, anyhow(window, 0), nothing_fixed(), cells)
    assert list(wander(replies, np.random.default_rng(1), 4, lambda: 0.0)) == []
