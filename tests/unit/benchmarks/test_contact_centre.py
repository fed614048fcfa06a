"""The benchmark's instance format becomes a roster problem of the product, and back."""

import csv
from pathlib import Path
from typing import Any

from shiftcast.data.people import RequestKind
from shiftcast.scheduling.rostering.roster import Assignment, Break, QueueSpan, Roster

from benchmarks.contact_centre import read_problem, write_assignments, write_roster

INSTANCE: dict[str, Any] = {
    "name": "two",
    "days": 7,
    "interval_minutes": 15,
    "start": "2026-11-30",
    "queues": ["service", "sales"],
    "requirement": {"service": [1] * 672, "sales": [0] * 672},
    "shift_types": [
        {
            "id": "F8",
            "paid_minutes": 480,
            "grid_minutes": 30,
            "earliest_start": 420,
            "latest_start": 600,
            "breaks": [
                {"minutes": 30, "paid": False, "earliest_offset": 210, "latest_offset": 300}
            ],
        }
    ],
    "contracts": [
        {"id": "full", "shift_types": ["F8"], "days_per_week": 5, "min_consecutive_days_off": 2}
    ],
    "agents": [
        {
            "id": "A1",
            "contract": "full",
            "skills": ["service"],
            "availability": [[480, 1080], None, None, None, None, None, None],
            "time_off": [3],
            "day_off_requests": [[1, 5]],
            "shift_requests": [[2, "end_by", 1020, 10]],
        }
    ],
    "rules": {"min_rest_minutes": 660, "max_consecutive_days": 6},
    "weights": {"under": 10, "over": 1},
}


def test_an_instance_becomes_a_problem() -> None:
    problem = read_problem(INSTANCE)
    assert [demand.queue for demand in problem.demands] == ["service", "sales"]
    assert problem.agents[0].availability[:2] == ((480, 1080), None)
    assert (problem.contracts[0].min_days, problem.contracts[0].max_days) == (5, 5)
    assert problem.shifts[0].length_min == 510
    assert problem.time_off[0].first == problem.grid.dates[3]
    assert [(r.kind, r.day, r.minute) for r in problem.requests] == [
        (RequestKind.DAY_OFF, problem.grid.dates[1], None),
        (RequestKind.END_BY, problem.grid.dates[2], 1020),
    ]


def test_a_missing_agent_costs_the_same_an_interval() -> None:
    # 10 an interval of a quarter of an hour are 40 an hour.
    weights = read_problem(INSTANCE).weights
    assert (weights.under, weights.over) == (40.0, 4.0)


def test_a_roster_is_written_as_the_checker_reads_it(tmp_path: Path) -> None:
    day = 1440
    shift = Assignment(
        agent="A1",
        day=1,
        shift_code="F8",
        start=day + 480,
        end=day + 990,
        breaks=(Break(day + 720, day + 750, False),),
        queues=(
            QueueSpan(day + 480, day + 720, "service"),
            QueueSpan(day + 750, day + 990, "service"),
        ),
    )
    roster = Roster(read_problem(INSTANCE).grid, (shift,))
    write_roster(roster, tmp_path / "roster.csv")
    write_assignments(roster, tmp_path / "queues.csv")
    with (tmp_path / "roster.csv").open(newline="") as file:
        assert list(csv.reader(file)) == [
            ["agent_id", "day", "shift_type", "start_minute", "break_starts"],
            ["A1", "1", "F8", "480", "720"],
        ]
    with (tmp_path / "queues.csv").open(newline="") as file:
        rows = list(csv.reader(file))[1:]
    # 96 quarters of the first day, then from 08:00 (32) to 16:30 (66), the break from 12:00 out.
    assert [int(row[1]) - 96 for row in rows] == [*range(32, 48), *range(50, 66)]
