"""Shift templates held against duties to give breaks."""

from __future__ import annotations

import pytest
from shiftcast.data.law import laws
from shiftcast.data.law.breaks import BreakFault, BreakFaultKind, break_faults
from shiftcast.data.shifts import BreakKind, BreakRule, ShiftKind, ShiftTemplate

SHORT, LATE, EDGE, STRETCH, UNPAID = BreakFaultKind
LUNCH = BreakRule(30, False, 210, 300)  # begins 3:30 to 5:00 after the start
TEA = BreakRule(15, True, 90, 150)


def faults(key: str, paid: int, *breaks: BreakRule) -> list[BreakFault]:
    shift = ShiftTemplate("D", paid, 480, 480, breaks=breaks)
    return [fault for duty in laws()[key].breaks for fault in break_faults(duty, shift)]


def test_an_ordinary_day_keeps_every_law() -> None:
    """8 paid hours, tea 1:30–2:30 and 5:30–7:00 after the start, lunch between. The longest time
    on end is from the earliest end of lunch (4:00) to the latest second tea (7:00)."""
    late_tea = BreakRule(15, True, 330, 420)
    for key in laws():
        assert faults(key, 480, TEA, LUNCH, late_tea) == []


def test_six_hours_need_no_break_but_a_minute_more_does() -> None:
    assert faults("DE", 360) == []
    assert faults("DE", 365)[0] == BreakFault(SHORT, 0, 30)
    assert faults("EU", 365) == [BreakFault(SHORT, 0, 1)]


def test_pieces_that_are_too_short_do_not_count() -> None:
    """Germany: 45 minutes above nine hours, in pieces of 15: 30 + 10 are 30."""
    assert BreakFault(SHORT, 30, 45) in faults("DE", 570, BreakRule(10, True, 90, 120), LUNCH)
    assert faults("DE", 570, TEA, LUNCH) == []
    assert faults("UK", 480, TEA, BreakRule(15, True, 240, 300)) == [BreakFault(SHORT, 0, 20)]


def test_no_more_than_six_hours_on_end() -> None:
    """A break at 1:00–2:00 in 8:30 leaves up to 8:30 − 1:30 = 7 hours after it."""
    early = BreakRule(30, False, 60, 120)
    assert faults("DE", 480, early) == [BreakFault(STRETCH, 420, 360)]


def test_in_britain_a_break_is_at_neither_end() -> None:
    assert faults("UK", 480, BreakRule(20, True, 0, 60)) == [BreakFault(EDGE, 20, 20)]
    assert faults("UK", 480, BreakRule(20, True, 5, 460)) == [BreakFault(EDGE, 20, 20)]
    assert faults("UK", 480, BreakRule(20, True, 5, 455)) == []


def test_californian_meals_begin_in_time() -> None:
    rests = (BreakRule(10, True, 60, 120), BreakRule(10, True, 360, 400))
    assert faults("US-CA", 480, rests[0], BreakRule(30, False, 240, 330), rests[1]) == [
        BreakFault(LATE, 330, 300)
    ]
    assert faults("US-CA", 480, rests[0], LUNCH, rests[1]) == []


def test_a_second_californian_meal() -> None:
    """Above ten hours a second meal, by the end of the tenth; three paid rests."""
    rests = tuple(BreakRule(10, True, start, start) for start in (60, 360, 660))
    day = (rests[0], LUNCH, rests[1], BreakRule(30, False, 480, 610), rests[2])
    assert faults("US-CA", 690, *day) == [BreakFault(LATE, 610, 600)]
    assert faults("US-CA", 690, rests[0], LUNCH, rests[1], rests[2]) == [
        BreakFault(SHORT, 30, 60, waivable=True)
    ]


def test_a_meal_that_both_sides_may_waive() -> None:
    rest = BreakRule(10, True, 60, 120)
    assert faults("US-CA", 360, rest) == [BreakFault(SHORT, 0, 30, waivable=True)]
    assert BreakFault(SHORT, 0, 30) in faults("US-CA", 420, rest)
    assert faults("US-CA", 300, rest) == []  # five hours, not more


def test_rests_are_paid_where_the_law_pays_them() -> None:
    unpaid = BreakRule(10, False, 60, 120)
    assert faults("US-CA", 300, unpaid) == [BreakFault(SHORT, 0, 10)]
    assert faults("US", 300, unpaid) == [BreakFault(UNPAID, 10, 20)]
    assert faults("US", 300, BreakRule(25, False, 60, 120)) == []


@pytest.mark.parametrize("key", laws())
def test_who_is_on_call_takes_no_breaks(key: str) -> None:
    shift = ShiftTemplate("S", 600, 480, 480, kind=ShiftKind.ON_CALL)
    assert [fault for duty in laws()[key].breaks for fault in break_faults(duty, shift)] == []


def test_the_gap_of_a_split_shift_is_a_break() -> None:
    assert faults("DE", 480, BreakRule(120, False, 240, 240, BreakKind.SPLIT)) == []
