"""What the closed loop did, as a planner reads it."""

from __future__ import annotations

from dataclasses import replace

from shiftcast.cli.report.correction import correction_words, shortage_words
from shiftcast.cli.report.findings import findings
from shiftcast.cli.report.wording import Wording
from shiftcast.scheduling.planning.correction import Correction, Gap, Raise, Round, Standing
from shiftcast.scheduling.planning.plan import Plan

from tests.factories_plan import make_plan

EN, ZH = Wording("en"), Wording("zh-CN")
PLAN = make_plan(agents=20)
MISSED = Gap("phone", "abandonment", 0.06, 0.062, 0.001, (0, 2))
CLOSE = Gap("email", "deadline_met", 0.95, 0.955, 0.01)
FINE = Gap("phone", "abandonment", 0.06, 0.05, 0.001)
SURE = Gap("email", "deadline_met", 0.95, 0.99, 0.01)
BEFORE = Standing((MISSED, CLOSE), 2037.0, 87_564.0)
AFTER = Standing((FINE, SURE), 2040.0, 87_672.0)
RAISED = (
    Raise("phone", 17.3, (0, 2), MISSED),
    Raise("email", 4.0, tuple(range(PLAN.grid.days)), CLOSE),
)


def corrected(correction: Correction | None) -> Plan:
    return replace(PLAN, correction=correction)


def test_a_round_says_why_how_much_and_what_came_of_it() -> None:
    done = Correction(2, BEFORE, (Round(RAISED, AFTER),), kept=1)
    first, outcome = correction_words(corrected(done), EN, "CNY")
    days = ", ".join(EN.weekday(PLAN.grid.dates[day]) for day in (0, 2))
    assert first == (
        "Correction 1: phone abandoned 6.2%, at most 6% wanted, email done by deadline 95.5%, "
        "at least 95% wanted, too close to call. Agent-hours asked for: "
        f"phone +17.3 ({days}), email +4.0 (all days). Then 2 of 2 targets were met."
    )
    assert outcome.startswith("The plan keeps correction 1: targets met 1 → 2 of 2, ")
    assert f"cost 87,564 → {PLAN.kpis.cost:,.0f} CNY" in outcome


def test_a_queue_short_of_people_is_said_first_thing() -> None:
    done = Correction(2, BEFORE, (Round(RAISED, BEFORE),), short_of_people=(("phone", 23.4),))
    plan = corrected(done)
    (short,) = shortage_words(plan, EN)
    assert short == (
        "phone is short of people, not of requirement: however much more is asked for, it lacks "
        "about 23.4 agent-hours."
    )
    assert short in [finding.text for finding in findings(plan, EN)]
    assert correction_words(plan, EN)[1:] == [
        "No correction made it better; the plan keeps the first requirement, with 1 of 2 targets "
        "met.",
        short,
    ]
    assert "缺的是人" in shortage_words(plan, ZH)[0]


def test_a_round_that_takes_from_the_short_is_said_not_to_be_kept() -> None:
    done = Correction(2, BEFORE, (Round(RAISED, AFTER, robbed=("chat",)),))
    _, robbed, _ = correction_words(corrected(done), EN)
    assert robbed == (
        "Correction 1 is not kept: chat lost by it, short of people as well and of no less weight."
    )
    assert "第 1 次修正不采用：chat" in correction_words(corrected(done), ZH)[1]


def test_a_promise_with_a_risk_says_in_how_many_futures_it_is_reached() -> None:
    gap = Gap("phone", "service_level", 0.8, 0.77, 0.01, risk=0.9)
    raised = (Raise("phone", 17.3, (0, 2), gap),)
    done = corrected(Correction(1, BEFORE, (Round(raised, AFTER),), kept=1))
    assert (
        "phone service level 77.0% in 90% of simulated futures, at least 80% wanted"
        in (correction_words(done, EN)[0])
    )
    assert "在 90% 的模拟情形中达到 77.0%" in correction_words(done, ZH)[0]


def test_nothing_to_correct_is_one_sentence_and_nothing_asked_is_none() -> None:
    (said,) = correction_words(corrected(Correction(2, AFTER)), EN)
    assert "met all 2 targets" in said
    assert correction_words(corrected(None), EN) == []


def test_many_days_are_counted() -> None:
    long = replace(PLAN.problem, grid=replace(PLAN.grid, days=28))
    eight = Raise("phone", 17.3, tuple(range(8)), MISSED)
    plan = replace(
        corrected(Correction(1, BEFORE, (Round((eight,), AFTER),), kept=1)), problem=long
    )
    assert "phone +17.3 (8 days)" in correction_words(plan, EN)[0]
