"""Laws named in shiftcast.toml, numbers in their place, and shifts that lack breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from said_to_planner import told
from shiftcast.data.errors import InputError, Problem
from shiftcast.data.readers.settings import CentreInputs
from shiftcast.data.readers.workspace import read_centre

CONFIG = """\
[centre]
name = "Small"
time_zone = "Europe/Berlin"
[[queue]]
name = "phone"
[[contract]]
id = "full"
rest_hours = 9
[rules]
rest_hours = 8
"""
SHIFTS = "code,paid_minutes,earliest_start,breaks\n"
GOOD = "E8,480,08:00,15 paid 01:30-02:30; 30 unpaid 03:30-05:00; 15 paid 05:30-07:00\n"


def centre(tmp_path: Path, rules: str, shifts: str = GOOD) -> CentreInputs:
    (tmp_path / "shiftcast.toml").write_text(CONFIG + rules, encoding="utf-8")
    (tmp_path / "shifts.csv").write_text(SHIFTS + shifts, encoding="utf-8")
    return read_centre(tmp_path)


def problems_of(tmp_path: Path, rules: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        centre(tmp_path, rules)
    return caught.value.problems


def test_the_law_reaches_rules_and_contracts(tmp_path: Path) -> None:
    inputs = centre(tmp_path, 'law = "Germany"\n')
    assert inputs.warnings == ()
    assert inputs.centre.rules.min_rest_min == 660
    assert inputs.centre.contracts[0].min_rest_min == 660
    assert {row.law for row in inputs.centre.law.rows} == {"DE"}


def test_several_laws_and_numbers_in_their_place(tmp_path: Path) -> None:
    rules = 'law = ["EU", "US-CA"]\n[rules.law_adjusted]\nrest_hours = 10\ndays_per_week = 5\n'
    found = centre(tmp_path, rules).centre
    assert found.rules.min_rest_min == 600
    assert found.contracts[0].max_days == 5
    assert [row.law for row in found.law.adjusted] == ["EU", "US-CA"]
    assert {row.law for row in found.law.rows} == {"EU", "US-CA", "US"}


def test_no_law_no_rows(tmp_path: Path) -> None:
    assert centre(tmp_path, "").centre.law.rows == ()


@pytest.mark.parametrize(
    ("rules", "code", "column"),
    [
        ('law = "DD"\n', "config.unknown_law", "rules.law"),
        ("law = 7\n", "config.not_list", "rules.law"),
        (
            'law = "US"\n[rules.law_adjusted]\nrest_hours = 10\n',
            "config.nothing_adjusted",
            "rules.law_adjusted.rest_hours",
        ),
        (
            'law = "CN"\n[rules.law_adjusted]\naverage_weeks = 10\n',
            "config.nothing_adjusted",
            "rules.law_adjusted.average_weeks",
        ),
        (
            "[rules.law_adjusted]\nseats = 10\n",
            "config.unknown_key",
            "rules.law_adjusted.seats",
        ),
    ],
)
def test_faults(tmp_path: Path, rules: str, code: str, column: str) -> None:
    (problem,) = problems_of(tmp_path, rules)
    told([problem])
    assert (problem.code, problem.column) == (code, column)


@pytest.mark.parametrize(
    ("law", "breaks", "codes"),
    [
        ("DE", "none", ["law.breaks.short"]),
        ("DE", "30 unpaid 01:00-02:00", ["law.breaks.stretch"]),
        ("UK", "30 unpaid 00:00-02:00", ["law.breaks.edge"]),
        ("US", "20 unpaid 04:00-05:00", ["law.breaks.unpaid"]),
        (
            "US-CA",
            "10 paid 01:00-02:00; 30 unpaid 04:00-05:30; 10 paid 06:00-07:00",
            ["law.breaks.late"],
        ),
    ],
)
def test_shifts_without_the_breaks_that_a_law_asks_for(
    tmp_path: Path, law: str, breaks: str, codes: list[str]
) -> None:
    inputs = centre(tmp_path, f'law = "{law}"\n', f"E8,480,08:00,{breaks}\n")
    found = [problem for problem in inputs.warnings if problem.code in codes]
    assert [(code, row) for code, row, _ in told(found)] == [(code, 2) for code in codes]


def test_a_meal_that_may_be_waived_is_said_so(tmp_path: Path) -> None:
    shifts = "P6,360,08:00,10 paid 01:00-02:00\n"
    (warning,) = centre(tmp_path, 'law = "US-CA"\n', shifts).warnings
    told([warning])
    assert warning.message() == (
        "Shift P6 has 0 minutes of break that count; US-CA Lab. Code 512 (a) asks for 30, unless "
        "both sides waive them."
    )


def test_a_shift_that_a_law_makes_too_long(tmp_path: Path) -> None:
    text = 'law = "DE"\n[[contract]]\nid = "long"\nshifts = ["T12"]\n'
    shifts = GOOD + "T12,720,08:00,30 unpaid 04:00-05:00; 30 unpaid 08:00-09:00\n"
    (warning,) = centre(tmp_path, text, shifts).warnings
    told([warning])
    assert (warning.code, warning.column) == ("input.shift_exceeds_day", "contract long: shifts")
    assert "12 paid hours, but at most 10 a day" in warning.message()
