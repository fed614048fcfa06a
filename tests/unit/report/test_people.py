from dataclasses import replace

from shiftcast.cli.report.page import report_page
from shiftcast.cli.report.people import agent_rows, request_rows, rule_rows
from shiftcast.cli.report.wording import Wording

from tests.factories_plan import make_plan

PLAN = make_plan(agents=20)
EN = Wording("en")


def test_every_agent_has_a_row_that_adds_up() -> None:
    rows = agent_rows(PLAN, EN)
    assert [row.id for row in rows] == [agent.id for agent in PLAN.centre.agents]
    assert sum(row.shifts for row in rows) == len(PLAN.roster.assignments)
    # Agent 0 works Monday to Friday, agent 6 the days with (day + 6) mod 7 below 5: from Tuesday
    # to Saturday. Both are paid 8 h a day.
    assert (rows[0].shifts, rows[0].paid_hours, rows[0].weekends) == (5, "40.0", 0)
    assert (rows[6].shifts, rows[6].weekends) == (5, 1)


def test_nights_are_those_of_the_rules() -> None:
    # The rules' night begins at midnight: late shifts from 15:30, 8 h 45 min long, end in it.
    by_id = {row.id: row for row in agent_rows(PLAN, EN)}
    late = [a for a in PLAN.roster.assignments if a.end % 1440 in range(1, 300)]
    for agent in PLAN.centre.agents:
        assert by_id[agent.id].nights == sum(a.agent == agent.id for a in late)
    assert sum(row.nights for row in by_id.values()) > 0


def test_requests_are_counted_by_agent() -> None:
    rows = agent_rows(PLAN, EN)
    assert sum(row.asked for row in rows) == len(PLAN.requests)
    assert sum(row.met for row in rows) == int(PLAN.requests["met"].sum())


def test_refused_requests_come_first_and_in_words() -> None:
    rows = request_rows(PLAN, EN)
    assert [row.met for row in rows] == sorted(row.met for row in rows)
    own = next(row for row in rows if row.agent == "Li Na 1")
    assert (own.day, own.wish, own.weight) == ("Wed 2 Dec", "start at 10:00 or later", "5")


def test_broken_rules_come_first_with_every_breach() -> None:
    rows = rule_rows(PLAN, EN)
    assert [(row.name, row.kept) for row in rows] == [
        ("rest between shifts", False),
        ("skills", True),
        ("seats", True),
    ]
    assert len(rows[0].breaches) == 1
    assert rows[0].breaches[0].startswith("Wang Min 7 · Thu 3 Dec")


def test_a_rule_that_is_broken_at_a_price_is_kept_and_says_what_it_costs() -> None:
    """A seat for nobody: every hour at work costs two points."""
    rules = replace(PLAN.problem.rules, seats=1, soft=(("seats", 2.0),))
    plan = replace(PLAN, problem=replace(PLAN.problem, rules=rules))
    rows = {row.name: row for row in rule_rows(plan, EN)}
    seats = rows["seats"]
    assert seats.kept
    assert len(seats.breaches) == 7  # a day's breaches are one
    assert seats.points not in ("", "0")
    assert f"broken 7 ×, at {seats.points} points" in report_page(plan, "en")
