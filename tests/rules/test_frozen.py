"""What begins before the freeze stays as the base roster has it; the rest may change."""

from __future__ import annotations

from dataclasses import replace

from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.frozen import RULE

from tests.factories import a_problem, a_roster, a_shift
from tests.rules.verdicts import assert_illegal, assert_legal


def problem(base: str, frozen_days: float) -> RosterProblem:
    bare = a_problem(
        shifts=(a_shift(latest_start=600), a_shift("N", earliest_start=1200, latest_start=1200))
    )
    return replace(bare, base=a_roster(bare, base), frozen_until=int(frozen_days * 1440))


def test_days_after_the_freeze_may_change() -> None:
    asked = problem("D.D....", 2)
    assert_legal(RULE, asked, a_roster(asked, "D..DD.."))


def test_a_frozen_shift_stays() -> None:
    asked = problem("D.D....", 2)
    assert assert_illegal(RULE, asked, a_roster(asked, "..D....")).day == 0


def test_a_frozen_day_off_stays() -> None:
    asked = problem("D.D....", 2)
    assert assert_illegal(RULE, asked, a_roster(asked, "DDD....")).day == 1


def test_a_frozen_shift_keeps_its_start() -> None:
    asked = problem("D......", 1)
    assert_illegal(RULE, asked, a_roster(asked, "D......", starts=[600]))


def test_a_shift_that_begins_after_the_freeze_may_change_on_the_day_itself() -> None:
    asked = problem("D......", 0.3)  # 07:12
    assert_legal(RULE, asked, a_roster(asked, "D......", starts=[600]))


def test_who_has_begun_cannot_begin_again_later() -> None:
    asked = problem("D......", 0.375)  # 09:00
    assert assert_illegal(RULE, asked, a_roster(asked, "D......", starts=[600])).day == 0


def test_nobody_is_called_in_for_what_has_begun() -> None:
    asked = problem(".......", 0.375)
    assert assert_illegal(RULE, asked, a_roster(asked, "D......")).day == 0
    assert_legal(RULE, asked, a_roster(asked, "D......", starts=[600]))


def test_without_a_base_roster_nothing_is_frozen() -> None:
    asked = a_problem(frozen_until=3 * 1440)
    assert_legal(RULE, asked, a_roster(asked, "DD....."))
