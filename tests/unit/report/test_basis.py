from dataclasses import replace
from datetime import UTC, datetime

from shiftcast.cli.report.basis import UNKNOWN, Basis, basis_words
from shiftcast.cli.report.wording import Wording

from tests.factories_plan import make_plan

PLAN = make_plan(agents=12)
EN = Wording("en")


def test_a_plan_says_what_it_was_made_of() -> None:
    made = Basis("2026-11-30-7d-01", datetime(2026, 11, 28, 23, 5, tzinfo=UTC), "contacts.csv")
    words = dict(basis_words(PLAN, made, EN))
    # The centre's clock: Shanghai is eight hours ahead.
    assert words["Plan"] == "2026-11-30-7d-01, made on Sun 29 Nov 2026 at 07:05."
    assert (
        words["Contacts"] == "14 days, from Mon 16 Nov 2026 to Sun 29 Nov 2026. From contacts.csv."
    )
    assert words["Forecast"] == (
        "By the model, of all that was known before the first day. "
        "1 adjustment of the planner is in it."
    )
    assert words["People"].startswith("Agents: 12; entries of time off: 1; requests: 3.")


def test_a_mended_plan_names_the_one_it_came_from_and_its_forecast() -> None:
    mended = replace(UNKNOWN, repaired_from="first", forecast_from="today.csv")
    words = dict(basis_words(PLAN, mended, EN))
    assert words["Plan"] == "It was mended from first."
    assert words["Forecast"].startswith("From today.csv, in place of the model's.")


def test_an_edited_plan_names_the_one_it_came_from() -> None:
    words = dict(basis_words(PLAN, replace(UNKNOWN, edited_from="first"), Wording("zh-CN")))
    assert words["计划"] == "班表由 first 手工调整而来。"
