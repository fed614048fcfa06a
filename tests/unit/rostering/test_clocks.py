"""Clock times that rules over days cannot tell apart are one."""

from __future__ import annotations

from shiftcast.data.rules import Rotation, Rules
from shiftcast.scheduling.rostering.clocks import clock_classes, weekly_rest

from tests.factories import a_past, a_problem, a_shift

REST = (2100, 1440)  # 35 hours, 24 of them in the week


def test_without_a_rule_about_times_all_are_one() -> None:
    classes = clock_classes({480, 540, 840}, {960, 1020, 1320}, (), order_matters=False)
    assert set(classes.begin.values()) == {480}
    assert set(classes.end.values()) == {960}


def test_ends_that_a_day_off_makes_a_rest_of_are_one() -> None:
    """After an end by 21:00 a day off and 08:00 are 35 hours; after 22:00 it takes a start at 09:00
    or later."""
    classes = clock_classes({480, 540, 840}, {960, 1260, 1320}, [REST], order_matters=False)
    assert classes.end[960] == classes.end[1260] != classes.end[1320]
    assert classes.begin[480] != classes.begin[540] == classes.begin[840]


def test_an_end_after_midnight_leaves_less_of_the_next_day() -> None:
    """02:00 and a day off are 46 hours until midnight's midnight, 22 of them on the day off."""
    classes = clock_classes({1080}, {1440, 1560}, [REST], order_matters=False)
    assert classes.end[1440] != classes.end[1560]


def test_forward_rotation_tells_every_start() -> None:
    classes = clock_classes({480, 540, 840}, {960, 1020}, (), order_matters=True)
    assert classes.begin == {480: 480, 540: 540, 840: 840}
    assert set(classes.end.values()) == {960}


def test_the_rest_between_shifts_may_lie_in_the_weeks_beside() -> None:
    assert weekly_rest(Rules()) is None
    assert weekly_rest(Rules(min_weekly_rest_min=2100, min_rest_min=660)) == (2100, 1440)
    assert weekly_rest(Rules(min_weekly_rest_min=600, min_rest_min=660)) == (600, 1)


def test_a_problem_knows_its_shifts_and_those_published() -> None:
    rules = Rules(rotation=Rotation.FORWARD)
    asked = a_problem(shifts=(a_shift(latest_start=540),), rules=rules)
    assert set(asked.clock_classes.begin) == {480, 540}
    early = a_problem(shifts=(a_shift(earliest_start=420, latest_start=420),))
    known = a_problem(shifts=asked.shifts, rules=rules, history=a_past(early, "D"))
    assert set(known.clock_classes.begin) == {420, 480, 540}
    assert set(known.clock_classes.end) == {900, 960, 1020}
