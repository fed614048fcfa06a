"""How a plan stands to a law: every article, who breaks it, and what it costs."""

from dataclasses import replace

import pytest
from shiftcast.cli.report.closing import Closing
from shiftcast.cli.report.law import law_lines, law_words
from shiftcast.cli.report.page import report_page
from shiftcast.cli.report.wording import Wording
from shiftcast.data.law import Law, laws
from shiftcast.data.law.terms import Terms
from shiftcast.scheduling.planning.law_kept import law_costs
from shiftcast.scheduling.planning.plan import Plan
from shiftcast.scheduling.rostering.roster import Assignment, Away, Roster

from tests.factories_plan import make_plan

PLAN = make_plan(agents=20)
EN = Wording("en")


def under_law(law: Law, **adjusted: int) -> Plan:
    centre = PLAN.centre
    lawful = centre.under(Terms(centre.rules, centre.contracts, (law,), adjusted))
    problem = replace(PLAN.problem, rules=lawful.rules, contracts=lawful.contracts)
    return replace(PLAN, centre=lawful, problem=problem)


def test_every_article_of_the_law_is_listed() -> None:
    plan = under_law(laws()["UK"])
    lines = law_lines(plan, EN)
    assert [line.place for line in lines] == [
        "UK reg. 4", "UK reg. 10", "UK reg. 11 (1), (7)", "UK reg. 12", "UK reg. 6",
    ]  # fmt: skip
    assert lines[3].standing == "breaks in shifts.csv are checked against it"
    assert {line.since for line in lines} == {"1998-10-01"}
    assert [line.kept for line in lines][-1] is None
    page = report_page(plan, "zh-CN")
    assert all(line.says in page for line in law_lines(plan, Wording("zh-CN")))


def test_who_breaks_the_laws_own_number_is_named_though_the_planner_has_adjusted_it() -> None:
    """A law asks for 24 hours between shifts, the planner for eight: nobody who works on two days
    in a row has them."""
    germany = laws()["DE"]
    limits = tuple(
        replace(limit, value=1440) if limit.limit == "min_rest_min" else limit
        for limit in germany.limits
    )
    plan = under_law(replace(germany, limits=limits), min_rest_min=480)
    lines = law_lines(plan, EN)
    rest = next(line for line in lines if line.article == "§ 5 (1)")
    assert (rest.status, rest.kept) == ("adjusted", False)
    assert rest.breaches[0].startswith("Wang Min")
    assert f"DE § 5 (1) ({len(rest.breaches)} ×)" in law_words(lines, EN)
    assert rest.breaches[0] in report_page(plan, "en")


def test_breaks_are_judged_as_they_are_taken() -> None:
    """Whoever works eight hours without a break breaks what the law says of breaks."""
    bare = tuple(replace(shift, breaks=()) for shift in PLAN.roster.assignments)
    plan = under_law(laws()["DE"])
    result = replace(plan.result, roster=Roster(PLAN.roster.grid, bare))
    short = [line for line in law_lines(replace(plan, result=result), EN) if line.article == "§ 4"]
    assert len(short[0].breaches) == len(bare)
    assert short[0].breaches[0].endswith("0 minutes of break that count, 30 are asked for")


def of_breaks(plan: Plan, shifts: tuple[Assignment, ...]) -> list[str]:
    """What German law has to say of the breaks of some shifts."""
    result = replace(plan.result, roster=Roster(plan.roster.grid, shifts))
    lines = law_lines(replace(plan, result=result), EN)
    return [said for line in lines if line.article == "§ 4" for said in line.breaches]


@pytest.mark.parametrize(("hours", "kept"), [(5, True), (7, False)])
def test_who_goes_home_is_judged_by_the_hours_present(hours: int, kept: bool) -> None:
    """Everybody goes after so many hours without a break: six are allowed."""
    gone = tuple(
        replace(shift, breaks=(), away=(Away(shift.start + 60 * hours, shift.end, paid=True),))
        for shift in PLAN.roster.assignments
    )
    said = of_breaks(under_law(laws()["DE"]), gone)
    assert (said == []) is kept


def test_hours_away_in_between_are_a_break() -> None:
    eight_hours = (s for s in PLAN.roster.assignments if s.end - s.start < 600)
    bare = tuple(replace(shift, breaks=()) for shift in eight_hours)
    back = tuple(
        replace(shift, away=(Away(shift.start + 180, shift.start + 240, paid=True),))
        for shift in bare
    )
    plan = under_law(laws()["DE"])
    assert of_breaks(plan, bare)
    assert of_breaks(plan, back) == []


def test_a_sentence_says_that_all_is_kept() -> None:
    said = law_words(law_lines(under_law(laws()["US"]), EN), EN)
    assert said == ("Working-time law (US): the one article that a roster can hold is kept.")


def test_without_a_law_nothing_is_said() -> None:
    assert law_lines(PLAN, EN) == ()
    assert law_words((), EN) == ""
    assert law_costs(PLAN.centre, PLAN.problem, PLAN.roster) == {}
    assert EN.say("law.title") not in report_page(PLAN, "en")


def test_what_is_no_stricter_than_the_planners_own_costs_nothing() -> None:
    """The planner's own rules ask for eleven hours of rest, as the law does."""
    plan = under_law(laws()["DE"])
    costs = law_costs(plan.centre, plan.problem, plan.roster)
    assert costs["min_rest_min"].saved == 0
    lines = law_lines(plan, EN, Closing(law=costs))
    rest = next(line for line in lines if line.article == "§ 5 (1)")
    assert rest.cost == EN.say("legal.free")
    assert (rest.hours, rest.points) == (0.0, 0.0)


def test_what_an_article_costs_is_left_open_where_the_plan_does_not_hold_it() -> None:
    """Only of articles with a limit: nothing can be saved on breaks or on what is merely told."""
    plan = under_law(laws()["DE"])
    lines = law_lines(plan, EN)
    said = {line.article: line.cost for line in lines}
    assert said["§ 5 (1)"] == "What it costs: –"
    assert said["§ 4"] == ""
    assert "What it costs: –" in report_page(plan, "en")
    assert "代价：–" in report_page(plan, "zh-CN")
