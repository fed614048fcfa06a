from dataclasses import replace

import pandas as pd
import pytest
from shiftcast.cli.report.findings import MOST_PERIODS, findings, verdict
from shiftcast.cli.report.wording import Wording
from shiftcast.data.errors import Problem
from shiftcast.scheduling.planning.plan import Plan

from tests.factories_plan import make_plan

PLAN = make_plan(agents=60)
EN, ZH = Wording("en"), Wording("zh-CN")


def _calm(plan: Plan) -> Plan:
    """The plan with enough agents everywhere, every rule kept and every request met."""
    enough = {"service_level": 0.95, "asa_s": 5.0, "abandonment": 0.01, "occupancy": 0.7}
    frames = {}
    for name in ("interval", "day", "week"):
        frame = getattr(plan.kpis, name).assign(under_hours=0.0, **enough)
        frames[name] = frame.assign(rostered=frame["required"])
    return replace(
        plan,
        kpis=replace(plan.kpis, **frames),
        result=replace(plan.result, violations=()),
        requests=plan.requests.assign(met=True),
        warnings=(),
    )


def test_a_good_week_needs_nothing() -> None:
    plan = _calm(PLAN)
    assert findings(plan, EN) == []
    assert verdict(plan, EN) == (
        "All 3 queues are expected to reach their targets and every rule is kept; "
        "no period is so short of agents that its target is missed."
    )
    assert (
        verdict(plan, ZH)
        == "3 个队列预计都能达到目标，所有规则均已遵守；没有因缺人而未达目标的时段。"
    )


def test_the_verdict_names_queues_rules_and_the_worst_hours() -> None:
    said = verdict(PLAN, EN)
    assert "2 of 3 queues are expected to miss a target (phone, chat)" in said
    assert "1 rule breach needs mending" in said
    assert "agent-hours are short in periods that miss their target, worst in chat on Thu 3" in said


def test_one_queue_is_not_several() -> None:
    week = PLAN.kpis.week.copy()
    week.loc[week["queue"] == "chat", ["service_level", "asa_s"]] = (0.95, 5.0)
    plan = replace(PLAN, kpis=replace(PLAN.kpis, week=week))
    assert verdict(plan, EN).startswith("1 of 3 queues is expected to miss a target")


def test_a_shortage_that_breaks_no_promise_is_no_finding() -> None:
    interval = PLAN.kpis.interval.assign(service_level=0.95)
    plan = replace(PLAN, kpis=replace(PLAN.kpis, interval=interval))
    assert [f for f in findings(plan, EN) if f.kind == "short"] == []
    assert "no period is so short" in verdict(plan, EN)


def test_days_on_which_work_is_late_are_named() -> None:
    day = PLAN.kpis.day.copy()
    saturday = day.index[day["queue"] == "email"][5]
    day.loc[saturday, ["deadline_met", "backlog_hours"]] = (0.608, 24.31)
    plan = replace(PLAN, kpis=replace(PLAN.kpis, day=day))
    late = next(f for f in findings(plan, EN) if f.queue == "email")
    assert late.text == (
        "Sat 5 Dec, email: 60.8% of what falls due is done by its deadline (target 95%); "
        "24.3 hours of work wait at the end of the day."
    )
    assert (late.kind, late.day) == ("target", 5)


def test_the_gravest_comes_first() -> None:
    kinds = [finding.kind for finding in findings(PLAN, EN)]
    assert list(dict.fromkeys(kinds)) == ["rule", "target", "short", "request", "note"]


def test_short_periods_say_when_how_much_and_what_to_expect() -> None:
    short = [f for f in findings(PLAN, EN) if f.kind == "short"]
    assert len(short) == MOST_PERIODS + 1
    assert short[0].queue == "chat"
    assert short[0].day == 3
    assert short[0].text.startswith("Thu 3 Dec 08:00–")
    assert "chat: up to " in short[0].text
    assert short[0].text.endswith("answered within 60 s (target 90%).")
    assert "more periods are short of agents" in short[-1].text
    assert short[-1].queue is None


def test_missed_targets_say_expected_and_promised() -> None:
    level = PLAN.kpis.week.set_index("queue").loc["phone", "service_level"]
    missed = [f for f in findings(PLAN, EN) if f.kind == "target"]
    assert missed[0].text == (
        f"phone: Service level over all days is expected at {level * 100:.1f}%, "
        "the target is at least 80%."
    )
    assert missed[0].queue == "phone"
    assert missed[0].day is None


def test_a_breach_names_agent_and_day() -> None:
    broken = next(f for f in findings(PLAN, EN) if f.kind == "rule")
    assert broken.text == (
        "Wang Min 7 · Thu 3 Dec · Only 9.5 hours of rest before this shift; 11 are needed."
    )
    assert broken.day == 3


@pytest.mark.parametrize(("refused", "others"), [(3, False), (9, True)])
def test_refused_requests_name_who_asked(refused: int, others: bool) -> None:
    requests = pd.DataFrame(
        {"agent": [f"a{i:03d}" for i in range(12)], "met": [i >= refused for i in range(12)]}
    )
    plan = replace(_calm(PLAN), requests=requests)
    (finding,) = findings(plan, EN)
    assert finding.text.startswith(f"{refused} of 12 requests could not be met: Wang Min 0, ")
    assert finding.text.endswith("and others.") is others


def test_warnings_come_with_their_remedy() -> None:
    plan = replace(_calm(PLAN), warnings=(Problem("exports.template.no_columns"),))
    (note,) = findings(plan, ZH)
    assert note.text == (
        "模板中没有任何列。对方系统需要几列，就写几个表，并写明 heading 和 field。"
    )
