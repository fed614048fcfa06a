from dataclasses import replace

from shiftcast.cli.report.gantt import gantt_data
from shiftcast.data.grid import TimeGrid
from shiftcast.scheduling.rostering.roster import Assignment, Away, MeetingSpan, Roster

from tests.factories_plan import FIRST_DAY, QUEUES, make_plan

PLAN = make_plan(agents=10)


def test_every_shift_is_on_the_day_it_starts() -> None:
    data = gantt_data(PLAN.problem, PLAN.roster, QUEUES)
    assert sum(len(day) for day in data["days"]) == len(PLAN.roster.assignments)
    # a003 is on leave on Tuesday and Wednesday.
    assert [day.count(3) for day in data["leave"]] == [0, 1, 1, 0, 0, 0, 0]


def test_minutes_count_from_the_days_midnight_and_queues_from_the_given_order() -> None:
    data = gantt_data(PLAN.problem, PLAN.roster, QUEUES)
    shift = next(s for s in data["days"][3] if s[0] == 4)
    # a004 serves chat and email and works the late shift from 15:00: 8 h paid and a meal of 45 min.
    assert shift[1:4] == ["L8", 900, 900 + 480 + 45]
    assert {span[2] for span in shift[4]} == {1, 2}
    assert [pause[2] for pause in shift[5]] == [1, 0]
    assert shift[6] == 480


def test_agents_come_with_team_and_skills() -> None:
    data = gantt_data(PLAN.problem, PLAN.roster, QUEUES)
    assert data["skills"] == ["chat", "email", "phone"]
    assert data["teams"] == ["East", "North", "South"]
    assert data["agents"][4] == ["a004", "Liu Yang 4", "South", [0, 1]]


def test_a_split_gap_is_no_break() -> None:
    data = gantt_data(PLAN.problem, PLAN.roster, QUEUES)
    shift = next(s for s in data["days"][0] if s[0] == 7)
    assert shift[5] == [[780, 1020, 2]]


def test_a_meeting_has_its_name() -> None:
    first, *others = PLAN.roster.assignments
    held = replace(first, meetings=(MeetingSpan(first.start, first.start + 30, "talk"),))
    roster = replace(PLAN.roster, assignments=(held, *others))
    shifts = gantt_data(PLAN.problem, roster, QUEUES)["days"][first.day]
    assert [s[7] for s in shifts if len(s) > 7] == [[[first.start, first.start + 30, "talk"]]]


def test_hours_away_stand_in_the_place_of_breaks_in_them() -> None:
    first, *others = PLAN.roster.assignments
    *taken, last = first.breaks
    cut = replace(first, away=(Away(last.start, first.end, paid=True),))
    roster = replace(PLAN.roster, assignments=(cut, *others))
    shifts = gantt_data(PLAN.problem, roster, QUEUES)["days"][first.day]
    (pauses,) = [s[5] for s in shifts if s[5][-1][2] == 3]
    assert pauses[-1] == [last.start, first.end, 3]
    assert len(pauses) == len(taken) + 1


def test_hours_cover_the_days_shifts() -> None:
    data = gantt_data(PLAN.problem, PLAN.roster, QUEUES)
    for shifts, hours in zip(data["days"], data["hours"], strict=True):
        assert hours[0][0] <= min(s[2] for s in shifts)
        assert hours[-1][0] >= max(s[3] for s in shifts)


def test_a_night_shift_runs_into_the_next_day() -> None:
    night = Assignment("a000", 1, "L8", 1440 + 22 * 60, 1440 + 30 * 60)
    data = gantt_data(PLAN.problem, Roster(PLAN.grid, (night,)), QUEUES)
    assert data["days"][1][0][2:4] == [1320, 1800]
    assert data["hours"][1][0] == [1320, "22:00"]
    assert data["hours"][1][-1] == [1800, "06:00"]


def test_the_hours_of_a_clock_change_are_the_clocks() -> None:
    # Berlin, 25 October 2026: 02:00 comes twice, so the fourth hour of the day is 02:00 again.
    grid = TimeGrid(FIRST_DAY.replace(month=10, day=25), 1, 15, "Europe/Berlin")
    problem = replace(PLAN.problem, grid=grid, demands=(), requests=(), time_off=())
    shift = Assignment("a000", 0, "E8", 60, 360)
    data = gantt_data(problem, Roster(grid, (shift,)), QUEUES)
    assert [clock for _, clock in data["hours"][0]] == [
        "01:00",
        "02:00",
        "02:00",
        "03:00",
        "04:00",
        "05:00",
    ]


def test_what_lies_outside_the_plan_is_left_out() -> None:
    outside = (
        Assignment("a000", -1, "E8", -900, -420),
        Assignment("nobody", 0, "E8", 480, 960),
    )
    data = gantt_data(PLAN.problem, Roster(PLAN.grid, outside), QUEUES)
    assert data["days"] == [[]] * 7
    assert data["hours"][0][0] == [480, "08:00"]
