"""The simulator's benchmark: when a figure counts as right."""

from pathlib import Path

import pytest

from benchmarks.queueing.simulator_checks import Check, exact_checks

HEADING = "case_id,model,lambda_per_s,aht_s,patience_s,n,K,T_s,metric,value\n"


def check(found: float) -> Check:
    return Check("case", "metric", found, error=0.3, wanted=2.0, wanted_error=0.4)


@pytest.mark.parametrize(("found", "off", "good"), [(1.0, 2.0, True), (3.6, 3.2, False)])
def test_three_combined_errors_are_allowed(found: float, off: float, good: bool) -> None:
    assert check(found).off == pytest.approx(off)
    assert check(found).good is good


def test_only_rows_that_a_simulation_can_tell_are_played(tmp_path: Path) -> None:
    """A load of a hundredth and one of thousands are left out, and so are other models."""
    file = tmp_path / "values.csv"
    rows = (
        "A07,ErlangA,0.0000333,300,180,1,,20,Pw,0.5\n"
        "A13,ErlangA,16.7,300,180,5000,,20,Pw,0.5\n"
        "B01,ErlangB,,,,1,,,B,0.5\n"
    )
    file.write_text(HEADING + rows)
    assert not list(exact_checks(file, seed=1))
