from dataclasses import replace

from shiftcast.cli.report.days import DayRow, day_rows
from shiftcast.cli.report.findings import findings
from shiftcast.cli.report.tiles import kpi_groups
from shiftcast.cli.report.views import view_link
from shiftcast.cli.report.wording import Wording
from shiftcast.data.adjustments import Adjustment
from shiftcast.scheduling.planning.plan import Plan

from tests.factories_plan import FIRST_DAY, make_plan

PLAN = make_plan(agents=12)
EN = Wording("en")


def _rows(plan: Plan = PLAN) -> list[DayRow]:
    return day_rows(plan, kpi_groups(plan, EN), findings(plan, EN), EN)


def test_a_day_says_who_is_there_and_who_is_not() -> None:
    tuesday = _rows()[1]
    assert (tuesday.date, tuesday.label) == ("2026-12-01", "Tue 1 Dec")
    # a003 is on leave; of the other eleven those work who have (number + day) mod 7 < 5.
    assert tuesday.at_work == str(sum((i + 1) % 7 < 5 for i in range(12) if i != 3))
    assert tuesday.away == "1"


def test_an_event_says_what_it_adds_to_the_day_on_all_queues() -> None:
    thursday = _rows()[3]
    today = PLAN.grid.day_of == 3
    added = sum(effect[today].sum() for effect in PLAN.forecast.effects.values())
    assert [event.words for event in thursday.events] == [f"Pre-sale: +{added:,.0f} contacts"]
    assert thursday.events[0].queues == ""


def test_an_adjustment_of_some_queues_names_them() -> None:
    own = Adjustment(FIRST_DAY, FIRST_DAY, "<Mailing>", queue="chat", percent=20.0)
    plan = replace(PLAN, centre=replace(PLAN.centre, adjustments=(own,)))
    (event,) = _rows(plan)[0].events
    assert (event.queues, event.words) == ("chat", "&lt;Mailing&gt;: +20%")


def test_hours_and_missed_targets_are_those_of_the_day() -> None:
    row = _rows()[2]
    day = PLAN.kpis.day.groupby("start")["under_hours"].sum().iloc[2]
    assert row.short == f"{day:.1f}"
    assert row.missed == "phone, chat"
    assert [part.queue for part in row.queues] == ["phone", "chat", "email"]
    assert {part.row.label for part in row.queues} == {"Wed 2 Dec"}


def test_findings_are_told_on_their_day() -> None:
    found = [finding for row in _rows() for finding in row.findings]
    assert found
    assert all(finding.day == 3 for finding in _rows()[3].findings)
    assert len(found) == sum(finding.day is not None for finding in findings(PLAN, EN))


def test_links_name_what_is_shown() -> None:
    assert view_link("day", day="2026-12-03", queue=None) == "#day=2026-12-03&part=day"
    assert view_link("roster", queue="Hotline & 客服") == (
        "#queue=Hotline%20%26%20%E5%AE%A2%E6%9C%8D&part=roster"
    )
