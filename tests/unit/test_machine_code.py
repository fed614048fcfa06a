"""Compiled code is never older than its source."""

from pathlib import Path

import numba
from shiftcast.scheduling.machine_code import kept_by_source, number, place, switch
from shiftcast.scheduling.rostering import engine as rostering
from shiftcast.scheduling.rostering.engine.search import sweep
from shiftcast.scheduling.simulation import engine as simulation


def test_a_change_of_what_is_compiled_is_another_place(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("@njit\n")
    before = place(tmp_path)
    assert place(tmp_path) == before
    (tmp_path / "two.py").write_text("class Given(NamedTuple):\n")
    assert place(tmp_path) != before


def test_a_source_that_has_nothing_to_compile_does_not_matter(tmp_path: Path) -> None:
    before = place(tmp_path)
    (tmp_path / "words.py").write_text("A = 1\n")
    assert place(tmp_path) == before


def test_the_setting_of_the_user_goes_before_and_comes_back(tmp_path: Path) -> None:
    settings = vars(numba.config)
    own = settings["CACHE_DIR"]
    settings["CACHE_DIR"] = "theirs"
    try:
        with kept_by_source(tmp_path):
            assert settings["CACHE_DIR"] == "theirs"
        assert settings["CACHE_DIR"] == "theirs"
    finally:
        settings["CACHE_DIR"] = own


def test_both_engines_keep_their_code_there() -> None:
    for engine, function in ((simulation, simulation.run), (rostering, sweep)):
        package = Path(engine.__file__).resolve().parent
        assert Path(function.stats.cache_path).is_relative_to(place(package))
    assert not vars(numba.config)["CACHE_DIR"]


def test_numbers_and_switches_are_no_literals() -> None:
    assert numba.typeof(number(3)) == numba.int64
    assert numba.typeof(switch(False)) == numba.boolean
    assert (number(3), switch(False)) == (3, False)
