"""Plan folders: written whole or not at all, numbered, found again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from shiftcast.cli.workspace.manifest import Manifest, Outcome, hashes, versions
from shiftcast.cli.workspace.plans import StoredPlan, all_plans, find_plan, store
from shiftcast.data.errors import InputError
from shiftcast.scheduling.rostering.roster import SolveStatus

START = date(2026, 12, 7)
FIRST_MADE = datetime(2026, 12, 4, 12, tzinfo=UTC)


def manifest(plan: str, made: datetime = FIRST_MADE) -> Manifest:
    return Manifest(
        plan=plan,
        start=START,
        days=7,
        created=made,
        seed=1,
        roster_seconds=30,
        contacts="contacts.csv",
        inputs={"agents.csv": "0" * 64},
        versions={"python": "3.11"},
        result=Outcome(
            status=SolveStatus.FEASIBLE,
            cost=10.0,
            lower_bound=9.0,
            gap=0.1,
            cpu_seconds=1.0,
            violations=0,
        ),
        timings={"forecast": 1.0},
    )


def make(workspace: Path, made: datetime = FIRST_MADE) -> StoredPlan:
    def write(folder: Path, name: str) -> None:
        (folder / "manifest.json").write_text(manifest(name, made).model_dump_json())

    return store(workspace, START, 7, write)


def test_plans_of_the_same_days_are_numbered(tmp_path: Path) -> None:
    names = [make(tmp_path).name for _ in range(3)]
    assert names == ["2026-12-07-7d-01", "2026-12-07-7d-02", "2026-12-07-7d-03"]


def test_a_number_is_not_given_twice(tmp_path: Path) -> None:
    """Whatever became of the plans in between: names may have been handed out."""
    first, second = make(tmp_path), make(tmp_path)
    (first.folder / "manifest.json").unlink()
    first.folder.rename(tmp_path / "plans" / "elsewhere")
    assert make(tmp_path).name > second.name


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError, ValueError])
def test_a_plan_that_fails_leaves_nothing_behind(tmp_path: Path, stop: type[BaseException]) -> None:
    def write(folder: Path, _name: str) -> None:
        (folder / "roster.csv").write_text("half")
        raise stop

    with pytest.raises(stop):
        store(tmp_path, START, 7, write)
    assert list(tmp_path.iterdir()) == []


def test_the_newest_plan_is_found_without_a_name(tmp_path: Path) -> None:
    newest = make(tmp_path, FIRST_MADE + timedelta(hours=1))
    make(tmp_path, FIRST_MADE)
    assert find_plan(tmp_path, None).name == newest.name
    assert [plan.name for plan in all_plans(tmp_path)][-1] == newest.name


def test_a_plan_is_found_by_name_or_path(tmp_path: Path) -> None:
    plan = make(tmp_path)
    assert find_plan(tmp_path, plan.name) == plan
    assert find_plan(tmp_path, str(plan.folder) + "/") == plan


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no plan yet\."):
        find_plan(tmp_path, None)
    make(tmp_path)
    with pytest.raises(InputError, match=r"Did you mean 2026-12-07-7d-01\?"):
        find_plan(tmp_path, "2026-12-07-7d-11")


def test_a_broken_manifest_is_told_by_name(tmp_path: Path) -> None:
    plan = make(tmp_path)
    (plan.folder / "manifest.json").write_text("{}")
    with pytest.raises(InputError, match=r"2026-12-07-7d-01/manifest\.json"):
        all_plans(tmp_path)


def test_hashes_are_sha256_by_name(tmp_path: Path) -> None:
    """The well-known hash of no bytes at all."""
    path = tmp_path / "a.csv"
    path.touch()
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert hashes([path]) == {"a.csv": empty}


def test_versions_name_what_the_numbers_depend_on() -> None:
    assert {"python", "shiftcast", "prophet", "ortools", "numba"} <= set(versions())
