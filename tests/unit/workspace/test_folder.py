"""What a planner is warned of before days are planned."""

from datetime import date
from pathlib import Path

from shiftcast.cli.workspace.folder import Workspace, warnings_for
from shiftcast.data.calendar import Calendar
from shiftcast.data.centre import Centre
from shiftcast.data.errors import Problem, Severity
from shiftcast.data.readers.settings import CentreInputs, Settings
from shiftcast.data.targets import QueueProfile

OWN = Problem("input.notice_missing", {"country": "CN", "year": 2030}, severity=Severity.WARNING)


def warned(country: str, start: date, days: int) -> list[object]:
    centre = Centre("C", "Asia/Shanghai", 15, (QueueProfile("phone"),), calendar=Calendar(country))
    place = Workspace(Path(), CentreInputs(centre, Settings(), (OWN,), {}))
    return [problem.params["year"] for problem in warnings_for(place, place.grid(start, days))]


def test_a_year_without_an_official_notice_is_warned_of_once() -> None:
    # 2026's notice is known; of 2027 only the statutory days are.
    assert warned("CN", date(2026, 12, 28), 7) == [2030, 2027]
    assert warned("CN", date(2026, 12, 21), 7) == [2030]


def test_a_country_without_moved_days_is_not_warned_of() -> None:
    assert warned("DE", date(2027, 1, 4), 7) == [2030]
