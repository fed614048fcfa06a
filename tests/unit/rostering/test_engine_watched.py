"""A counter is asked about one work of those that it does not tell apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shiftcast.scheduling.rostering.day_work import DayKind, DayWork
from shiftcast.scheduling.rostering.engine.watched import Watcher
from shiftcast.scheduling.rostering.rules.base import Day, State, Step
from shiftcast.scheduling.rostering.rules.contract_hours import HoursCounter
from shiftcast.scheduling.rostering.rules.weekly_rest import RestCounter

TUESDAY = Day(left_in_week=5, weekend=False)
OFF = DayWork(DayKind.OFF)
EARLY = DayWork(DayKind.SHIFT, 480, shift="E", begin=360, end=870)
LATE = DayWork(DayKind.SHIFT, 480, shift="L", begin=840, end=1350)
SHORT = DayWork(DayKind.SHIFT, 240, shift="S", begin=360, end=600)
WORKS = (OFF, EARLY, LATE, SHORT)


@dataclass
class Asked:
    """Steps as a function says; counts how often it is asked."""

    says: Callable[[State, DayWork], Step]
    times: int = field(default=0, compare=False)

    def start(self) -> State:
        return 0

    def step(self, state: State, day: Day, work: DayWork) -> Step:
        self.times += 1
        return self.says(state, work)


def test_works_alike_in_what_is_read_are_asked_about_once() -> None:
    counter = Asked(lambda _, work: Step(work.minutes))
    watcher = Watcher(counter, WORKS)
    watcher.steps(0, TUESDAY)
    counter.times = 0
    steps, group = watcher.steps(1, TUESDAY)
    assert counter.times == 3  # no minutes, 480 and 240
    assert [steps[g].state for g in group] == [0, 480, 480, 240]


def test_what_is_read_in_a_later_state_only_tells_works_apart_from_then_on() -> None:
    watcher = Watcher(Asked(lambda state, work: Step(work.begin if state else 0)), WORKS)
    before, alike = watcher.steps(0, TUESDAY)
    after, group = watcher.steps(1, TUESDAY)
    assert (len(before), alike.tolist()) == (1, [0, 0, 0, 0])
    assert [after[g].state for g in group] == [0, 360, 840, 360]


def test_what_is_read_of_some_works_only_tells_those_apart() -> None:
    watcher = Watcher(Asked(lambda _, work: Step(work.shift if work.worked else "")), WORKS)
    steps, group = watcher.steps(0, TUESDAY)
    assert [steps[g].state for g in group] == ["", "E", "L", "S"]


def test_works_as_such_cannot_be_compared() -> None:
    watcher = Watcher(Asked(lambda _, work: Step(work == OFF)), WORKS)
    with pytest.raises(TypeError, match="do not compare works"):
        watcher.steps(0, TUESDAY)


@given(st.lists(st.sampled_from(WORKS), max_size=6), st.sampled_from(WORKS))
def test_the_steps_are_those_of_the_counter(days: list[DayWork], last: DayWork) -> None:
    for counter in (HoursCounter(960, 1200, 480, 480), RestCounter(2100, 1440)):
        watcher, state = Watcher(counter, WORKS), counter.start()
        for left, work in zip(range(6, -1, -1), (*days, last), strict=False):
            day = Day(left, weekend=left < 2)
            steps, group = watcher.steps(state, day)
            assert [steps[g] for g in group] == [counter.step(state, day, w) for w in WORKS]
            state = steps[group[WORKS.index(work)]].state
