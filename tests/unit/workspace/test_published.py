"""Which plan holds for which days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from shiftcast.cli.workspace.published import Published, read_published, write_published
from shiftcast.data.errors import InputError

NOON = datetime(2026, 12, 4, 12, tzinfo=UTC)


def day(number: int) -> date:
    return date(2026, 12, number)


def test_a_later_plan_takes_over_the_days_it_covers() -> None:
    published = (
        Published().with_plan("a", day(7), day(13), NOON).with_plan("b", day(10), day(16), NOON)
    )
    assert published.holds("a") == (day(7), day(8), day(9))
    assert published.holds("b") == tuple(day(n) for n in range(10, 17))
    assert published.last_day == day(16)
    assert [act.plan for act in published.history] == ["a", "b"]


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    published = Published().with_plan("a", day(7), day(13), NOON)
    write_published(tmp_path, published)
    assert read_published(tmp_path) == published


def test_nothing_is_published_without_the_file(tmp_path: Path) -> None:
    assert read_published(tmp_path) == Published()
    assert Published().last_day is None


def test_a_broken_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "published.json").write_text("{")
    with pytest.raises(InputError, match=r"published\.json: The file cannot be read\."):
        read_published(tmp_path)


def test_a_withdrawn_plan_gives_its_days_back() -> None:
    """a holds 7–13, b takes 10–16 over; without b, a has 10–13 again and 14–16 are open."""
    published = (
        Published().with_plan("a", day(7), day(13), NOON).with_plan("b", day(10), day(16), NOON)
    )
    after = published.without_plan("b", NOON)
    assert after.holds("a") == tuple(day(n) for n in range(7, 14))
    assert after.holds("b") == ()
    assert after.last_day == day(13)
    assert [(act.plan, act.act.value) for act in after.history][-1] == ("b", "withdraw")


def test_a_plan_withdrawn_earlier_does_not_come_back() -> None:
    published = Published().with_plan("a", day(7), day(13), NOON).without_plan("a", NOON)
    after = published.with_plan("b", day(7), day(13), NOON).without_plan("b", NOON)
    assert after.days == {}
    again = published.with_plan("a", day(7), day(8), NOON)
    assert again.holds("a") == (day(7), day(8))


def test_only_a_plan_that_holds_is_withdrawn() -> None:
    with pytest.raises(ValueError, match="holds for no day"):
        Published().without_plan("a", NOON)


def test_files_from_before_there_was_a_withdrawal_are_read(tmp_path: Path) -> None:
    (tmp_path / "published.json").write_text(
        """{"schema_version": 1, "days": {"2026-12-07": "a"}, "history": [
        {"plan": "a", "first": "2026-12-07", "last": "2026-12-07", "at": "2026-12-04T12:00:00Z"}]}
        """
    )
    assert read_published(tmp_path).without_plan("a", NOON).days == {}
