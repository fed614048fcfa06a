from datetime import date, timedelta

import pytest
from shiftcast.cli.explain_events import event_groups

from tests.factories_parts import an_event

FRIDAY = date(2026, 12, 4)


def fridays(count: int) -> list[date]:
    return [FRIDAY + timedelta(days=14 * number) for number in range(count)]


def test_a_promotion_that_comes_again_is_one_line() -> None:
    """Twice +21 % and once +44 %: the geometric mean of 1.21, 1.21 and 1.44 is 1.282."""
    factors = (1.21, 1.44, 1.21)
    events = [
        an_event(label="Fan day", type="fan", phase="", first=day, last=day, factor=factor)
        for day, factor in zip(fridays(3), factors, strict=True)
    ]
    (group,) = event_groups(events)
    assert (group.label, group.runs, group.added) == ("Fan day", 3, 300.0)
    assert (group.first, group.last) == (FRIDAY, FRIDAY + timedelta(days=28))
    assert group.contacts == pytest.approx((1.2823, 1.2, 1.4), abs=1e-4)


@pytest.mark.parametrize(("count", "lines"), [(2, ["Fan 1", "Fan 2"]), (3, ["fan opening"])])
def test_many_names_of_one_kind_share_a_line(count: int, lines: list[str]) -> None:
    events = [
        an_event(label=f"Fan {number}", type="fan", phase="opening", first=day, last=day)
        for number, day in enumerate(fridays(count), start=1)
    ]
    assert [group.label for group in event_groups(events)] == lines


def test_what_differs_in_kind_stays_apart() -> None:
    """Phases, queues, names of holidays, and what the planner stated of one of two."""
    events = [
        an_event(),
        an_event(phase="eve"),
        an_event(queue="chat"),
        an_event(source="stated"),
        an_event(kind="holiday", type="", phase="", label="National Day"),
        an_event(kind="holiday", type="", phase="", label="New Year"),
    ]
    assert len(event_groups(events)) == len(events)


def test_lines_are_in_order_of_time() -> None:
    late, early = an_event(label="B", phase="b"), an_event(label="A", first=date(2026, 12, 1))
    assert [group.label for group in event_groups([late, early])] == ["A", "B"]


def test_a_stated_effect_of_nothing_at_all() -> None:
    none = an_event(factor=0.0, factor_low=0.0, factor_high=0.0, source="stated")
    (group,) = event_groups([none, none])
    assert group.contacts == (0.0, 0.0, 0.0)
