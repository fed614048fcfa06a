"""Hours off cut out of shifts as planned, each case checked by hand."""

from __future__ import annotations

from dataclasses import replace

from shiftcast.data.people import TimeOff
from shiftcast.data.shifts import BreakRule
from shiftcast.scheduling.rostering.hours_off import without_hours_off
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Assignment, Away, Break, MeetingSpan, QueueSpan

from tests.factories import MONDAY, a_problem, a_shift

LUNCH = BreakRule(60, False, 180, 300)
DAY = a_shift("D", paid_min=480, earliest_start=540, latest_start=540, breaks=(LUNCH,))
NIGHT = a_shift("N", paid_min=480, earliest_start=1320, latest_start=1320)


def asked(since: int = 0, until: int | None = None, **told: object) -> RosterProblem:
    off = replace(TimeOff("A1", MONDAY, MONDAY, True, "sick", since, until), **told)
    return a_problem(shifts=(DAY, NIGHT), time_off=(off,))


def planned(lunch: int = 780) -> Assignment:
    """From 09:00 to 18:00 with an hour's lunch, on the phone, then on chat."""
    return Assignment(
        "A1",
        0,
        "D",
        540,
        1080,
        (Break(lunch, lunch + 60, paid=False),),
        (QueueSpan(540, lunch, "phone"), QueueSpan(lunch + 60, 1080, "chat")),
    )


def test_who_leaves_early_keeps_the_shift_and_the_rest_of_it() -> None:
    cut = without_hours_off(asked(900), planned())
    assert cut.away == (Away(900, 1080, paid=True),)
    assert (cut.start, cut.end, cut.paid_minutes) == (540, 1080, 480)
    assert cut.there == (540, 900)
    assert cut.queues == (QueueSpan(540, 780, "phone"), QueueSpan(840, 900, "chat"))
    assert cut.working() == [(540, 780), (840, 900)]


def test_who_is_away_between_comes_back() -> None:
    cut = without_hours_off(asked(600, 660), planned())
    assert cut.pieces == ((540, 600), (660, 1080))
    assert [(s.start, s.end) for s in cut.queues] == [(540, 600), (660, 780), (840, 1080)]


def test_hours_beside_a_shift_change_nothing() -> None:
    for problem in (asked(0, 540), asked(1080), asked(600, agent="A2")):
        assert without_hours_off(problem, planned()) == planned()


def test_who_goes_before_midnight_is_away_to_the_end_of_the_night() -> None:
    night = Assignment("A1", 0, "N", 1320, 1800)
    assert without_hours_off(asked(1380), night).away == (Away(1380, 1800, paid=True),)
    until_midnight = without_hours_off(asked(1380, 1440), night)
    assert until_midnight.away == (Away(1380, 1440, paid=True),)


def test_a_meeting_that_somebody_misses_a_part_of_is_missed() -> None:
    talk, lesson = MeetingSpan(600, 660, "Talk"), MeetingSpan(870, 930, "Lesson")
    cut = without_hours_off(asked(900), replace(planned(), meetings=(talk, lesson)))
    assert cut.meetings == (talk,)


def test_a_lunch_in_hours_off_is_taken_in_those_present() -> None:
    """Away from 10:30 to 13:00, lunch at 12:00: 13:00 is the nearest that its window lets."""
    problem = asked(630, 780)
    assert without_hours_off(problem, planned(720)).breaks[0].start == 780
    assert without_hours_off(problem, planned(720), since=800).breaks[0].start == 720  # it is over


def test_after_few_hours_nobody_is_sent_to_lunch() -> None:
    """There from 09:00 to 12:30, lunch at 13:00: three and a half hours without one will do."""
    cut = without_hours_off(asked(750), planned())
    assert cut.breaks == planned().breaks
    assert cut.breaks_taken == ()
    assert cut.working() == [(540, 750)]


def test_cut_again_it_is_the_same_and_further_hours_come_on_top() -> None:
    once = without_hours_off(asked(900), planned())
    assert without_hours_off(asked(900), once) == once
    more = without_hours_off(asked(0, 600), once)
    assert more.away == (Away(540, 600, paid=True), Away(900, 1080, paid=True))
    longer = without_hours_off(asked(870), once)
    assert longer.away == (Away(870, 1080, paid=True),)
