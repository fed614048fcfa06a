"""A scenario's shift types: changed, new and removed, and every error in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from shiftcast.data.centre import Centre
from shiftcast.data.errors import InputError
from shiftcast.data.people import Contract, FixedAssignment
from shiftcast.data.readers.scenario import read_scenario
from shiftcast.data.rules import Rules
from shiftcast.data.scenario import Scenario
from shiftcast.data.scenario_shifts import ShiftChanges
from shiftcast.data.shifts import BreakRule, ShiftKind, ShiftTemplate, WantedShift

from tests.unit.planning.small import GRID, MONDAY, a_centre

LUNCH = BreakRule(60, False, 240, 300)
EARLY = ShiftTemplate("E8", 480, 480, 480, 60, (LUNCH,), not_before=frozenset({"L8"}))
LATE = ShiftTemplate("L8", 480, 660, 720, 30, (LUNCH,))
CENTRE = a_centre(
    shifts=(EARLY, LATE),
    contracts=(Contract("full", ("E8", "L8"), shift_limits=(("L8", 3), ("E8", 4))),),
    rules=Rules(shift_limits=(("L8", 9),)),
    fixed=(FixedAssignment("A1", MONDAY, "L8"), FixedAssignment("A2", MONDAY, None)),
    wanted_shifts=(WantedShift(MONDAY, "L8", 2), WantedShift(MONDAY, "E8", 2)),
)
REMOVE_LATE = '[[shift]]\ncode = "L8"\nremove = true\n'


def changed(tmp_path: Path, content: str) -> Centre:
    path = tmp_path / "what.toml"
    path.write_text(content, encoding="utf-8")
    return read_scenario(path, CENTRE).apply_to(CENTRE, GRID.first_day, GRID.last_day)


def problems(tmp_path: Path, content: str) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(InputError) as caught:
        changed(tmp_path, content)
    return [(p.row, p.column, p.message()) for p in caught.value.problems]


def test_cells_that_are_not_named_stay(tmp_path: Path) -> None:
    found = changed(
        tmp_path,
        """
        [[shift]]
        code = "L8"
        earliest_start = "10:30"
        breaks = "15 paid 01:30-02:00; 30 unpaid 04:00-05:00"
        """,
    )
    breaks = (BreakRule(15, True, 90, 120), BreakRule(30, False, 240, 300))
    assert found.shifts == (EARLY, replace(LATE, earliest_start=630, breaks=breaks))
    assert found.contracts == CENTRE.contracts


def test_a_shift_of_one_start_moves_with_it(tmp_path: Path) -> None:
    (early, _) = changed(tmp_path, 'shift = [{ code = "E8", earliest_start = "09:00" }]').shifts
    assert (early.earliest_start, early.latest_start) == (540, 540)


def test_a_new_shift_has_what_a_row_of_shifts_csv_has(tmp_path: Path) -> None:
    found = changed(
        tmp_path,
        """
        [[shift]]
        code = "S4"
        paid_minutes = 240
        earliest_start = "17:00"
        latest_start = "19:00"
        weekdays = "fri-sun"
        kind = "on_call"
        [[shift]]
        code = "S4"
        start_every = 60
        """,
    )
    assert found.shifts[:2] == CENTRE.shifts
    assert found.shifts[2] == ShiftTemplate(
        "S4", 240, 1020, 1140, 60, weekdays=frozenset({4, 5, 6}), kind=ShiftKind.ON_CALL
    )


def test_what_speaks_of_a_removed_shift_goes_with_it(tmp_path: Path) -> None:
    found = changed(tmp_path, REMOVE_LATE)
    assert found.shifts == (replace(EARLY, not_before=frozenset()),)
    assert found.contracts == (Contract("full", ("E8",), shift_limits=(("E8", 4),)),)
    assert found.rules.shift_limits == ()
    assert found.fixed == (FixedAssignment("A2", MONDAY, None),)
    assert found.wanted_shifts == (WantedShift(MONDAY, "E8", 2),)


def test_a_contract_without_a_shift_is_told_unless_it_gets_others(tmp_path: Path) -> None:
    both = REMOVE_LATE + REMOVE_LATE.replace("L8", "E8")
    new = '[[shift]]\ncode = "N8"\npaid_minutes = 480\nearliest_start = "09:00"\n'
    assert problems(tmp_path, both + new) == [
        (1, "shift[1]", "Contract full would have no shift left to work.")
    ]
    contract = '[[contract]]\nid = "full"\nshifts = ["N8"]\nshift_limits = {}\n'
    assert changed(tmp_path, both + new + contract).contracts[0].shift_codes == ("N8",)
    with pytest.raises(ValueError, match="would have no shift"):
        ShiftChanges(removed=frozenset({"E8", "L8"})).applied_to(CENTRE)


def test_errors_are_those_of_shifts_csv_at_the_line_of_the_scenario(tmp_path: Path) -> None:
    content = """[[shift]]
code = "E8"
earliest_start = "late"
paid_minutes = 7.5
"""
    assert problems(tmp_path, content) == [
        (4, "shift[1].paid_minutes", "7.5 is not a number of minutes.")
    ]
    content = """[[shift]]
code = "E8"
earliest_start = "late"
breaks = "lunch"
[[shift]]
code = "L8"
latest_start = "08:00"
paid_minutes = 482
[[shift]]
code = "E9"
paid_minutes = 480
[[shift]]
code = "E7"
remove = true
[[shift]]
code = "L8"
remove = true
weekdays = "mon"
[[shift]]
code = "L8"
not_before = "E8; N8"
"""
    told = problems(tmp_path, content)
    assert [(row, column) for row, column, _ in told] == [
        (3, "shift[1].earliest_start"),
        (4, "shift[1].breaks"),
        (7, "shift[2].latest_start"),
        (8, "shift[2].paid_minutes"),
        (9, "shift[3]"),
        (13, "shift[4].code"),
        (15, "shift[5]"),
        (21, "shift[6].not_before"),
    ]
    assert [message for *_, message in told[4:]] == [
        "There is no shift E9, and for a new one earliest_start is missing.",
        "There is no shift E7.",
        "Shift L8 is removed and changed at once.",
        "There is no shift N8.",
    ]


def test_no_changes_leave_the_centre_as_it_is() -> None:
    assert Scenario("x").apply_to(CENTRE, GRID.first_day, GRID.last_day) == CENTRE
