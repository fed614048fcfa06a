import pytest
from hypothesis import given
from hypothesis import strategies as st
from shiftcast.cli.exports.safe_cells import harmless, harmless_row, original


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+SUM(A1)", "-2+3", "@SUM(1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "-", "+"],
)
def test_text_that_begins_like_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell", ["", "E8", "08:00–16:30", "a-b", "a=b", "-4", "-4.5", "+8613800000000", "-1,250.75"]
)
def test_plain_text_and_numbers_as_text_stay(cell: str) -> None:
    assert harmless(cell) == cell


@pytest.mark.parametrize("value", [-4, -4.5, 0, None, True])
def test_real_numbers_are_never_touched(value: object) -> None:
    assert harmless(value) is value


def test_digits_of_other_scripts_do_not_pass_for_numbers() -> None:
    # Arabic-Indic digits after a minus: no number to a CSV reader that looks for ASCII.
    assert harmless("-٤") == "'-٤"


@given(st.text())
def test_what_was_made_harmless_can_be_read_back(cell: str) -> None:
    guarded = harmless(cell)
    assert isinstance(guarded, str)
    assert original(guarded) == cell
    assert not guarded.startswith(("=", "@", "\t", "\r"))


@pytest.mark.parametrize("cell", ["'=1", "''=1", "'-4", "-4", "'"])
def test_apostrophes_in_front_survive_the_way_there_and_back(cell: str) -> None:
    assert original(str(harmless(cell))) == cell


def test_an_apostrophe_of_the_planners_own_stays() -> None:
    assert original("'tis") == "'tis"
    assert original("O'Neill") == "O'Neill"


def test_rows_are_guarded_cell_by_cell() -> None:
    assert harmless_row(["a", "=b", -3]) == ["a", "'=b", -3]
