"""The report says when meetings are held, and who misses them."""

from __future__ import annotations

from dataclasses import replace

from shiftcast.cli.report.findings import findings
from shiftcast.cli.report.meetings import meeting_rows
from shiftcast.cli.report.page import report_page
from shiftcast.cli.report.wording import Wording
from shiftcast.data.presence import Meeting
from shiftcast.scheduling.planning.plan import Plan
from shiftcast.scheduling.rostering.roster import MeetingSpan

from tests.factories_plan import FIRST_DAY, make_plan

PLAN = make_plan(agents=10)
EN, ZH = Wording("en"), Wording("zh-CN")


def _with_meeting(attended: bool) -> Plan:
    """Two agents who work on Monday meet there: the first of them, and the second if told."""
    monday = [shift for shift in PLAN.roster.assignments if shift.day == 0]
    one, other = next((a, b) for a in monday for b in monday if a is not b and a.start == b.start)
    span = MeetingSpan(one.start, one.start + 30, "Team talk")
    meeting = Meeting("Team talk", 30, FIRST_DAY, FIRST_DAY, (one.agent, other.agent))
    there = (one, other) if attended else (one,)
    shifts = tuple(
        replace(shift, meetings=(span,)) if shift in there else shift
        for shift in PLAN.roster.assignments
    )
    roster = replace(PLAN.roster, assignments=shifts)
    return replace(
        PLAN,
        problem=replace(PLAN.problem, meetings=(meeting,)),
        result=replace(PLAN.result, roster=roster),
    )


def test_a_meeting_of_all_is_a_row_and_no_finding() -> None:
    plan = _with_meeting(attended=True)
    (row,) = meeting_rows(plan, EN)
    assert (row.name, row.times, row.present, row.missing) == (
        "Team talk",
        "Mon 30 Nov · 07:30–08:00",
        "2 of 2",
        "",
    )
    assert not [f for f in findings(plan, EN) if f.kind == "meeting"]


def test_who_misses_it_is_named_with_the_reason() -> None:
    plan = _with_meeting(attended=False)
    (row,) = meeting_rows(plan, EN)
    assert row.present == "1 of 2"
    (finding,) = [f for f in findings(plan, EN) if f.kind == "meeting"]
    assert finding.text == f"Team talk: 1 of 2 miss it: {row.missing}."
    assert row.missing.endswith("(not free when the others are)")
    assert "与他人时间合不上" in meeting_rows(plan, ZH)[0].missing
    assert "Team talk" in report_page(plan, "en")
