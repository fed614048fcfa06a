"""Last week's roster keeps every rule, whatever crew is drawn."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from shiftcast.data.sample.crew import draw_crew
from shiftcast.data.sample.previous import Worked, previous_week
from shiftcast.data.sample.shifts import CONTRACTS, SHIFTS, WORKED, named_shifts
from shiftcast.data.shifts import ShiftTemplate

MONDAY = date(2026, 11, 30)
AWAY = frozenset({("A024", MONDAY + timedelta(days=d)) for d in (2, 3, 4)})


def roster(seed: int) -> tuple[Worked, ...]:
    rng = np.random.default_rng(seed)
    return previous_week(draw_crew("en", rng), SHIFTS, AWAY, MONDAY, rng)


def weeks(seed: int) -> dict[str, list[Worked]]:
    found: dict[str, list[Worked]] = defaultdict(list)
    for worked in roster(seed):
        found[worked.agent.id].append(worked)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_days_and_minutes_keep_the_contract(seed: int) -> None:
    contracts = {contract.id: contract for contract in CONTRACTS}
    for agent, week in weeks(seed).items():
        contract = contracts[week[0].agent.contract]
        absent = sum(1 for away, _ in AWAY if away == agent)
        assert contract.min_days <= len(week) + absent <= contract.max_days
        minutes = sum(worked.shift.paid_min for worked in week)
        assert contract.max_minutes is not None
        assert minutes <= contract.max_minutes
        assert minutes >= contract.min_minutes
        assert {worked.shift.code for worked in week} <= set(contract.shift_codes)


@pytest.mark.parametrize("seed", range(4))
def test_rest_and_days_off(seed: int) -> None:
    contracts = {contract.id: contract for contract in CONTRACTS}
    for week in weeks(seed).values():
        for first, second in pairwise(week):
            gap = (second.day - first.day).days * 1440 + second.start - first.end
            assert gap >= 11 * 60
        worked = {(entry.day - MONDAY).days for entry in week}
        together = contracts[week[0].agent.contract].min_days_off_together
        free = [all(d + i not in worked for i in range(together)) for d in range(8 - together)]
        assert any(free)


@pytest.mark.parametrize("seed", range(4))
def test_availability_and_absences_are_kept(seed: int) -> None:
    for worked in roster(seed):
        assert (worked.agent.id, worked.day) not in AWAY
        span = worked.agent.availability[worked.day.weekday()]
        assert span is None or (
            len(span) == 2 and span[0] <= worked.start and worked.end <= span[1]
        )


def test_breaks_lie_in_their_windows_in_order() -> None:
    for worked in roster(1):
        at = worked.start
        for pause, rule in zip(worked.pauses, worked.shift.breaks, strict=True):
            assert rule.earliest_offset <= pause.start - worked.start <= rule.latest_offset
            assert pause.end - pause.start == rule.minutes
            assert pause.start >= at
            at = pause.end
        assert at <= worked.end


def test_working_time_is_spent_on_open_queues_the_agent_knows() -> None:
    for worked in roster(1):
        at_work = worked.shift.length_min - sum(rule.minutes for rule in worked.shift.breaks)
        on_queue = 0
        for start, end, queue in worked.spans:
            assert queue in worked.agent.skills
            assert WORKED[queue][0] <= start < end <= WORKED[queue][1]
            assert not any(p.start < end and start < p.end for p in worked.pauses)
            on_queue += end - start
        assert on_queue == at_work


def test_two_skills_are_both_used() -> None:
    both = [worked for worked in roster(1) if worked.agent.skills == {"phone", "chat"}]
    assert {queue for worked in both for *_, queue in worked.spans} == {"phone", "chat"}


@pytest.mark.parametrize("seed", range(4))
def test_every_queue_is_staffed_at_midday_and_chat_until_midnight(seed: int) -> None:
    for number in range(7):
        day = MONDAY + timedelta(days=number)
        spans = [span for worked in roster(seed) if worked.day == day for span in worked.spans]
        for queue in WORKED:
            assert any(a <= 11 * 60 < b and name == queue for a, b, name in spans)
    assert any(b == 24 * 60 for worked in roster(seed) for _, b, _ in worked.spans)


def test_an_agent_without_a_fitting_shift_is_told() -> None:
    rng = np.random.default_rng(1)
    with pytest.raises(ValueError, match="A001 fits no shift of contract full"):
        previous_week(draw_crew("en", rng), (*_nights(), *SHIFTS[3:]), AWAY, MONDAY, rng)


def _nights() -> list[ShiftTemplate]:
    """Early, day and late shifts that all run past the phone's closing."""
    return [replace(s, earliest_start=1400, latest_start=1400) for s in SHIFTS[:3]]


def test_shift_names_are_said_in_the_language() -> None:
    assert [s.name for s in named_shifts("en")][:3] == ["Early", "Day", "Late"]
    assert [s.name for s in named_shifts("zh-CN")][:3] == ["早班", "中班", "晚班"]
